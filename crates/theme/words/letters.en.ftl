# Puzzles of letters: arrow words and crosswords.

letters-title-arrows = Arrow words of the day
letters-title-of-arrows = Arrow words of { $date }
letters-title-crossword = Crossword of the day
letters-title-of-crossword = Crossword of { $date }
letters-by = By { $author }
letters-grid = Puzzle grid, { $rows } rows and { $columns } columns
letters-cell = Row { $row }, column { $column }
letters-cell-said = Row { "{" }row{ "}" }, column { "{" }column{ "}" }: { "{" }state{ "}" }.
letters-nth = letter { $n } of { $of }
letters-word-said = { "{" }way{ "}" } { "{" }number{ "}" }: { "{" }text{ "}" }, letter { "{" }n{ "}" } of { "{" }of{ "}" }.
letters-across = across
letters-down = down
letters-empty = empty
letters-given = given
letters-wrong = wrong
letters-told = told
letters-circle = in a circle
letters-shaded = on colour
letters-block = black square
letters-at = Which cell shall we tell?
letters-at-hint = Row and column, such as 3,5. Left empty: the first that is missing.
letters-tell = Tell a letter
letters-turn = Change direction
letters-rule = Spelling
letters-spelling-arrows = Ä, Ö and Ü stand in the grid as AE, OE and UE, ß as SS.
letters-spelling-crossword = Ä, Ö, Ü and ß stay one letter unless it says otherwise here.
letters-key-space = Space
letters-keys-turn = change direction
letters-keys-next = next open word
letters-keys-leave = to the check
say-letters-solved = Solved. Everything is right!
say-letters-good = All right so far. { $n ->
    [one] One cell is still empty.
   *[other] { $n } cells are still empty.
}
say-letters-wrong = { $n ->
    [one] One letter is not right; it is marked.
   *[other] { $n } letters are not right; they are marked.
}
say-letters-told = Told: { $letter } in row { $row }, column { $column }.
say-letters-nothing-to-tell = There is nothing left to tell: everything is right.
desk-letters = Crosswords and word list
desk-letters-crossword = Crossword
desk-letters-refused = The file was not taken, and no part of it:
desk-letters-ipuz = Or paste the text of the file here
desk-letters-ipuz-how = An ipuz file, as puzzle programs save it: with black squares, clues across and down, and the solution. If the day has a puzzle already, it is exchanged.
desk-letters-put = Take it
desk-letters-file = ipuz file
desk-letters-pairs = Word list for the arrow words
desk-letters-pairs-now = { $own ->
    [0] So far only the { $ours } pairs that come with it.
    [one] One pair of your own and { $ours } that come with it.
   *[other] { $own } pairs of your own and { $ours } that come with it.
}
desk-letters-csv = Or paste the list here
desk-letters-csv-how = A table of two columns, saved as CSV. A line looks like this: DUCK;swims on the pond. Answers have 2 to 13 letters, clues 28 characters at most. The list replaces your last one.
desk-letters-replace = Replace the list
desk-letters-own-list = Your list as CSV
desk-letters-withdraw = Take the list back
say-crossword-put = The crossword is taken.
say-pairs-put = The list is taken. It holds from the next puzzle that is made.
say-pairs-withdrawn = The list is taken back. From the next puzzle on only the pairs that come with it are used.
say-crossword-day = The day must be today or later, a year ahead at most.
say-ipuz-too-long = The file is longer than 512 kilobytes.
say-ipuz-json = In line { $line } this is no valid JSON, nested too deeply, or a key stands twice.
say-ipuz-missing = This is missing.
say-ipuz-wants-text = A text must stand here.
say-ipuz-wants-number = A whole number must stand here.
say-ipuz-wants-list = A list must stand here.
say-ipuz-wants-object = An object must stand here.
say-ipuz-wants-cell = A cell must stand here: number, text, null or object.
say-ipuz-wants-clue = A clue must stand here: text, number and text, or object.
say-ipuz-version = We read the versions http://ipuz.org/v1 and http://ipuz.org/v2.
say-ipuz-kind = We read crosswords: http://ipuz.org/crossword#1.
say-ipuz-size = A grid has 2 to { $most } cells in each direction.
say-ipuz-count = There are { $is } here, and there must be { $should }.
say-ipuz-text = The text is empty, longer than { $most } characters or has control characters.
say-ipuz-one-letter = Exactly one letter belongs in each cell.
say-ipuz-block = A black square of the grid must be one in the solution, too, and the other way round.
say-ipuz-bars = We cannot show bars between cells; please use black squares.
say-ipuz-twice = The number { $number } comes twice.
say-ipuz-direction = We show clues across (Across) and down (Down).
say-ipuz-no-answer = No word begins at number { $number } in this direction.
say-ipuz-no-number = A word begins here, but the cell has no number.
say-ipuz-no-clue = The word at number { $number } has no clue.
say-ipuz-other-cells = The cells of the clue are not those of its word.
say-ipuz-no-letters = The grid has no cell for a letter.
say-pairs-no-answer = The answer is missing.
say-pairs-length = The answer has { $length } letters; it must be 2 to 13.
say-pairs-letter = “{ $letter }” does not fit into a grid; A to Z, Ä, Ö, Ü and ß do.
say-pairs-no-clue = The clue is missing.
say-pairs-clue-length = The clue has { $length } characters; 28 at most fit into its cell.
say-pairs-clue-letter = The clue has a control character.
say-pairs-tells = The clue tells the answer.
say-pairs-twice = This pair stands further up already.
say-pairs-fields = There are { $fields } columns here; it must be two, answer and clue.
say-pairs-quote = A quotation mark is not closed or stands inside a field.
say-pairs-too-many = More than { $most } pairs at once are not possible.
say-pairs-too-long = The file is longer than 2 megabytes.
say-pairs-nothing = There is no pair in the file.
