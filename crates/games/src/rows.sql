-- The paper's secret, written once: whoever knows it can compute the puzzles to come.
create table seeds (
    id {int} primary key check (id = 1),
    bytes {bytes} not null,
    made_at {int} not null
) {strict};
-- A puzzle as it was made. `attempt` is 0; each exchange by the desk adds the next. The highest one is played.
create table puzzles (
    id {id},
    game text not null,
    level text not null,
    day text not null,
    attempt {int} not null,
    content text not null,
    made_at {int} not null,
    unique (game, level, day, attempt)
) {strict};
create index puzzles_by_day on puzzles (day, game, level, attempt);
-- Who put which puzzle in the place of which, and why.
create table exchanges (
    id {id},
    puzzle {int} not null unique references puzzles (id),
    replacement {int} not null unique references puzzles (id),
    editor {int} not null references readers (id),
    reason text not null,
    at {int} not null
) {strict};
