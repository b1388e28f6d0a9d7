# Word rules.

words-title = Word rules
words-hold-now = In force
words-none = No word rule is in force.
words-new = New rule
words-replace = Instead of rule { $id }
words-forms = Which words?
words-forms-hint = As in a German dictionary, separated by commas: “Idiot” also means Idioten, “*idiot” also Vollidioten, “idiot*” also idiotisch, “=Pack” just this word. The rule itself sees umlauts, digits for letters and gaps.
words-exceptions = Which words are not meant?
words-exceptions-hint = Words in which one of these stands by accident. They hold for all rules.
words-what = What happens to such a text?
words-hold = It waits for approval
words-withhold = It does not appear, and its author reads the reason
words-reason = Reason for the author
words-reason-hint = Needed only if the text does not appear. Say what they can change.
words-try = Try on the last week
words-start = Apply from now on
words-trial = Trial
words-trial-caught = { $caught ->
    [0] No comment of { $tried } from the last week would have been caught.
    [one] One comment of { $tried } from the last week would have been caught.
   *[other] { $caught } comments of { $tried } from the last week would have been caught.
}
words-trial-fine = { $fine ->
    [0] None of them still stands.
    [one] One of them still stands.
   *[other] { $fine } of them still stand.
}
words-stands = stands
words-gone = no longer stands
words-not = Not meant: { $words }
words-does-hold = Waits for approval (house rule { $clause })
words-does-withhold = Does not appear (house rule { $clause })
words-change = Change
words-end = End
words-starters = Proposals
words-starters-hint = To begin with. None is in force before you apply it.
words-starter-insults = Insults
words-starter-filth = Coarse words
words-starter-shouting = Shouting down
words-starter-wishes = Wishing death and violence
words-starter-slurs = Belittling groups
say-words-started = The rule is in force from now on.
say-words-ended = The rule is no longer in force.
say-words-gone = This rule was no longer in force. The list shows what is in force now.
say-words-none = Write at least one word. Stars stand only at its beginning or end, a “=” only at its beginning.
say-words-short = “{ $word }” is too short and stands in too many other words. A word has at least { $fewest } letters.
say-words-long = “{ $word }” is too long. A word or phrase has at most { $longest } characters.
say-words-many = A rule has at most { $most } words. Divide it.
say-words-rules = { $most } rules are in force already, and there will be no more. End one that nobody needs any longer.
say-words-reason = Whoever's text does not appear is told why. Write a reason.
