# What stands around every page.

and = und
frame-skip = Zum Inhalt
frame-menu = Menü
frame-today = Heute
frame-sections = Ressorts
frame-search = Suche
frame-own = Ihr Konto
frame-account = Ihr Konto: { $name }
frame-sign-in = Anmelden
frame-join = Mitreden
frame-listen = Hören
frame-talk = Gespräche
frame-rules = Hausregeln
frame-report = Einen Inhalt melden
foot-paper = Zeitung
foot-imprint = Impressum
foot-privacy = Datenschutz
foot-search = Artikel suchen
foot-talk = Mitreden
foot-services = Mitnehmen
foot-mailbox = Postfach dieser Probezeitung
foot-promise = Keine Cookies ohne Anmeldung. Keine fremden Skripte.
pager = Weitere Seiten
pager-newer = Neuere
pager-older = Ältere
