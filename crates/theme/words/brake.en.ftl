# The brake.

brake-title = Brake
brake-now = Pulled now
brake-none = Nobody brakes. Everybody writes as usual.
brake-newcomers = { $n ->
    [one] Only readers who have been here for at least a day write.
   *[other] Only readers who have been here for at least { $n } days write.
}
brake-slow = { $n ->
    [one] Everybody writes at most once a minute.
   *[other] Everybody writes at most once in { $n } minutes.
}
brake-release = Let go
brake-pull = Pull the brake
brake-how = How?
brake-form-newcomers = Let newcomers wait
brake-days = For how many days must somebody have been here?
brake-form-slow = Slow everybody down
brake-minutes = How many minutes between two comments?
brake-hours = For how many hours?
brake-reason = Why?
brake-reason-hint = For your colleagues; readers do not see it.
say-brake-pulled = The brake holds. Reading, voting and reporting go on.
say-brake-released = Let go. Everybody writes as usual.
say-brake-gone = This brake no longer held.
say-brake-amount = Choose 1 to 365 days or 1 to 60 minutes.
say-brake-hours = A brake holds for 1 to { $longest } hours. After that you pull it again, if need be.
say-brake-reason = Say why, in at most { $longest } characters.
say-comment-too-new = { $days ->
    [one] A great deal is coming in at once. For at most { $hours } h only readers who have been here for at least a day write. Your text is kept as a draft.
   *[other] A great deal is coming in at once. For at most { $hours } h only readers who have been here for at least { $days } days write. Your text is kept as a draft.
}
