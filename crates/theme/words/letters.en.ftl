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
