# Die eigene Adresse, die eigenen Daten und der Weg hinaus.

account-data = Ihre Daten
account-data-open = Adresse, Kopie, Löschen
data-title = Ihre Daten
data-address = E-Mail-Adresse
data-address-now = Unsere E-Mails an Sie gehen an { $mail }.
data-address-new = Neue Adresse
data-address-hint = Wir schicken einen Code dorthin und sagen es der alten Adresse.
data-address-do = Adresse ändern
data-export = Kopie
data-export-what = Alles, was wir über Sie gespeichert haben, in einer Datei (JSON): Konto, Kommentare, Stimmen, Nachrichten, Anmeldungen.
data-export-do = Kopie herunterladen
data-departure = Sie entscheiden, ob Ihre Kommentare bleiben oder mitgehen.
data-departure-do = Weiter zum Löschen
data-why = Warum noch einmal anmelden?
data-why-text = Für alles auf dieser Seite müssen Sie sich in den letzten zehn Minuten angemeldet haben, damit ein vergessenes offenes Fenster niemandem hilft.
data-privacy = Was wir speichern
address-code-sub = Wir haben an { $mail } geschrieben. Der Code gilt zehn Minuten.
address-code-do = Adresse ändern
address-code-none = Sehen Sie im Spam-Ordner nach. Ist die Adresse richtig geschrieben?
address-code-back = Andere Adresse eingeben
return-title = Die alte Adresse wieder einsetzen?
return-text = Unsere E-Mails gehen dann wieder an Ihre alte Adresse. Alle Geräte werden abgemeldet, Passkeys, die seither dazugekommen sind, entfernt, und das Passwort gilt nicht mehr.
return-do = Ja, zurücknehmen
return-done = Ihre alte Adresse gilt wieder
return-done-text = Melden Sie sich mit einem Code per E-Mail an und setzen Sie ein neues Passwort, wenn Sie eines wollen.
return-over = Dieser Link gilt nicht mehr
return-over-text = Die Änderung ist länger als sieben Tage her oder schon zurückgenommen. Wenn etwas nicht stimmt, schreiben Sie der Zeitung.
return-imprint = Zum Impressum
departure-title = Konto löschen
departure-texts = Was geschieht mit Ihren Kommentaren?
departure-keep = Sie bleiben stehen, ohne Ihren Namen.
departure-remove = Sie werden entfernt. An ihrer Stelle steht, dass dort etwas war, damit Antworten verständlich bleiben.
departure-when = Wann?
departure-later = { $n ->
    [one] Morgen. Bis dahin können Sie es sich anders überlegen.
   *[other] In { $n } Tagen. Bis dahin können Sie es sich anders überlegen.
}
departure-now = Sofort. Das lässt sich nicht zurücknehmen.
departure-do = Konto löschen
departure-goes = Ihr Konto wird gelöscht
departure-gone = Sie sind überall abgemeldet. Gelöscht wird am { $at }. Wenn Sie sich bis dahin wieder anmelden, können Sie bleiben.
departure-waits = Am { $at } löschen wir Ihr Konto. Noch können Sie bleiben.
departure-return = Ich bleibe
departure-stays = Was bleibt?
departure-stays-text = Entscheidungen über Ihre Kommentare und offene Fälle, solange das Gesetz es verlangt, aber ohne Namen und Adresse. Ihr Name wird ein Jahr lang an niemanden vergeben, damit niemand in ihm spricht.
say-address-changed = Ihre neue Adresse gilt. Die alte hat eine E-Mail darüber bekommen.
say-address-same = Das ist Ihre jetzige Adresse.
say-departure-choose = Wählen Sie, was mit Ihren Kommentaren geschieht.
say-departure-staff = Wer für die Zeitung arbeitet, gibt zuerst diese Aufgabe ab. Bitten Sie Ihre Administration darum.
say-departure-begun = Ihr Konto wird gerade gelöscht; das lässt sich nicht mehr aufhalten.
say-departure-already = Ihr Konto ist schon zum Löschen angemeldet.
