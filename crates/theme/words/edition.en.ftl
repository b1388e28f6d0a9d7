# Front page, sections, search, articles.

teaser-by = By { $names }
teaser-recording = Recording,
teaser-listen = to listen to
teaser-comments = { $n ->
    [one] comment
   *[other] comments
}
front-edition = { $place } edition
front-updated = updated { $time }
front-volume = Volume { $volume } · No. { $issue }
front-volume-only = Volume { $volume }
front-founded = Founded in { $year }
front-listen-count = { $n ->
    [one] One article to listen to
   *[other] { $n } articles to listen to
}
front-forum-open = Comments open until <b>{ $hour }</b>
front-forum-always = Comments open
front-forum-closed = Comments open <b>{ $hour }</b>
front-forum-rests = Comments closed
front-breaking = Breaking
front-empty = The first edition is being made. Articles will stand here as soon as they are published.
front-opinion = Opinion
front-now = Latest
front-discussed = Most discussed
front-discussed-count = { $n ->
    [one] One comment
   *[other] { $n } comments
}
front-listen = Listen
front-listen-all = { $n ->
    [one] One article, read to you
   *[other] Today’s paper in { $minutes } minutes: { $n } articles, read to you.
}
front-listen-start = Listen to all
front-all = More from { $section }
section-feed = As a feed
section-empty = Nothing has been published in this section yet.
search-title = Search articles
search-label = What are you looking for?
search-hint = Word, name or place
search-do = Search
search-count = { $n ->
    [0] Nothing found for “{ $query }”.
    [one] One article for “{ $query }”
   *[other] { $n } articles for “{ $query }”
}
search-some = Articles for “{ $query }”
search-none = Try a shorter word, the place where it happened, or another spelling.
article-by = By
article-agencies = { $n ->
    [one] with material from
   *[other] with material from
}
article-source = { $n ->
    [one] Source:
   *[other] Sources:
}
article-updated = updated
article-copied = The address has been copied.
article-share = Share
article-print = Print
article-corrected = Corrected ({ $at }):
article-versions = All versions
article-withdrawn = Withdrawn on { $at }.
article-related = Related
article-figures = In figures
article-corrections = Corrections
article-tags = Topics:
article-neighbours = Go on in { $section }
article-previous = Published before
article-next = Published after
versions-kicker = All versions
versions-sub = What was changed in this article is listed here. No version disappears.
versions-back = To the article
versions-all = Versions
versions-number = Version { $n }
versions-current = current
versions-read = Read this version
