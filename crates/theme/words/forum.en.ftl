# The talk: threads, comments, opening hours.

state-open = open
state-closed = closed
state-ended = ended
thread-count = { $n ->
    [0] No comments yet
    [one] One comment
   *[other] { $n } comments
}
thread-open-until = open until { $hour }
thread-closed-until = closed until { $until }
thread-rests-until = The conversation rests until { $until }
thread-rests = The conversation rests
thread-why-hours = Between { $from } and { $to } nobody from the newsroom reads along, so the forum takes nothing in.
thread-why-night = Nobody from the newsroom reads along at the moment, so the forum takes nothing in.
thread-why-holiday = Today is { $name }. Nobody from the newsroom reads along, so the forum takes nothing in.
thread-why-unstaffed = Nobody is here to read along at the moment, so the forum takes nothing in.
thread-why-mourning = Out of respect for those concerned, this article is left without comments.
thread-why-heated = This conversation got out of hand. We take a break so that it can become one again.
thread-why-law = For legal reasons the forum takes nothing in here for now.
thread-why-other = The newsroom has paused this conversation.
thread-why-day = Today has other hours than usual.
thread-meanwhile = You can go on reading, voting and reporting.
thread-opens = Opens on { $at }
thread-ended = This conversation ended on { $at }. It stays here to be read.
thread-ended-some-time = This conversation has ended. It stays here to be read.
thread-notice = What stands here is the opinion of those who write it, not the newsroom’s. What breaks a law, common decency or our <a href="/rules">house rules</a> we remove, and we name the rule. We report crimes. You can <a href="/report">report something</a> at any time, without an account too.
thread-order = Order
thread-newer = Newer comments
thread-older = More comments
thread-empty = Write the first one.
thread-search = Search this conversation
thread-found = Comments with “{ $query }”, newest first.
thread-found-none = No comment in this conversation has “{ $query }”.
thread-all = All comments
sort-newest = Newest
sort-oldest = Oldest
sort-best = Most agreed with
sort-discussed = Most answered
badge-author = wrote the article
badge-staff = from the newsroom
badge-moderator = Moderator
badge-since = here since { $year }
comment-featured = Chosen
comment-edited = edited
comment-answers = answers { $name }
comment-up = Agree: { $n }
comment-down = Disagree: { $n }
comment-reply = Reply
comment-report = Report
comment-place = Its place in the conversation
comment-removed = A comment ({ $at }) was removed. House rule { $clause }: { $title }.
comment-deleted = A comment ({ $at }) was deleted by its author.
comment-rule = Read the rule
comment-further = { $n ->
    [one] One more reply, { $at }
   *[other] { $n } more replies, latest { $at }
}
comment-replies = { $n ->
    [one] One reply, { $at }
   *[other] { $n } replies, latest { $at }
}
comment-by = Comment by { $name }
comment-thread = The whole conversation
comment-more-replies = More replies
comment-beside = Before and after in the conversation
comment-before = Before:
comment-after = After:
reader-since = Here since { $at }
write-comment = What do you say?
write-reply = Your reply to { $name }
write-draft = Your draft stays here until the forum opens
write-as = You write as <b>{ $name }</b>.
write-longest = At most { $n } characters.
write-kept = Draft kept on { $at }.
write-sign-in = If you are not signed in yet, we will ask you to; your text will not get lost.
write-publish = Publish
write-keep = Keep the draft
draft-waits = Your comment is waiting for you
