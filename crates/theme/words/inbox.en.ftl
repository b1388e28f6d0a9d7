# Messages to one reader, and which of them come as letters.

inbox-title = Messages
inbox-unread = { $n ->
    [0] Nothing unread.
    [one] One unread message.
    [100] More than a hundred unread messages.
   *[other] { $n } unread messages.
}
inbox-open = { $n ->
    [0] Messages
    [one] Messages: one new
    [100] Messages: more than 100 new
   *[other] Messages: { $n } new
}
inbox-new = new
inbox-all-read = Mark everything as read
inbox-empty = This is where you see when somebody answers or mentions you, or when something is decided about one of your comments. There is nothing yet.
inbox-mail = What comes by mail
inbox-mail-why = Everything is here on the site. By mail we send only what you want.
inbox-mail-keep = Save wishes
topic-replies = Answers to your comments
topic-mentions = Comments that mention you
topic-followed = People and threads you follow
topic-decisions = Decisions that concern you
topic-featured = Your comments that the newsroom chooses
topic-benefits = Benefits, codes and draws
carry-at-once = each at once
carry-hourly = gathered, once an hour
carry-daily = gathered, once a day
carry-never = not by mail
message-somebody = Somebody
message-reply = { $who } answered your comment
message-mention = { $who } mentioned you in a comment
message-person = { $who } wrote a comment
message-thread = New comments in a thread you follow
message-removed = Your comment was removed
message-restored = Your comment stands again
message-featured = The newsroom chose your comment
message-verified = The newsroom has checked your name
message-decided = A decision that concerns you
message-benefit = From your benefits
way-out-title = Stop these mails?
way-out-topic = Nothing more will come by mail about “{ $what }”. On the site it still stands under messages.
way-out-all = No more messages will come by mail. On the site they still stand.
way-out-do = Stop them
way-out-done = Stopped
way-out-done-topic = Nothing more comes by mail about “{ $what }”.
way-out-done-all = No more messages come by mail.
way-out-wishes = Choose yourself what comes by mail
way-out-over = This link is no longer valid
way-out-over-why = It is too old. Choose in your account what comes by mail.

say-wishes-kept = Your wishes are in force.
