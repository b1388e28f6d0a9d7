# Konten, die anderswo geführt werden.

login-elsewhere = Mit dem Konto von { $provider } anmelden
elsewhere-title = Weiter zu { $provider }
elsewhere-sub = Sie melden sich dort an und kommen dann hierher zurück. Ihr Passwort erfahren wir nicht.
elsewhere-do = Bei { $provider } anmelden
arrival-title = Wie möchten Sie heißen?
arrival-sub = { $provider } hat Sie hergeschickt. Wählen Sie einen Namen, dann haben Sie hier ein Konto. Briefe gehen an { $mail }.
arrival-have = Unter einer anderen Adresse? Melden Sie sich damit an und verbinden Sie die beiden Konten.
arrival-kept = Name, E-Mail-Adresse, und welches Konto dort Ihres ist. Nicht, was Sie lesen oder hören; und dort erfährt man nichts davon, was Sie hier tun.
account-elsewhere = Konto von { $provider }
account-elsewhere-since = Verbunden seit { $since }.
account-elsewhere-used = Zuletzt damit angemeldet am { $at }.
account-elsewhere-remove = Verbindung trennen
account-elsewhere-remove-why = Ihr Konto hier bleibt. Mit einem Code per E-Mail kommen Sie immer hinein.
account-elsewhere-why = Sie können sich hier auch mit Ihrem Konto von { $provider } anmelden.
account-elsewhere-do = Konto verbinden
say-elsewhere-done = Die Konten sind verbunden. Wir haben Ihnen eine E-Mail darüber geschickt.
say-elsewhere-removed = Die Konten sind getrennt. Wir haben Ihnen eine E-Mail darüber geschickt.
say-elsewhere-away = Dort, wo Ihr Konto geführt wird, antwortet gerade niemand. Versuchen Sie es in ein paar Minuten noch einmal, oder nehmen Sie einen der anderen Wege.
say-elsewhere-back = Sie haben dort abgebrochen; hier ist nichts geschehen. Beginnen Sie noch einmal, oder nehmen Sie einen der anderen Wege.
say-elsewhere-over = Das hat zu lange gedauert, oder es wurde in einem anderen Browser begonnen. Beginnen Sie bitte hier noch einmal.
say-elsewhere-untrue = Wir konnten nicht sicher feststellen, dass Sie es sind. Beginnen Sie noch einmal; hilft das nicht, nehmen Sie einen der anderen Wege und sagen Sie es der Zeitung.
say-elsewhere-clock = Die Uhr dort, wo Ihr Konto geführt wird, geht anders als unsere. Versuchen Sie es in ein paar Minuten noch einmal; hilft das nicht, sagen Sie es der Zeitung.
say-elsewhere-mail = Dort, wo Ihr Konto geführt wird, ist Ihre E-Mail-Adresse noch nicht bestätigt. Bestätigen Sie sie dort, oder registrieren Sie sich hier und verbinden Sie die Konten.
say-elsewhere-known = Zu Ihrer E-Mail-Adresse gibt es hier schon ein Konto. Melden Sie sich einmal so an wie bisher; dann können Sie die beiden Konten verbinden.
say-elsewhere-connected = Das geht nicht: Eines der beiden Konten ist schon mit einem anderen verbunden. Trennen Sie zuerst jene Verbindung.
