# What waits where, and what makes the newsroom careful everywhere.

modes-title = Mode
modes-now = In force
modes-order = An article goes before its section, the section before the whole paper, a time of day before the whole day.
modes-none = No mode is set: everything appears at once, unless the conversation itself waits.
modes-after = Everything appears at once
modes-readers = Everything by readers waits for approval
modes-everything = Everything waits for approval, also what the house writes
modes-newcomers-wait = { $n ->
    [one] Newcomers wait until one comment of theirs has appeared
   *[other] Newcomers wait until { $n } comments of theirs have appeared
}
modes-links = Texts with links wait
modes-risk-waits = Texts wait that the sorting aid scores { $n } % or more
modes-relief-says = { $n ->
    [one] If the oldest text waits for more than a minute, only links go on waiting
   *[other] If the oldest text waits for more than { $n } minutes, only links go on waiting
}
modes-set = Set a mode
modes-where = Where?
modes-begins = From what time of day?
modes-ends = Until when?
modes-span-hint = For example 22:00 to 06:00. Empty means the whole day.
modes-who = What waits for approval?
modes-form-some = Only what stands below; everything else appears at once
modes-form-readers = Everything by readers
modes-form-everything = Everything, also what the house writes
modes-newcomers = Newcomers: how many comments must have appeared?
modes-risk = From which score of the sorting aid on, in percent?
modes-risk-hint = Works only where the sorting aid runs.
modes-relief = After how many minutes of waiting do only links go on waiting?
modes-relief-hint = So that harmless texts are not left lying when too much comes at once.
modes-set-do = Set
modes-caution = Caution in the whole paper
modes-caution-hint = What fits here waits, even if the mode has everything appear at once. 0 switches off.
modes-alike = The same text by the same author under so many other articles in a day
modes-refused-percent = So many percent of somebody's texts were refused or removed lately, at least three
modes-refused-days = In so many days
modes-thread = So many comments in one conversation in ten minutes
modes-caution-do = Apply
say-modes-set = The mode is in force from now on.
say-modes-ended = The mode is no longer in force.
say-modes-gone = This mode was no longer in force.
say-modes-careful = Applied: this is in force in the whole paper from now on.
say-modes-span = Write both times like 22:00 and 06:00, or leave both empty.
say-modes-newcomers = Choose 0 to { $most } comments.
say-modes-risk = Choose 1 to 100 percent, or leave the field empty.
say-modes-relief = Choose 1 to { $most } minutes, or leave the field empty.
say-modes-caution = Choose 0 to 20 articles, 0 to 100 percent in 1 to 365 days and 0 to 10,000 comments.
