# Was wartet, bis jemand aus der Redaktion es gelesen hat: die Mitteilung darüber, und die Seite am Schreibtisch.

state-waiting = nach Freigabe
thread-waits-until = bis { $until } nach Freigabe
thread-read-first-until = Bis { $until } lesen wir jeden Beitrag vorher
thread-read-first = Wir lesen jeden Beitrag vorher
thread-waits-hours = Außerhalb der Öffnungszeiten liest die Redaktion jeden Beitrag, bevor er erscheint.
thread-waits-holiday = Heute ist { $name }. Die Redaktion liest jeden Beitrag, bevor er erscheint.
thread-waits-unstaffed = Gerade sind wenige da, die mitlesen. Die Redaktion liest jeden Beitrag, bevor er erscheint.
thread-waits-mourning = Aus Respekt vor den Betroffenen liest die Redaktion hier jeden Beitrag, bevor er erscheint.
thread-waits-heated = Das Gespräch ist entgleist. Bis es wieder eines ist, liest die Redaktion jeden Beitrag, bevor er erscheint.
thread-waits-law = Aus rechtlichen Gründen liest die Redaktion hier jeden Beitrag, bevor er erscheint.
thread-waits-other = Die Redaktion liest hier jeden Beitrag, bevor er erscheint.
thread-waits-day = Heute gelten andere Zeiten als sonst. Die Redaktion liest jeden Beitrag, bevor er erscheint.
thread-at-once-from = Ab { $until } erscheinen Beiträge wieder sofort.
front-forum-waits = Forum: Beiträge nach Freigabe
write-send = Zur Freigabe schicken
waits-list = Ihre Beiträge, die auf Freigabe warten
waits-since = Wartet auf Freigabe, seit { $at }

waiting-nav = { $n ->
    [0] Forum
    [100] Forum (mehr als 99)
   *[other] Forum ({ $n })
}
waiting-approve = Freigeben
waiting-refuse = Nicht freigeben
waiting-first = Zum Anfang
waiting-next = Weitere
hours-mode = Was gilt dort?
hours-mode-closed = geschlossen: niemand kann schreiben
hours-mode-waiting = alles wartet auf Freigabe
message-approved = Ihr Kommentar ist freigegeben und erschienen
message-refused = Ihr Kommentar wurde nicht freigegeben
message-withheld = Eine automatische Regel hat Ihren Text zurückgehalten
own-automatic = So entschieden hat eine automatische Regel, kein Mensch. Wenn sie sich irrt, schreiben Sie uns: Dann liest es jemand.
account-waiting = Zur Freigabe geschickt
own-refused = nicht freigegeben
own-refused-why = Nicht freigegeben am { $at }, Hausregel { $clause }: { $title }

say-waiting-decided = Darüber ist gerade schon entschieden worden, oder der Verfasser hat den Beitrag zurückgenommen.
say-waiting-withdrawn-article = Der Artikel steht nicht mehr in der Zeitung; darunter kann nichts erscheinen. Verweigern Sie die Freigabe, oder warten Sie, bis er wieder da ist.
say-waiting-talk-closed = Dieses Gespräch ist gerade geschlossen. Freigeben können Sie, sobald dort wieder geschrieben werden kann.
say-draft-waits-send = Noch nicht abgeschickt: Ihr Text steht im Feld. Schicken Sie ihn zur Freigabe, dann erscheint er, sobald ihn die Redaktion gelesen hat.
say-comment-withdrawn = Ihr Beitrag ist zurückgenommen. Außer Ihnen hat ihn niemand gelesen als vielleicht die Redaktion.
say-comment-not-waiting = Dieser Beitrag wartet nicht mehr: In der Liste unten steht, was daraus wurde.
say-changes-rest = Solange die Redaktion jeden Beitrag vorher liest, kann man Erschienenes nicht ändern. Ihr Text steht noch im Feld. Der Kommentar bleibt, wie er ist; Sie können ihn löschen oder auf ihn antworten.
say-comment-withheld = Ihr Text ist nicht erschienen: Eine automatische Regel hat ihn nach Hausregel { $clause } ({ $title }) zurückgehalten. Begründung: { $reason } Ihre Worte stehen noch im Feld und in Ihrem Konto. Sie können sie ändern und noch einmal abschicken; wenn die Regel sich irrt, schreiben Sie an unsere Meldestelle.
say-change-withheld = Die Änderung ist nicht gemacht: Eine automatische Regel lässt sie nach Hausregel { $clause } ({ $title }) nicht zu. Begründung: { $reason } Der Kommentar bleibt, wie er ist; Ihr Text steht noch im Feld. Wenn die Regel sich irrt, schreiben Sie an unsere Meldestelle.
say-change-rests = Diese Änderung müsste die Redaktion erst lesen, deshalb bleibt der Kommentar, wie er ist. Ihr Text steht noch im Feld. Sie können den Kommentar löschen und neu schreiben: Dann liest ihn die Redaktion, bevor er erscheint.
say-hours-waiting = Dort wartet jetzt alles auf Freigabe. Offene Seiten erfahren es von selbst.
