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
framed-join = Join the talk
framed-join-why = The talk opens in a window of its own at { $paper }. There you write, vote and report.
framed-read = Read the talk in a window of its own
framed-none = Nobody talks about this article here.
write-comment = What do you say?
write-reply = Your reply to { $name }
write-draft = Your draft stays here until the forum opens
write-as = You write as <b>{ $name }</b>.
write-longest = At most { $n } characters.
write-kept = You have a draft here, saved on { $at }.
write-sign-in = If you are not signed in yet, we will ask you to; your text will not get lost.
write-publish = Publish
write-keep = Save the draft
draft-waits = Your comment is waiting for you
badge-verified = name checked
thread-mine = Signed in? Your votes and drafts
thread-follow = Follow this conversation
thread-follow-no = Stop following this conversation
comment-up-own = Agreement: { $n }. One does not vote on one’s own comment.
comment-down-own = Disagreement: { $n }. One does not vote on one’s own comment.
comment-vote-own = One does not vote on one’s own comment.
comment-change = Change
comment-take-back = Delete
comment-more = More
comment-judge = Moderate
comment-choose = Choose
comment-ignored = A comment by { $name }, whom you do not want to read
person-follow = Follow { $name }
person-follow-no = Stop following { $name }
person-ignore = Hide { $name }
person-ignore-no = Show { $name } again
write-preview = Preview
write-preview-is = This is what your comment will look like. It has not been published yet.
write-quote = Quote this comment
change-label = Your comment
change-why = You can change it until { $until }, at most { $n } characters. What stood there before remains for everybody to read.
change-leave = Rather not
change-do = Save the change
take-back-why = Should your comment be deleted? In its place it will say that you deleted it; answers stay. You cannot get it back.
take-back-leave = Keep it
take-back-do = Delete the comment
tools-title = Community desk
tools-choose = Choose for everybody
tools-choose-no = Choose no longer
tools-known = Name checked by { $by } on { $at }.
tools-known-why = How do you know who this is?
tools-known-no-why = Why does this no longer hold?
tools-known-means = Beside the name everybody then reads “name checked”. The real name and your reason are for the desk only.
tools-known-do = Mark as checked
tools-known-no = Take the mark back
revisions-title = All versions of a comment by { $name }
revisions-back = To the comment
revisions-until = Until { $at } it said:
revisions-none = This comment was not changed.
