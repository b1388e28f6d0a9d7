# Die Warteschlangen des Forums, ein Fall und die Entscheidung darüber.

queues = Warteschlangen
queue-all = Alle
queue-reported = Gemeldet
queue-waiting = Wartet
queue-rule = Nach Regel
queue-new = Neue Leute
queue-edited = Geändert
queue-latest = Neueste
queue-none = Nichts zu entscheiden. Alles hier ist gelesen.
queue-back = Zur Warteschlange
figure-open = offen
figure-late = { $n ->
    [0] keiner
   *[other] { $n }
} über Ziel
figure-oldest = ältester Fall { $n } min
figure-oldest-none = nichts wartet
figure-decided = in 24 Stunden entschieden
figure-refused = davon entfernt
age-minutes = { $n } min
age-over = { $n } über Ziel
age-target = Ziel { $n }
row-free = frei
row-mine = Sie
row-reports = { $n ->
    [one] 1 Meldung
   *[other] { $n } Meldungen
}
choose-rule = Bitte wählen
bulk = Angekreuzte:
bulk-choose = Beitrag von { $name } ankreuzen
bulk-stand = Freigeben / bleibt
bulk-refuse-open = Entfernen …
bulk-refuse = Entfernen
bulk-reason = Die Verfasser lesen den vorbereiteten Text zu dieser Regel.
case-waits = Text { $id }
case-mine = bei Ihnen
case-held = { $name } entscheidet gerade
case-held-until = Wenn bis { $at } nichts geschieht, ist der Fall wieder frei. Nehmen Sie inzwischen den nächsten.
case-left = noch { $n } min
case-over = { $n } min über Ziel
case-removed-before = { $n ->
    [one] 1 entfernt
   *[other] { $n } entfernt
}
case-reports = Meldungen
case-same = Dasselbe steht auch hier
case-share = Anteil
case-stays = Bleibt
case-release = Fall loslassen
case-reason-hint = Steht im Konto des Verfassers. Leer gelassen liest er den vorbereiteten Text zu dieser Regel.
case-by-hand = Der Verfasser liest Regel und Begründung, und dass ein Mensch entschieden hat.
held-stand = Gut so. Noch { "{" }seconds{ "}" } Sekunden rückgängig zu machen.
held-refuse = Entfernt. Noch { "{" }seconds{ "}" } Sekunden rückgängig zu machen.
held-undone = Rückgängig gemacht: Der Fall ist wieder offen.
held-failed = Nicht alles ist angekommen. Die Fälle stehen wieder in der Warteschlange.
held-undo = Rückgängig
keys-title = Tasten
keys-on = Tasten eingeschaltet
keys-on-why = Gilt auf diesem Gerät. Beim Tippen in ein Feld gelten sie nie.
keys-close = Schließen
key-j = nächster Fall
key-k = voriger Fall
key-f = freigeben, oder: bleibt
key-d = entfernen: öffnet die Begründung; noch einmal: entscheidet
key-digit = Regel wählen
key-u = rückgängig, solange es noch geht
key-t = nächste Warteschlange
key-z = nur diesen Fall zeigen, und zurück
key-help = diese Übersicht
reasons-title = Begründungen
reasons-why = Zu jeder Regel liegt ein Text bereit, den Sie beim Entscheiden noch ändern können. Hier ändern Sie ihn für alle. Ein leeres Feld bringt den mitgelieferten Text zurück.
reasons-by = Zuletzt von { $name }, { $at }
reasons-built-in = Mitgelieferter Text
reasons-keep = Text aufheben
report-desk = Dem Forum melden
report-desk-why = Wer angemeldet ist, meldet hier mit einem Klick, gegen welche Hausregel der Kommentar verstößt. Niemand erfährt, wer gemeldet hat.
report-desk-words = Möchten Sie etwas dazusagen?
report-desk-send = Melden
own-by-a-person = Entschieden hat ein Mensch aus der Redaktion, kein Programm.

say-cases-decided = { $n ->
    [one] Ein Fall ist entschieden.
   *[other] { $n } Fälle sind entschieden.
} Wer geschrieben hat, weiß davon.
say-case-none-chosen = Kreuzen Sie an, worüber Sie entscheiden.
say-case-claimed = Darüber entscheidet gerade { $name }. Es wurde nichts geändert.
say-case-claimed-now = In diesem Augenblick hat jemand anderer diesen Fall geöffnet. Versuchen Sie es noch einmal.
say-case-decided = Darüber hat { $name } { $n ->
    [0] gerade eben
    [one] vor 1 Minute
   *[other] vor { $n } Minuten
} schon entschieden. Ihre Entscheidung wurde nicht übernommen.
say-case-not-open = Dieser Kommentar steht, und niemand hat ihn gemeldet: Es ist nichts zu entscheiden.
say-case-released = Der Fall ist wieder frei.
say-prepared = Der Text ist aufgehoben und liegt ab jetzt für alle bereit.
say-reported = Danke. Das Forum sieht sich den Kommentar an.
say-report-own = Den eigenen Kommentar können Sie ändern oder löschen.
say-report-again = Diesen Kommentar haben Sie schon gemeldet. Er wird angesehen.
say-report-often = Sie haben in der letzten Stunde viel gemeldet. Schreiben Sie der Meldestelle, wenn es dringend ist.
