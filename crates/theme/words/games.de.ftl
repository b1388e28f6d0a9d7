# Die Spiele.

games-title = Spiele
games-free = Spiele, kostenlos
games-sub = Jeden Tag neu, für alle gleich, ohne Anmeldung. Um Mitternacht kommen die nächsten.
games-more = Heute noch
games-play = Spielen
games-levels = Schwierigkeit
games-days = Andere Tage
games-earlier = Vorheriger Tag
games-later = Nächster Tag
games-archive = Archiv
games-archive-of = { $game }: Archiv
level-easy = Leicht
level-medium = Mittel
level-hard = Schwer
level-expert = Sehr schwer
game-sudoku = Sudoku
game-word = Wort des Tages
game-arrows = Schwedenrätsel
game-crossword = Kreuzworträtsel
game-quiz = Quiz der Woche
game-call-sudoku = Neun Ziffern, eine Lösung
game-call-word = Fünf Buchstaben, sechs Versuche
game-call-arrows = Fragen im Gitter
game-call-crossword = Waagrecht und senkrecht
game-call-quiz = Was war los?
game-about-sudoku = In vier Stufen, vom Kaffee bis zum Sonntag.
game-about-word = Mit Umlauten, Buchstabe für Buchstabe beurteilt.
game-about-arrows = Die Fragen stehen im Gitter, die Pfeile zeigen die Richtung.
game-about-crossword = Mit nummerierten Fragen.
game-about-quiz = Wer die Zeitung gelesen hat, ist im Vorteil.
game-time = Zeit
game-undo = Zurück
game-clear = Leeren
game-hint = Hinweis
game-pause = Anhalten
game-resume = Weiterspielen
game-check = Prüfen
game-lost = Die Zeitung war nicht zu erreichen. Ihr Stand ist noch da; versuchen Sie es gleich noch einmal.
game-series = Ihre Serie
game-own = Ihr Spielstand
game-nothing-kept = Ohne Konto wird nichts gespeichert, außer Sie wünschen es.
game-keep = Auf diesem Gerät merken
game-keys = Mit der Tastatur
sudoku-title = Sudoku des Tages
sudoku-title-of = Sudoku vom { $date }
sudoku-grid = Sudoku, neun Zeilen und neun Spalten
sudoku-pad = Ziffern
sudoku-cell-given = Zeile { $row }, Spalte { $column }: { $digit }, vorgegeben
sudoku-cell = Zeile { $row }, Spalte { $column }
sudoku-cell-empty = Zeile { "{" }row{ "}" }, Spalte { "{" }column{ "}" }: leer
sudoku-cell-typed = Zeile { "{" }row{ "}" }, Spalte { "{" }column{ "}" }: { "{" }digit{ "}" }, eingesetzt
sudoku-cell-noted = Zeile { "{" }row{ "}" }, Spalte { "{" }column{ "}" }: Notizen { "{" }digits{ "}" }
sudoku-cell-clash = , steht doppelt
sudoku-cell-wrong = , falsch
sudoku-notes = Notizen
sudoku-notes-on = Notizen ein
sudoku-notes-off = Notizen aus
sudoku-plain = Eine Ziffer im Feld ist Ihre Antwort, mehrere sind Notizen; eine einzelne Notiz bekommt einen Punkt davor.
sudoku-needed = Damit ist es zu lösen:
sudoku-technique-hidden-single = versteckter Einer
sudoku-technique-naked-single = nackter Einer
sudoku-technique-pointing = Block auf Linie
sudoku-technique-claiming = Linie auf Block
sudoku-technique-naked-pair = nacktes Paar
sudoku-technique-hidden-pair = verstecktes Paar
sudoku-technique-naked-triple = nackter Dreier
sudoku-technique-hidden-triple = versteckter Dreier
sudoku-technique-x-wing = X-Wing
sudoku-technique-xy-wing = XY-Wing
sudoku-technique-swordfish = Schwertfisch
sudoku-technique-colouring = einfache Färbung
sudoku-keys-move = bewegen
sudoku-keys-to = bis
sudoku-keys-put = einsetzen
sudoku-keys-notes = Notizen
sudoku-keys-undo = zurück
sudoku-keys-say = Feld vorlesen
sudoku-sheet-head = Auf Papier
sudoku-sheet-link = Blatt zum Drucken
sudoku-sheet-rule = In jeder Zeile, jeder Spalte und jedem Block steht jede Ziffer von 1 bis 9 genau einmal.
sudoku-sheet-solution = Lösung vom { $date }
sudoku-sheet-later = Die Lösung dieses Rätsels steht ab Mitternacht hier.
say-sudoku-solved = Gelöst. Alles richtig!
say-sudoku-good = Bis hierher stimmt alles. { $n ->
    [one] Ein Feld ist noch leer.
   *[other] { $n } Felder sind noch leer.
}
say-sudoku-wrong = { $n ->
    [one] Eine Ziffer stimmt nicht; sie ist markiert.
   *[other] { $n } Ziffern stimmen nicht; sie sind markiert.
}
say-sudoku-mistakes = Erst ist etwas richtigzustellen: { $cells }.
say-sudoku-full = Es ist nichts mehr zu finden.
say-sudoku-step-hidden-single = Versteckter Einer: In { $house } hat die { $digits } nur noch einen Platz, { $cells }.
say-sudoku-step-naked-single = Nackter Einer: In { $cells } passt nur noch die { $digits }.
say-sudoku-step-pointing = Block auf Linie: In { $house } steht die { $digits } nur in einer Linie ({ $cells }). In derselben Linie fällt sie außerhalb des Blocks weg.
say-sudoku-step-claiming = Linie auf Block: In { $house } steht die { $digits } nur in einem Block ({ $cells }). Im Rest des Blocks fällt sie weg.
say-sudoku-step-naked-pair = Nacktes Paar: In { $house } haben { $cells } nur { $digits }. Diese Ziffern fallen in den anderen Feldern dort weg.
say-sudoku-step-hidden-pair = Verstecktes Paar: In { $house } passen { $digits } nur in { $cells }. Alle anderen Ziffern fallen dort weg.
say-sudoku-step-naked-triple = Nackter Dreier: In { $house } haben { $cells } zusammen nur { $digits }. Diese Ziffern fallen in den anderen Feldern dort weg.
say-sudoku-step-hidden-triple = Versteckter Dreier: In { $house } passen { $digits } nur in { $cells }. Alle anderen Ziffern fallen dort weg.
say-sudoku-step-x-wing = X-Wing: Die { $digits } steht in zwei Linien nur in denselben zwei Querlinien ({ $cells }). In den Querlinien fällt sie sonst weg.
say-sudoku-step-swordfish = Schwertfisch: Die { $digits } steht in drei Linien nur in denselben drei Querlinien ({ $cells }). In den Querlinien fällt sie sonst weg.
say-sudoku-step-xy-wing = XY-Wing: { $cells } hängen zusammen; eines der beiden äußeren Felder ist die { $digits }. Wo beide hinsehen, fällt sie weg.
say-sudoku-step-colouring = Einfache Färbung: Für die { $digits } bilden { $cells } eine Kette, in der abwechselnd ein Feld stimmt und eines nicht. Was beiden Farben widerspricht, fällt weg.

game-days = { $n ->
    [one] 1 Tag
   *[other] { $n } Tage
}
game-series-one = 1 Tag in Folge
game-series-days = { "{" }n{ "}" } Tage in Folge
game-longest = { $n ->
    [one] Längste Serie ein Tag.
   *[other] Längste Serie { $n } Tage.
}
game-today = heute
game-day-done = gelöst
game-day-open = nicht gelöst
game-kept = Ihr Spielstand liegt in Ihrem Konto, auf jedem Gerät.
game-kept-done = Das haben Sie gelöst.
own-games = Ihre Ergebnisse
own-games-tallies = Bisher gespielt
own-games-game = Spiel
own-games-finished = gespielt
own-games-won = gelöst
own-games-best = beste Zeit
own-games-none = Noch nichts. Fangen Sie mit dem Sudoku von heute an.
own-games-scores = Wort des Tages nach Versuchen
own-games-guesses = { $n ->
    [one] 1 Versuch
   *[other] { $n } Versuche
}
own-games-list = Liste der Schnellsten
own-games-listed = Sie stehen als { $name } in den Listen, wenn Sie ein Sudoku an seinem Tag ohne Hinweis schnell lösen.
own-games-unlisted = Sie stehen in keiner Liste. Wenn Sie wollen, nennen wir Sie dort als { $name }.
own-games-do-list = In die Listen aufnehmen
own-games-unlist = Aus den Listen nehmen
own-games-days = Wann ein Tag zählt
own-games-rule = Der Tag endet um Mitternacht. Was Sie vorher ohne Netz gelöst haben, zählt auch, wenn es binnen drei Tagen hier ankommt. Rätsel aus dem Archiv werden gelöst, verlängern aber keine Serie.
fastest-head = Die Schnellsten
fastest-link = Wer am schnellsten war
fastest-title = Die Schnellsten vom { $date }
fastest-none = Noch niemand, der genannt werden will.
fastest-rule = Gemessen wird bei uns, vom ersten Zug bis zur Lösung, Pausen zählen mit. Genannt wird nur, wer das will und keinen Hinweis genommen hat.
word-title-of = Wort vom { $date }
word-guesses = Ihre Versuche
word-guess = Versuch { $n }
word-guess-open = Versuch { $n }, noch offen
word-hint = Ein deutsches Wort mit fünf Buchstaben; ß schreiben Sie als SS.
word-letters = Was Sie von den Buchstaben wissen
word-own = Mit Konto merkt sich die Zeitung Ihre Versuche und Ihre Serie.
word-mark-here = richtig
word-mark-elsewhere = an anderer Stelle
word-mark-absent = nicht im Wort
word-rules = So geht es
word-rule = Finden Sie das Wort in sechs Versuchen. Nach jedem Versuch sagen wir von jedem Buchstaben, was wir wissen:
word-legend-here = steht richtig
word-legend-elsewhere = kommt vor, steht aber woanders
word-legend-absent = kommt nicht (noch einmal) vor
word-rule-letters = Ä, Ö und Ü sind eigene Buchstaben. Ein ß gibt es nicht: Fluß und Fluss sind FLUSS. Gesucht ist immer ein geläufiges Wort; raten dürfen Sie jede Form, auch die gebeugte.
word-share = Ergebnis kopieren
word-share-done = Kopiert. Das Wort steht nicht darin.
quiz-right = richtig
quiz-wrong = Ihre Antwort
quiz-article = Zum Artikel
quiz-send = Auswerten
quiz-again = Noch einmal
quiz-earlier = Quiz davor
quiz-about = { $n ->
    [one] Eine Frage zur Woche in der Zeitung. Die Erklärung kommt mit dem Ergebnis.
   *[other] { $n } Fragen zur Woche in der Zeitung. Die Erklärungen kommen mit dem Ergebnis.
}
desk-games = Spiele
desk-games-calendar = Kalender der Rätsel
desk-games-day = Tag
desk-games-puzzles = Rätsel
desk-games-later = Rätsel entstehen von selbst, wenn sie gebraucht werden. Was Sie ansehen, liegt bereit und wird so gespielt.
desk-games-made = liegt bereit
desk-games-exchanged = { $n ->
    [one] getauscht
   *[other] { $n }-mal getauscht
}
desk-games-quiz = Quiz der Woche
desk-games-quiz-how = Schreiben Sie in das Muster hinein. Für jede weitere Frage wiederholen Sie den Block, der mit [[frage]] beginnt. „richtig“ ist die Nummer der richtigen Antwort, die erste ist 1. Die Zeilen „weil“ und „artikel“ können wegbleiben. Ein neues Quiz für dieselbe Woche ersetzt das alte.
desk-games-week = Woche ab
desk-games-text = Text des Quiz
desk-games-put = Quiz einstellen
desk-games-example = titel = "Quiz der Woche"

    { "[" }[frage]]
    text = "Was steht hier?"
    antworten = ["Eine Frage", "Eine Antwort"]
    richtig = 1
    weil = "Weil sie ein Fragezeichen hat."
    artikel = "/ressort/artikel"
desk-games-exchanges = Getauscht wurde
desk-games-plays = { $n ->
    [0] noch von niemandem mit Konto begonnen
    [one] von einem Konto begonnen
   *[other] von { $n } Konten begonnen
}
desk-games-solution = Lösung
desk-games-reason = Grund für den Tausch
desk-games-reason-hint = Steht nur hier. Wer das alte Rätsel begonnen hat, bekommt ein neues.
desk-games-exchange = Gegen ein neues tauschen
desk-games-replace = Dieses Rätsel ist geschrieben; ein neuer Text ersetzt es.
say-word-found = { $n ->
    [one] Beim ersten Versuch: { $word }!
   *[other] { $word }! Gefunden in { $n } Versuchen.
}
say-word-missed = Diesmal nicht. Gesucht war { $word }.
say-word-five = Das sind nicht fünf Buchstaben. ß zählt als zwei.
say-word-letters = Darin ist etwas, das kein Buchstabe von A bis Z oder Ä, Ö, Ü ist.
say-word-unknown = { $word } kennt unsere Liste nicht. Der Versuch zählt nicht.
say-quiz-result = { $right } von { $of } richtig.
say-quiz-put = Das Quiz ist eingestellt.
say-quiz-unreadable = Zeile { $line }: Das ist so nicht zu lesen ({ $what }).
say-quiz-title = Das Quiz braucht einen Titel mit höchstens 500 Zeichen.
say-quiz-questions = Ein Quiz hat 1 bis 20 Fragen.
say-quiz-question = Frage { $number }: Es braucht einen Text, 2 bis 6 Antworten und bei „richtig“ die Nummer einer davon.
say-quiz-question-article = Frage { $number }: Bei „artikel“ steht die Adresse eines Artikels dieser Zeitung ab dem ersten Schrägstrich, zum Beispiel /region/seilfaehre.
say-quiz-week = Diese Woche steht nicht zur Wahl.
say-exchange-reason = Schreiben Sie in einem Satz, warum getauscht wird.
say-exchange-done = Das Rätsel ist getauscht.
say-exchange-late = Es wurde gerade schon getauscht.
