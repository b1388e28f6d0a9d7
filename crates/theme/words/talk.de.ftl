# Was das Gespräch und der Community-Tisch zu einem Versuch sagen, der nicht ging (und zu einem, der ging).

say-comment-long = Das ist zu lang: Ein Kommentar hat höchstens { $longest } Zeichen. Kürzen Sie den Text oder teilen Sie ihn; er steht noch ganz im Feld.
say-comment-lines = Das sind zu viele Zeilen: Ein Kommentar hat höchstens { $most }. Fassen Sie Absätze zusammen; Ihr Text steht noch im Feld.
say-comment-closed = Das Gespräch ist gerade geschlossen. Ihr Text ist als Entwurf gespeichert und liegt hier bereit, wenn es wieder öffnet.
say-comment-often = Das ging zu schnell hintereinander. Ihr Text steht noch im Feld; schicken Sie ihn in { $seconds ->
    [one] einer Sekunde
   *[other] { $seconds } Sekunden
} noch einmal ab.
say-comment-gone = Der Kommentar, auf den Sie antworten wollten, wurde inzwischen entfernt. Sie können Ihren Text als eigenen Kommentar abschicken.
say-comment-posted = Ihr Kommentar ist erschienen.

say-decision-reason = Schreiben Sie der Verfasserin oder dem Verfasser, warum. Ohne Begründung wird nichts entschieden.
say-decision-long = Die Begründung ist zu lang: höchstens { $longest } Zeichen.
say-decision-clause = Wählen Sie die Hausregel, gegen die der Kommentar verstößt.
say-decision-removed-already = Jemand hat diesen Kommentar gerade schon entfernt; Regel und Begründung stehen hier. Ihre Begründung war: „{ $reason }“
say-decision-not-removed = Dieser Kommentar ist nicht (mehr) entfernt; es gibt nichts wiederherzustellen. Ihre Begründung war: „{ $reason }“
