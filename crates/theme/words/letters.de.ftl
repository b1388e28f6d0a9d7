# Rätsel aus Buchstaben: Schwedenrätsel und Kreuzworträtsel.

letters-title-arrows = Schwedenrätsel des Tages
letters-title-of-arrows = Schwedenrätsel vom { $date }
letters-title-crossword = Kreuzworträtsel des Tages
letters-title-of-crossword = Kreuzworträtsel vom { $date }
letters-by = Von { $author }
letters-grid = Rätselgitter, { $rows } Zeilen und { $columns } Spalten
letters-cell = Zeile { $row }, Spalte { $column }
letters-cell-said = Zeile { "{" }row{ "}" }, Spalte { "{" }column{ "}" }: { "{" }state{ "}" }.
letters-nth = Buchstabe { $n } von { $of }
letters-word-said = { "{" }way{ "}" } { "{" }number{ "}" }: { "{" }text{ "}" }, Buchstabe { "{" }n{ "}" } von { "{" }of{ "}" }.
letters-across = waagrecht
letters-down = senkrecht
letters-empty = leer
letters-given = vorgegeben
letters-wrong = falsch
letters-told = verraten
letters-circle = im Kreis
letters-shaded = farbig hinterlegt
letters-block = schwarzes Feld
letters-at = Welches Feld verraten?
letters-at-hint = Zeile und Spalte, etwa 3,5. Ohne Angabe: das erste, das noch fehlt.
letters-tell = Buchstaben verraten
letters-turn = Richtung wechseln
letters-rule = Schreibweise
letters-spelling-arrows = Ä, Ö und Ü stehen als AE, OE und UE im Gitter, ß als SS.
letters-spelling-crossword = Ä, Ö, Ü und ß bleiben ein Buchstabe, wenn hier nichts anderes steht.
letters-key-space = Leertaste
letters-keys-turn = Richtung wechseln
letters-keys-next = nächstes offenes Wort
letters-keys-leave = zum Prüfen
say-letters-solved = Gelöst. Alles richtig!
say-letters-good = Bis hierher stimmt alles. { $n ->
    [one] Ein Feld ist noch leer.
   *[other] { $n } Felder sind noch leer.
}
say-letters-wrong = { $n ->
    [one] Ein Buchstabe stimmt nicht; er ist markiert.
   *[other] { $n } Buchstaben stimmen nicht; sie sind markiert.
}
say-letters-told = Verraten: { $letter } in Zeile { $row }, Spalte { $column }.
say-letters-nothing-to-tell = Es gibt nichts mehr zu verraten: Alles ist richtig.
desk-letters = Kreuzworträtsel und Wortliste
desk-letters-crossword = Kreuzworträtsel
desk-letters-refused = Die Datei wurde nicht übernommen, auch nicht in Teilen:
desk-letters-ipuz = Oder den Text der Datei hier einfügen
desk-letters-ipuz-how = Eine ipuz-Datei, wie Rätselprogramme sie speichern: mit schwarzen Feldern, Fragen waagrecht und senkrecht, und der Lösung. Hat der Tag schon ein Rätsel, wird es ausgetauscht.
desk-letters-put = Übernehmen
desk-letters-file = ipuz-Datei
desk-letters-pairs = Wortliste für das Schwedenrätsel
desk-letters-pairs-now = { $own ->
    [0] Bisher nur die { $ours } Paare, die mitgeliefert werden.
    [one] Ein eigenes Paar und { $ours } mitgelieferte.
   *[other] { $own } eigene Paare und { $ours } mitgelieferte.
}
desk-letters-csv = Oder die Liste hier einfügen
desk-letters-csv-how = Eine Tabelle mit zwei Spalten, als CSV gespeichert. Eine Zeile sieht so aus: ENTE;schwimmt auf dem Teich. Antworten haben 2 bis 13 Buchstaben, Fragen höchstens 28 Zeichen. Die Liste ersetzt Ihre bisherige.
desk-letters-replace = Liste ersetzen
desk-letters-own-list = Ihre Liste als CSV
desk-letters-withdraw = Liste zurücknehmen
say-crossword-put = Das Kreuzworträtsel ist übernommen.
say-pairs-put = Die Liste ist übernommen. Sie gilt ab dem nächsten Rätsel, das gemacht wird.
say-pairs-withdrawn = Die Liste ist zurückgenommen. Ab dem nächsten Rätsel gelten wieder nur die mitgelieferten Paare.
say-crossword-day = Der Tag muss heute oder später sein, höchstens ein Jahr voraus.
say-ipuz-too-long = Die Datei ist länger als 512 Kilobyte.
say-ipuz-json = In Zeile { $line } ist es kein gültiges JSON, zu tief verschachtelt, oder ein Schlüssel steht doppelt.
say-ipuz-missing = Das fehlt.
say-ipuz-wants-text = Hier muss ein Text stehen.
say-ipuz-wants-number = Hier muss eine ganze Zahl stehen.
say-ipuz-wants-list = Hier muss eine Liste stehen.
say-ipuz-wants-object = Hier muss ein Objekt stehen.
say-ipuz-wants-cell = Hier muss ein Feld stehen: Zahl, Text, null oder Objekt.
say-ipuz-wants-clue = Hier muss eine Frage stehen: Text, Nummer und Text, oder Objekt.
say-ipuz-version = Wir lesen die Versionen http://ipuz.org/v1 und http://ipuz.org/v2.
say-ipuz-kind = Wir lesen Kreuzworträtsel: http://ipuz.org/crossword#1.
say-ipuz-size = Ein Gitter hat 2 bis { $most } Felder in jeder Richtung.
say-ipuz-count = Hier stehen { $is }, es müssen { $should } sein.
say-ipuz-text = Der Text ist leer, länger als { $most } Zeichen oder enthält Steuerzeichen.
say-ipuz-one-letter = In jedes Feld gehört genau ein Buchstabe.
say-ipuz-block = Ein schwarzes Feld im Gitter muss auch in der Lösung eines sein, und umgekehrt.
say-ipuz-bars = Balken zwischen Feldern können wir nicht zeigen; bitte mit schwarzen Feldern.
say-ipuz-twice = Die Nummer { $number } kommt zweimal vor.
say-ipuz-direction = Wir zeigen Fragen waagrecht (Across) und senkrecht (Down).
say-ipuz-no-answer = Bei Nummer { $number } beginnt in dieser Richtung kein Wort.
say-ipuz-no-number = Hier beginnt ein Wort, aber das Feld hat keine Nummer.
say-ipuz-no-clue = Das Wort mit Nummer { $number } hat keine Frage.
say-ipuz-other-cells = Die Felder der Frage sind nicht die ihres Wortes.
say-ipuz-no-letters = Das Gitter hat kein Feld für einen Buchstaben.
say-pairs-no-answer = Die Antwort fehlt.
say-pairs-length = Die Antwort hat { $length } Buchstaben; es müssen 2 bis 13 sein.
say-pairs-letter = „{ $letter }“ passt nicht in ein Gitter; erlaubt sind A bis Z, Ä, Ö, Ü und ß.
say-pairs-no-clue = Die Frage fehlt.
say-pairs-clue-length = Die Frage hat { $length } Zeichen; höchstens 28 passen in ihr Feld.
say-pairs-clue-letter = Die Frage enthält ein Steuerzeichen.
say-pairs-tells = Die Frage verrät die Antwort.
say-pairs-twice = Dieses Paar steht schon weiter oben.
say-pairs-fields = Hier stehen { $fields } Spalten; es müssen zwei sein, Antwort und Frage.
say-pairs-quote = Ein Anführungszeichen ist nicht geschlossen oder steht mitten im Feld.
say-pairs-too-many = Mehr als { $most } Paare auf einmal sind nicht möglich.
say-pairs-too-long = Die Datei ist länger als 2 Megabyte.
say-pairs-nothing = In der Datei steht kein Paar.
