# What waits until somebody from the newsroom has read it: the notice about it, and the page at the desk.

state-waiting = after approval
thread-waits-until = after approval until { $until }
thread-read-first-until = Until { $until } we read every comment first
thread-read-first = We read every comment first
thread-waits-hours = Outside the opening hours the newsroom reads every comment before it appears.
thread-waits-holiday = Today is { $name }. The newsroom reads every comment before it appears.
thread-waits-unstaffed = Few of us are here to read along at the moment. The newsroom reads every comment before it appears.
thread-waits-mourning = Out of respect for those concerned, the newsroom reads every comment here before it appears.
thread-waits-heated = This conversation got out of hand. Until it is one again, the newsroom reads every comment before it appears.
thread-waits-law = For legal reasons the newsroom reads every comment here before it appears.
thread-waits-other = The newsroom reads every comment here before it appears.
thread-waits-day = Today has other hours than usual. The newsroom reads every comment before it appears.
thread-at-once-from = From { $until } comments appear at once again.
front-forum-waits = Comments after approval
write-send = Send for approval
waits-list = Your comments that wait for approval
waits-since = Waiting for approval since { $at }

waiting-nav = { $n ->
    [0] Talk
    [100] Talk (more than 99)
   *[other] Talk ({ $n })
}
waiting-approve = Approve
waiting-refuse = Do not approve
waiting-first = To the beginning
waiting-next = More
hours-mode = What holds there?
hours-mode-closed = closed: nobody can write
hours-mode-waiting = everything waits for approval
message-approved = Your comment was approved and is published
message-refused = Your comment was not approved
message-withheld = An automatic rule held your text back
own-automatic = An automatic rule decided so, not a person. If it is wrong, write to us: then somebody reads it.
account-waiting = Sent for approval
own-refused = not approved
own-refused-why = Not approved on { $at }, house rule { $clause }: { $title }

say-waiting-decided = This has just been decided already, or its author took the comment back.
say-waiting-withdrawn-article = The article is no longer in the paper; nothing can appear under it. Do not approve the comment, or wait until the article is back.
say-waiting-talk-closed = This conversation is closed at the moment. You can approve as soon as one can write there again.
say-draft-waits-send = Not sent yet: your text is in the field. Send it for approval and it appears as soon as the newsroom has read it.
say-comment-withdrawn = Your comment is taken back. Besides you nobody has read it, except perhaps the newsroom.
say-comment-not-waiting = This comment no longer waits: the list below says what became of it.
say-changes-rest = While the newsroom reads every comment first, what has appeared cannot be changed. Your text is still in the field. The comment stays as it is; you can delete it or answer it.
say-comment-withheld = Your text was not published: an automatic rule held it back under house rule { $clause } ({ $title }). The reason: { $reason } Your words are still in the field and in your account. You can change them and send them again; if the rule is wrong, write to our reporting office.
say-change-withheld = The change was not made: an automatic rule does not allow it under house rule { $clause } ({ $title }). The reason: { $reason } The comment stays as it is; your text is still in the field. If the rule is wrong, write to our reporting office.
say-change-rests = The newsroom would have to read this change first, so the comment stays as it is. Your text is still in the field. You can delete the comment and write it anew: then the newsroom reads it before it appears.
say-hours-waiting = Everything there waits for approval now. Open pages hear of it by themselves.
