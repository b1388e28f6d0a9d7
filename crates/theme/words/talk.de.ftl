# Was das Gespräch und der Community-Tisch zu einem Versuch sagen, der nicht ging (und zu einem, der ging).

say-comment-long = Das ist zu lang: Ein Kommentar hat höchstens { $longest } Zeichen. Kürzen Sie den Text oder teilen Sie ihn; er steht noch ganz im Feld.
say-comment-lines = Das sind zu viele Zeilen: Ein Kommentar hat höchstens { $most }. Fassen Sie Absätze zusammen; Ihr Text steht noch im Feld.
say-comment-closed = Das Gespräch ist gerade geschlossen. Ihr Text ist als Entwurf gespeichert und liegt hier bereit, wenn es wieder öffnet.
say-comment-often = Das ging zu schnell hintereinander. Ihr Text steht noch im Feld; schicken Sie ihn in { $seconds ->
    [one] einer Sekunde
   *[other] { $seconds } Sekunden
} noch einmal ab.
say-comment-gone = Der Kommentar, auf den Sie antworten wollten, wurde inzwischen entfernt. Sie können Ihren Text als eigenen Kommentar abschicken.
say-comment-late = Ändern kann man einen Kommentar nur in den ersten { $minutes ->
    [one] 60 Sekunden
   *[other] { $minutes } Minuten
}. Er bleibt, wie er ist; Sie können ihn löschen oder auf ihn antworten.
say-comment-changed-meanwhile = Sie haben diesen Kommentar inzwischen in einem anderen Fenster geändert. Oben steht er, wie er jetzt ist; hier, was Sie eben geschrieben haben.
say-comment-changed-often = Mehr als { $most } Mal kann man einen Kommentar nicht ändern. Er bleibt, wie er ist; Sie können ihn löschen oder auf ihn antworten.
say-comment-changed = Ihre Änderung ist gespeichert.
say-comment-taken-back = Ihr Kommentar ist gelöscht.
say-comment-cannot-go = Dieser Kommentar ist schon weg.
say-draft-waits = Noch nicht erschienen: Ihr Text steht im Feld. Drücken Sie auf Veröffentlichen, dann steht er im Gespräch.
say-draft-waits-closed = Noch nicht erschienen: Das Gespräch ist geschlossen. Ihr Text ist gespeichert und steht hier, wenn es wieder öffnet.
say-followed = Sie folgen jetzt { $name }. Schreibt { $name } einen Kommentar, steht es in Ihren Nachrichten.
say-ignored = Was { $name } schreibt, ist für Sie jetzt zusammengeklappt. Die anderen merken davon nichts.
say-neither = Gespeichert: Sie folgen { $name } nicht, und nichts ist ausgeblendet.
say-featured = Der Kommentar steht jetzt vor den anderen, und sein Verfasser weiß davon.
say-featured-no = Der Kommentar ist nicht mehr ausgewählt.
say-verified = Neben dem Namen steht jetzt „Name geprüft“.
say-verified-no = Die Kennzeichnung ist aufgehoben.
say-comment-posted = Ihr Kommentar ist erschienen.

say-decision-reason = Schreiben Sie der Verfasserin oder dem Verfasser, warum. Ohne Begründung wird nichts entschieden.
say-decision-long = Die Begründung ist zu lang: höchstens { $longest } Zeichen.
say-decision-clause = Wählen Sie die Hausregel, gegen die der Kommentar verstößt.
say-decision-removed-already = Jemand hat diesen Kommentar gerade schon entfernt; Regel und Begründung stehen hier. Ihre Begründung war: „{ $reason }“
say-decision-not-removed = Dieser Kommentar ist nicht (mehr) entfernt; es gibt nichts wiederherzustellen. Ihre Begründung war: „{ $reason }“
