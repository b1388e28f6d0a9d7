# The queues of the community desk, one case and the decision about it.

queues = Queues
queue-all = All
queue-reported = Reported
queue-waiting = Waiting
queue-rule = By rule
queue-new = New people
queue-edited = Edited
queue-latest = Latest
queue-none = Nothing to decide. Everything here has been read.
queue-back = To the queue
figure-open = open
figure-late = { $n ->
    [0] none
   *[other] { $n }
} over target
figure-oldest = oldest case { $n } min
figure-oldest-none = nothing waits
figure-decided = decided in 24 hours
figure-refused = of them removed
age-minutes = { $n } min
age-over = { $n } over target
age-target = target { $n }
row-free = free
row-mine = you
row-reports = { $n ->
    [one] 1 report
   *[other] { $n } reports
}
choose-rule = Please choose
bulk = Ticked:
bulk-choose = Tick the comment by { $name }
bulk-stand = Approve / stays
bulk-refuse-open = Remove …
bulk-refuse = Remove
bulk-reason = Their authors read the text prepared for this rule.
case-waits = Text { $id }
case-mine = with you
case-held = { $name } is deciding at the moment
case-held-until = If nothing happens until { $at }, the case is free again. Take the next one meanwhile.
case-left = { $n } min left
case-over = { $n } min over target
case-removed-before = { $n ->
    [one] 1 removed
   *[other] { $n } removed
}
case-reports = Reports
case-same = The same stands here too
case-share = share
case-stays = Stays
case-release = Let go of the case
case-reason-hint = Stands in the author's account. Left empty, they read the text prepared for this rule.
case-by-hand = Its author reads the rule and the reason, and that a person decided.
held-stand = Fine. Can be undone for { "{" }seconds{ "}" } more seconds.
held-refuse = Removed. Can be undone for { "{" }seconds{ "}" } more seconds.
held-undone = Undone: the case is open again.
held-failed = Not everything arrived. The cases are back in the queue.
held-undo = Undo
keys-title = Keys
keys-on = Keys switched on
keys-on-why = Holds on this device. They never hold while you type in a field.
keys-close = Close
key-j = next case
key-k = previous case
key-f = approve, or: stays
key-d = remove: opens the reason; once more: decides
key-digit = choose the rule
key-u = undo, while that is possible
key-t = next queue
key-z = show only this case, and back
key-help = this overview
reasons-title = Reasons
reasons-why = For each rule a text is prepared, which you can still change when you decide. Here you change it for everybody. An empty field brings the built-in text back.
reasons-by = Last by { $name }, { $at }
reasons-built-in = Built-in text
reasons-keep = Keep the text
report-desk = Report to the community desk
report-desk-why = Whoever is signed in reports here with one click which house rule the comment breaks. Nobody learns who reported.
report-desk-words = Would you like to add something?
report-desk-send = Report
own-by-a-person = A person from the newsroom decided, not a program.

say-cases-decided = { $n ->
    [one] One case is decided.
   *[other] { $n } cases are decided.
} Whoever wrote it knows.
say-case-none-chosen = Tick what you decide about.
say-case-claimed = { $name } is deciding about this at the moment. Nothing was changed.
say-case-claimed-now = Somebody else has opened this case in this very moment. Try again.
say-case-decided = { $name } decided about this { $n ->
    [0] just now
    [one] 1 minute ago
   *[other] { $n } minutes ago
}. Your decision was not taken.
say-case-not-open = This comment stands and nobody has reported it: there is nothing to decide.
say-case-released = The case is free again.
say-prepared = The text is kept and is ready for everybody from now on.
say-reported = Thank you. The community desk looks at the comment.
say-report-own = You can change or delete your own comment.
say-report-again = You have reported this comment already. It will be looked at.
say-report-often = You have reported a lot in the last hour. Write to the reporting office if it is urgent.
