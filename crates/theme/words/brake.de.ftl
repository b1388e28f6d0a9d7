# Die Bremse.

brake-title = Bremse
brake-now = Jetzt gezogen
brake-none = Niemand bremst. Alle schreiben wie gewohnt.
brake-newcomers = { $n ->
    [one] Es schreiben nur Leser, die seit mindestens einem Tag dabei sind.
   *[other] Es schreiben nur Leser, die seit mindestens { $n } Tagen dabei sind.
}
brake-slow = { $n ->
    [one] Jeder schreibt höchstens einmal in der Minute.
   *[other] Jeder schreibt höchstens einmal in { $n } Minuten.
}
brake-release = Loslassen
brake-pull = Bremse ziehen
brake-how = Wie?
brake-form-newcomers = Neue warten lassen
brake-days = Wie viele Tage muss jemand dabei sein?
brake-form-slow = Alle verlangsamen
brake-minutes = Wie viele Minuten zwischen zwei Kommentaren?
brake-hours = Für wie viele Stunden?
brake-reason = Warum?
brake-reason-hint = Für die Kolleginnen und Kollegen; Leser sehen es nicht.
say-brake-pulled = Die Bremse hält. Lesen, Abstimmen und Melden gehen weiter.
say-brake-released = Losgelassen. Alle schreiben wie gewohnt.
say-brake-gone = Diese Bremse hielt schon nicht mehr.
say-brake-amount = Wählen Sie 1 bis 365 Tage oder 1 bis 60 Minuten.
say-brake-hours = Eine Bremse hält 1 bis { $longest } Stunden. Danach ziehen Sie sie wieder, wenn es sein muss.
say-brake-reason = Schreiben Sie in höchstens { $longest } Zeichen, warum.
say-comment-too-new = { $days ->
    [one] Gerade kommt sehr viel auf einmal. Noch höchstens { $hours } Std. schreiben nur Leser, die seit mindestens einem Tag dabei sind. Ihr Text ist als Entwurf aufgehoben.
   *[other] Gerade kommt sehr viel auf einmal. Noch höchstens { $hours } Std. schreiben nur Leser, die seit mindestens { $days } Tagen dabei sind. Ihr Text ist als Entwurf aufgehoben.
}
