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
