-- A crossword that somebody at the desk brought in.
create table crossword_uploads (
    id {id},
    puzzle {int} not null unique references puzzles (id),
    editor {int} not null references readers (id),
    at {int} not null
) {strict};
-- A paper's own answers and clues, one `ANSWER;Clue` per line. The latest list counts; an empty one is a list, too.
create table pair_lists (
    id {id},
    pairs text not null,
    count {int} not null,
    editor {int} not null references readers (id),
    at {int} not null
) {strict};
create index puzzles_by_game on puzzles (game, day, id);
