# The talk: threads, comments, opening hours.

state-open = offen
state-closed = geschlossen
state-ended = beendet
thread-count = { $n ->
    [0] Noch kein Kommentar
    [one] Ein Kommentar
   *[other] { $n } Kommentare
}
thread-open-until = offen bis { $hour }
thread-closed-until = geschlossen bis { $until }
thread-rests-until = Das Gespräch ruht bis { $until }
thread-rests = Das Gespräch ruht
thread-why-hours = Zwischen { $from } und { $to } liest niemand aus der Redaktion mit, darum nimmt das Forum nichts an.
thread-why-night = Gerade liest niemand aus der Redaktion mit, darum nimmt das Forum nichts an.
thread-why-holiday = Heute ist { $name }. Niemand aus der Redaktion liest mit, darum nimmt das Forum nichts an.
thread-why-unstaffed = Gerade ist niemand da, der mitliest, darum nimmt das Forum nichts an.
thread-why-mourning = Aus Respekt vor den Betroffenen bleibt es unter diesem Artikel still.
thread-why-heated = Das Gespräch ist entgleist. Wir machen eine Pause, damit es wieder eines werden kann.
thread-why-law = Aus rechtlichen Gründen nimmt das Forum hier vorerst nichts an.
thread-why-other = Die Redaktion hat das Gespräch unterbrochen.
thread-why-day = Heute gelten andere Zeiten als sonst.
thread-meanwhile = Lesen, zustimmen und melden geht weiter.
thread-opens = Öffnet am { $at }
thread-ended = Dieses Gespräch ist seit { $at } zu Ende. Es bleibt zum Nachlesen stehen.
thread-ended-some-time = Dieses Gespräch ist zu Ende. Es bleibt zum Nachlesen stehen.
thread-notice = Was hier steht, ist die Meinung derer, die es schreiben, nicht die der Redaktion. Was gegen ein Gesetz, gegen die guten Sitten oder gegen unsere <a href="/rules">Hausregeln</a> verstößt, entfernen wir und nennen dabei die Regel. Strafbares zeigen wir an. <a href="/report">Einen Inhalt melden</a> können Sie jederzeit, auch ohne Konto.
thread-order = Reihenfolge
thread-newer = Neuere Kommentare
thread-older = Weitere Kommentare
thread-empty = Schreiben Sie den ersten.
thread-search = In diesem Gespräch suchen
thread-found = Kommentare mit „{ $query }“, die neuesten zuerst.
thread-found-none = Kein Kommentar in diesem Gespräch enthält „{ $query }“.
thread-all = Alle Kommentare
sort-newest = Neueste
sort-oldest = Älteste
sort-best = Meiste Zustimmung
sort-discussed = Meiste Antworten
badge-author = schrieb den Artikel
badge-staff = aus der Redaktion
badge-moderator = Moderation
badge-since = seit { $year } dabei
comment-featured = Ausgewählt
comment-edited = bearbeitet
comment-answers = Antwort auf { $name }
comment-up = Zustimmen: { $n }
comment-down = Ablehnen: { $n }
comment-reply = Antworten
comment-report = Melden
comment-place = Zur Stelle im Gespräch
comment-removed = Ein Kommentar ({ $at }) wurde entfernt. Hausregel { $clause }: { $title }.
comment-deleted = Ein Kommentar ({ $at }) wurde von seinem Verfasser gelöscht.
comment-rule = Regel lesen
comment-further = { $n ->
    [one] Eine weitere Antwort, { $at }
   *[other] { $n } weitere Antworten, zuletzt { $at }
}
comment-replies = { $n ->
    [one] Eine Antwort, { $at }
   *[other] { $n } Antworten, zuletzt { $at }
}
comment-by = Kommentar von { $name }
comment-thread = Zum ganzen Gespräch
comment-more-replies = Weitere Antworten
comment-beside = Davor und danach im Gespräch
comment-before = Davor:
comment-after = Danach:
reader-since = Dabei seit { $at }
framed-join = Mitreden
framed-join-why = Das Gespräch öffnet sich in einem eigenen Fenster bei { $paper }. Dort schreiben, bewerten und melden Sie.
framed-read = Gespräch in eigenem Fenster lesen
framed-none = Über diesen Artikel wird hier nicht gesprochen.
write-comment = Was sagen Sie dazu?
write-reply = Ihre Antwort an { $name }
write-draft = Ihr Entwurf bleibt liegen, bis das Forum öffnet
write-as = Sie schreiben als <b>{ $name }</b>.
write-longest = Höchstens { $n } Zeichen.
write-kept = Sie haben hier einen Entwurf, gespeichert am { $at }.
write-sign-in = Wenn Sie noch nicht angemeldet sind, fragen wir danach; Ihr Text geht nicht verloren.
write-publish = Veröffentlichen
write-keep = Entwurf speichern
draft-waits = Ihr Kommentar wartet auf Sie
badge-verified = Name geprüft
thread-mine = Angemeldet? Ihre Stimmen und Entwürfe
thread-follow = Gespräch folgen
thread-follow-no = Gespräch nicht mehr folgen
comment-up-own = Zustimmung: { $n }. Über den eigenen Kommentar stimmt man nicht ab.
comment-down-own = Ablehnung: { $n }. Über den eigenen Kommentar stimmt man nicht ab.
comment-vote-own = Über den eigenen Kommentar stimmt man nicht ab.
comment-change = Ändern
comment-take-back = Löschen
comment-more = Mehr
comment-judge = Moderieren
comment-choose = Auswählen
comment-ignored = Ein Kommentar von { $name }, den Sie nicht lesen wollen
person-follow = { $name } folgen
person-follow-no = { $name } nicht mehr folgen
person-ignore = { $name } ausblenden
person-ignore-no = { $name } wieder einblenden
write-preview = Vorschau
write-preview-is = So wird Ihr Kommentar aussehen. Erschienen ist er noch nicht.
write-quote = Diesen Kommentar zitieren
change-label = Ihr Kommentar
change-why = Ändern können Sie ihn bis { $until }, höchstens { $n } Zeichen. Was vorher dastand, bleibt für alle nachlesbar.
change-leave = Doch nicht
change-do = Änderung speichern
take-back-why = Soll Ihr Kommentar gelöscht werden? An seiner Stelle steht dann, dass Sie ihn gelöscht haben; Antworten bleiben. Zurückholen können Sie ihn nicht.
take-back-leave = Behalten
take-back-do = Kommentar löschen
tools-title = Community-Tisch
tools-choose = Für alle auswählen
tools-choose-no = Nicht mehr auswählen
tools-known = Name geprüft von { $by } am { $at }.
tools-known-why = Woher wissen Sie, wer das ist?
tools-known-no-why = Warum gilt das nicht mehr?
tools-known-means = Neben dem Namen steht dann für alle „Name geprüft“. Den wirklichen Namen und Ihre Begründung sieht nur der Tisch.
tools-known-do = Als geprüft kennzeichnen
tools-known-no = Kennzeichnung aufheben
revisions-title = Alle Fassungen eines Kommentars von { $name }
revisions-back = Zum Kommentar
revisions-until = Bis { $at } stand hier:
revisions-none = Dieser Kommentar wurde nicht geändert.
