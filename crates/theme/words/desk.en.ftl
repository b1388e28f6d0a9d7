# Where staff works.

desk-nav = Desk
desk-articles = Articles
desk-forum = Forum
desk-mail = Mailbox
desk-jobs = Jobs
desk-new = New article
desk-article = Edit article
desk-view = View
desk-file = From a file
desk-versions = Versions
desk-publish = Publish
desk-correct = Correct
desk-articles-none = No article yet. The paper begins with “New article”.
desk-column-headline = Headline
desk-column-section = Section
desk-column-state = State
desk-column-recording = Sound
desk-column-comments = Comments
desk-column-published = Published
desk-column-changed = Changed
desk-state-published = published
desk-state-corrected = corrected
desk-state-withdrawn = withdrawn
desk-state-draft = draft
desk-recording-making = being made
desk-recording-ready = ready
desk-recording-failed = failed
desk-text = Text
desk-text-hint = The particulars at the top between the plus signs, the text below.
desk-note = What was wrong?
desk-note-hint = Every reader sees it under the article. Required to correct or withdraw.
desk-format = How to write
desk-format-sample =
    +++
    slug = "new-bridge"
    section = "region"
    kicker = "Traffic"
    headline = "The bridge is open"
    lead = "One sentence that says it all."
    authors = ["First Last"]
    place = "Place"
    +++

    ![What one sees](picture.svg "Text under the picture | Who made it")

    A paragraph with *emphasis* and a [link](https://…).

    ## Subhead

    > A quote.
    > — Who said it

    - Point
desk-sections = Sections
desk-withdraw-head = Withdraw
desk-withdraw-why = The text leaves the paper; in its place stands when and why. All versions are kept.
desk-withdraw = Withdraw article
desk-until = until { $at }
desk-forum-now = at the moment
desk-choose = Choose a comment. Here you will then see what it answers and who wrote it, with the decision beside it.
desk-first = First comment
desk-comment = Comment { $id }
desk-votes = { $up } in favour, { $down } against
desk-author = { $name }: account since { $since }
desk-author-comments = { $n ->
    [one] comment
   *[other] comments
}
desk-history = Earlier decisions
desk-column-when = When
desk-column-comment = Comment
desk-column-rule = Rule
desk-column-decision = Decision
desk-column-who = Who
desk-decision = Decision
desk-which-rule = Under which rule?
desk-reason = Reason, to { $name }
desk-restore-hint = It stands in the author’s account. Say why the comment is back.
desk-remove = Remove comment
desk-restore = Restore comment
mail-why = This paper has no mail server. What it would send is kept here.
mail-to = To { $to }
mail-none = No letter yet.
jobs-waiting = waiting
jobs-failing = failing
jobs-column-job = Job
jobs-column-error = What went wrong
jobs-column-tries = Tries
jobs-column-next = Next try
jobs-again = Try again
jobs-again-which = Try { $kind } { $id } again
jobs-never = none
jobs-none = Everything is done, nothing failed.
jobs-under-way = { $n ->
    [one] One job is waiting and comes
   *[other] { $n } jobs are waiting and come
} up by themselves. Nothing failed.
