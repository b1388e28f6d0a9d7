# The games.

games-title = Games
games-free = Games, free
games-sub = New every day, the same for everybody, without signing in. The next ones come at midnight.
games-more = Also today
games-play = Play
games-levels = Level
games-days = Other days
games-earlier = Previous day
games-later = Next day
games-archive = Archive
games-archive-of = { $game }: archive
level-easy = Easy
level-medium = Medium
level-hard = Hard
level-expert = Very hard
game-sudoku = Sudoku
game-word = Word of the day
game-arrows = Arrow words
game-crossword = Crossword
game-quiz = Quiz of the week
game-call-sudoku = Nine digits, one solution
game-call-word = Five letters, six tries
game-call-arrows = Clues in the grid
game-call-crossword = Across and down
game-call-quiz = What happened?
game-about-sudoku = In four levels, from coffee break to Sunday.
game-about-word = In German, with umlauts, judged letter by letter.
game-about-arrows = The clues stand in the grid, arrows show the way.
game-about-crossword = With numbered clues.
game-about-quiz = Those who read the paper have an advantage.
game-time = Time
game-undo = Undo
game-clear = Clear
game-hint = Hint
game-pause = Pause
game-resume = Go on
game-check = Check
game-lost = The paper could not be reached. Your game is still here; try again in a moment.
game-series = Your series
game-own = Your game
game-nothing-kept = Without an account nothing is kept unless you wish it.
game-keep = Remember on this device
game-keys = With the keyboard
sudoku-title = Sudoku of the day
sudoku-title-of = Sudoku of { $date }
sudoku-grid = Sudoku, nine rows and nine columns
sudoku-pad = Digits
sudoku-cell-given = Row { $row }, column { $column }: { $digit }, given
sudoku-cell = Row { $row }, column { $column }
sudoku-cell-empty = Row { "{" }row{ "}" }, column { "{" }column{ "}" }: empty
sudoku-cell-typed = Row { "{" }row{ "}" }, column { "{" }column{ "}" }: { "{" }digit{ "}" }, yours
sudoku-cell-noted = Row { "{" }row{ "}" }, column { "{" }column{ "}" }: notes { "{" }digits{ "}" }
sudoku-cell-clash = , stands twice
sudoku-cell-wrong = , wrong
sudoku-notes = Notes
sudoku-notes-on = Notes on
sudoku-notes-off = Notes off
sudoku-plain = One digit in a field is your answer, several are notes; a single note gets a full stop before it.
sudoku-needed = What solves it:
sudoku-technique-hidden-single = hidden single
sudoku-technique-naked-single = naked single
sudoku-technique-pointing = box on line
sudoku-technique-claiming = line on box
sudoku-technique-naked-pair = naked pair
sudoku-technique-hidden-pair = hidden pair
sudoku-technique-naked-triple = naked triple
sudoku-technique-hidden-triple = hidden triple
sudoku-technique-x-wing = X-wing
sudoku-technique-xy-wing = XY-wing
sudoku-technique-swordfish = swordfish
sudoku-technique-colouring = simple colouring
sudoku-keys-move = move
sudoku-keys-to = to
sudoku-keys-put = put in
sudoku-keys-notes = notes
sudoku-keys-undo = undo
sudoku-keys-say = read the cell out
sudoku-sheet-head = On paper
sudoku-sheet-link = Sheet to print
sudoku-sheet-rule = Every row, every column and every box has each digit from 1 to 9 exactly once.
sudoku-sheet-solution = Solution of { $date }
sudoku-sheet-later = The solution of this puzzle stands here from midnight.
say-sudoku-solved = Solved. All correct!
say-sudoku-good = All correct so far. { $n ->
    [one] One cell is still empty.
   *[other] { $n } cells are still empty.
}
say-sudoku-wrong = { $n ->
    [one] One digit is wrong; it is marked.
   *[other] { $n } digits are wrong; they are marked.
}
say-sudoku-mistakes = First something has to be put right: { $cells }.
say-sudoku-full = There is nothing left to find.
say-sudoku-step-hidden-single = Hidden single: in { $house } the { $digits } has one place left, { $cells }.
say-sudoku-step-naked-single = Naked single: in { $cells } only the { $digits } still fits.
say-sudoku-step-pointing = Box on line: in { $house } the { $digits } stands in one line only ({ $cells }). In that line it goes outside the box.
say-sudoku-step-claiming = Line on box: in { $house } the { $digits } stands in one box only ({ $cells }). It goes from the rest of the box.
say-sudoku-step-naked-pair = Naked pair: in { $house }, { $cells } have only { $digits }. These digits go from the other cells there.
say-sudoku-step-hidden-pair = Hidden pair: in { $house }, { $digits } fit only in { $cells }. All other digits go from them.
say-sudoku-step-naked-triple = Naked triple: in { $house }, { $cells } together have only { $digits }. These digits go from the other cells there.
say-sudoku-step-hidden-triple = Hidden triple: in { $house }, { $digits } fit only in { $cells }. All other digits go from them.
say-sudoku-step-x-wing = X-wing: in two lines the { $digits } stands only in the same two crossing lines ({ $cells }). It goes from the rest of the crossing lines.
say-sudoku-step-swordfish = Swordfish: in three lines the { $digits } stands only in the same three crossing lines ({ $cells }). It goes from the rest of the crossing lines.
say-sudoku-step-xy-wing = XY-wing: { $cells } hang together; one of the two outer cells is the { $digits }. Where both look, it goes.
say-sudoku-step-colouring = Simple colouring: for the { $digits }, { $cells } form a chain in which every other cell is right. What contradicts both colours goes.

game-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
game-series-one = 1 day in a row
game-series-days = { "{" }n{ "}" } days in a row
game-longest = { $n ->
    [one] Longest series one day.
   *[other] Longest series { $n } days.
}
game-today = today
game-day-done = solved
game-day-open = not solved
game-kept = Your game is kept with your account, on every device.
game-kept-done = You solved this one.
own-games = Your results
own-games-tallies = Played so far
own-games-game = Game
own-games-finished = played
own-games-won = solved
own-games-best = best time
own-games-none = Nothing yet. Start with today's sudoku.
own-games-scores = Word of the day by guesses
own-games-guesses = { $n ->
    [one] 1 guess
   *[other] { $n } guesses
}
own-games-list = List of the fastest
own-games-listed = You stand in the lists as { $name } when you solve a sudoku fast, on its day and without a hint.
own-games-unlisted = You stand in no list. If you like, we name you there as { $name }.
own-games-do-list = Put me in the lists
own-games-unlist = Take me out of the lists
own-games-days = When a day counts
own-games-rule = The day ends at midnight. What you solved before without a network counts too if it arrives here within three days. Puzzles from the archive are solved but make no series longer.
fastest-head = The fastest
fastest-link = Who was fastest
fastest-title = The fastest of { $date }
fastest-none = Nobody yet who wants to be named.
fastest-rule = Time is measured here, from the first move to the solution, pauses included. Only those are named who want to be and took no hint.
word-title-of = Word of { $date }
word-guesses = Your guesses
word-guess = Guess { $n }
word-guess-open = Guess { $n }, still open
word-hint = A German word of five letters; write ß as SS.
word-letters = What you know of the letters
word-own = With an account the paper remembers your guesses and your series.
word-mark-here = right
word-mark-elsewhere = at another place
word-mark-absent = not in the word
word-rules = How it works
word-rule = Find the German word in six guesses. After each we say of every letter what we know:
word-legend-here = stands right
word-legend-elsewhere = is in the word, at another place
word-legend-absent = is not in the word (once more)
word-rule-letters = Ä, Ö and Ü are letters of their own. There is no ß: Fluß and Fluss are FLUSS. The word is always a common one; you may guess any form.
word-share = Copy the result
word-share-done = Copied. The word is not in it.
quiz-right = right
quiz-wrong = your answer
quiz-article = To the article
quiz-send = See the result
quiz-again = Once more
quiz-earlier = The quiz before
quiz-about = { $n ->
    [one] One question about the week in the paper. The explanation comes with the result.
   *[other] { $n } questions about the week in the paper. The explanations come with the result.
}
desk-games = Games
desk-games-calendar = Calendar of puzzles
desk-games-day = Day
desk-games-puzzles = Puzzles
desk-games-later = Puzzles make themselves when they are needed. What you look at is ready and will be played as it is.
desk-games-made = ready
desk-games-exchanged = { $n ->
    [one] exchanged
   *[other] exchanged { $n } times
}
desk-games-quiz = Quiz of the week
desk-games-quiz-how = Write into the pattern. For every further question repeat the block that begins with [[question]]. "right" is the number of the right answer, the first is 1. The lines "because" and "article" may be left out. A new quiz for the same week replaces the old one.
desk-games-week = Week from
desk-games-text = Text of the quiz
desk-games-put = Put the quiz in
desk-games-example = title = "Quiz of the week"

    { "[" }[question]]
    text = "What is this?"
    answers = ["A question", "An answer"]
    right = 1
    because = "It has a question mark."
    article = "/section/article"
desk-games-exchanges = What was exchanged
desk-games-plays = { $n ->
    [0] not begun by anybody with an account yet
    [one] begun by one account
   *[other] begun by { $n } accounts
}
desk-games-solution = Solution
desk-games-reason = Reason for the exchange
desk-games-reason-hint = It is shown only here. Whoever has begun the old puzzle gets a new one.
desk-games-exchange = Exchange for a new one
desk-games-replace = This puzzle was written; a new text replaces it.
say-word-found = { $n ->
    [one] { $word } at the first guess!
   *[other] { $word }! Found in { $n } guesses.
}
say-word-missed = Not this time. The word was { $word }.
say-word-five = These are not five letters. ß counts as two.
say-word-letters = There is something in it that is no letter from A to Z or Ä, Ö, Ü.
say-word-unknown = { $word } is not in our list. The guess does not count.
say-quiz-result = { $right } of { $of } right.
say-quiz-put = The quiz is in.
say-quiz-unreadable = Line { $line }: this cannot be read ({ $what }).
say-quiz-title = The quiz needs a title of at most 500 characters.
say-quiz-questions = A quiz has 1 to 20 questions.
say-quiz-question = Question { $number }: it needs a text, 2 to 6 answers and at "right" the number of one of them.
say-quiz-question-article = Question { $number }: at "article" stands the address of an article of this paper from the first slash on, such as /region/ferry.
say-quiz-week = This week cannot be chosen.
say-exchange-reason = Say in one sentence why it is exchanged.
say-exchange-done = The puzzle is exchanged.
say-exchange-late = It has just been exchanged already.
