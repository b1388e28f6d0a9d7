# What stands around every page.

and = and
frame-skip = Skip to content
frame-menu = Menu
frame-today = Today
frame-sections = Sections
frame-search = Search
frame-own = Your account
frame-account = Your account: { $name }
frame-sign-in = Sign in
frame-join = Join in
frame-listen = Listen
frame-talk = Conversations
frame-rules = House rules
frame-report = Report something
foot-paper = The paper
foot-imprint = Imprint
foot-privacy = Privacy
foot-search = Search articles
foot-talk = Join in
foot-services = Take away
foot-mailbox = Mailbox of this trial paper
foot-promise = No cookies unless you sign in. No scripts from elsewhere.
pager = More pages
pager-newer = Newer
pager-older = Older
