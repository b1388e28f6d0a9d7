# Wortregeln.

words-title = Wortregeln
words-hold-now = Es gelten
words-none = Keine Wortregel gilt.
words-new = Neue Regel
words-replace = Statt Regel { $id }
words-forms = Welche Wörter?
words-forms-hint = Wie im Wörterbuch, durch Beistriche getrennt: „Idiot“ meint auch Idioten, „*idiot“ auch Vollidioten, „idiot*“ auch idiotisch, „=Pack“ nur genau dieses Wort. Umlaute, Ziffern statt Buchstaben und Lücken erkennt die Regel selbst.
words-exceptions = Welche Wörter sind nicht gemeint?
words-exceptions-hint = Wörter, in denen eines davon zufällig steckt. Sie gelten für alle Regeln.
words-what = Was geschieht mit so einem Text?
words-hold = Er wartet auf Freigabe
words-withhold = Er erscheint nicht, und sein Verfasser liest die Begründung
words-reason = Begründung für den Verfasser
words-reason-hint = Nur nötig, wenn der Text nicht erscheint. Schreiben Sie, was er ändern kann.
words-try = Probelauf über die letzte Woche
words-start = Ab jetzt anwenden
words-trial = Probelauf
words-trial-caught = { $caught ->
    [0] Kein Kommentar von { $tried } der letzten Woche wäre hängen geblieben.
    [one] Ein Kommentar von { $tried } der letzten Woche wäre hängen geblieben.
   *[other] { $caught } Kommentare von { $tried } der letzten Woche wären hängen geblieben.
}
words-trial-fine = { $fine ->
    [0] Keiner davon steht noch.
    [one] Einer davon steht noch.
   *[other] { $fine } davon stehen noch.
}
words-stands = steht
words-gone = steht nicht mehr
words-not = Nicht gemeint: { $words }
words-does-hold = Wartet auf Freigabe (Hausregel { $clause })
words-does-withhold = Erscheint nicht (Hausregel { $clause })
words-change = Ändern
words-end = Beenden
words-starters = Vorschläge
words-starters-hint = Zum Anfangen. Keiner gilt, bevor Sie ihn anwenden.
words-starter-insults = Beschimpfungen
words-starter-filth = Derbes
words-starter-shouting = Niederbrüllen
words-starter-wishes = Tod und Gewalt wünschen
words-starter-slurs = Herabsetzung von Gruppen
say-words-started = Die Regel gilt ab jetzt.
say-words-ended = Die Regel gilt nicht mehr.
say-words-gone = Diese Regel galt schon nicht mehr. Sehen Sie in der Liste nach, was jetzt gilt.
say-words-none = Schreiben Sie mindestens ein Wort. Sterne stehen nur am Anfang oder am Ende, ein „=“ nur am Anfang.
say-words-short = „{ $word }“ ist zu kurz und steckt in zu vielen anderen Wörtern. Ein Wort hat mindestens { $fewest } Buchstaben.
say-words-long = „{ $word }“ ist zu lang. Ein Wort oder eine Wendung hat höchstens { $longest } Zeichen.
say-words-many = Eine Regel hat höchstens { $most } Wörter. Teilen Sie sie auf.
say-words-rules = Es gelten schon { $most } Regeln, mehr werden es nicht. Beenden Sie eine, die niemand mehr braucht.
say-words-reason = Wessen Text nicht erscheint, der erfährt den Grund. Schreiben Sie eine Begründung.
