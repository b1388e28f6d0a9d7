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
write-comment = Was sagen Sie dazu?
write-reply = Ihre Antwort an { $name }
write-draft = Ihr Entwurf bleibt liegen, bis das Forum öffnet
write-as = Sie schreiben als <b>{ $name }</b>.
write-longest = Höchstens { $n } Zeichen.
write-kept = Entwurf aufgehoben am { $at }.
write-sign-in = Wenn Sie noch nicht angemeldet sind, fragen wir danach; Ihr Text geht nicht verloren.
write-publish = Veröffentlichen
write-keep = Entwurf aufheben
draft-waits = Ihr Kommentar wartet auf Sie
