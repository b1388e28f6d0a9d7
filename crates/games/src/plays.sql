-- A game that a reader with an account is at. `version` rises with each state, so that a device notices what another one did.
create table plays (
    id {id},
    reader {int} not null references readers (id),
    puzzle {int} not null references puzzles (id),
    started_at {int} not null,
    saved_at {int} not null,
    state text not null,
    progress {int} not null,
    elapsed {int} not null,
    hints {int} not null,
    version {int} not null,
    unique (reader, puzzle)
) {strict};
create index plays_by_puzzle on plays (puzzle);
-- How a game ended, once for a reader and a puzzle. `elapsed` is what the device counted, `took` what the house measured.
create table results (
    play {int} primary key references plays (id),
    reader {int} not null references readers (id),
    puzzle {int} not null references puzzles (id),
    won {int} not null check (won in (0, 1)),
    on_time {int} not null check (on_time in (0, 1)),
    score {int} not null,
    elapsed {int} not null,
    took {int} not null,
    hints {int} not null,
    received_at {int} not null,
    unique (reader, puzzle)
) {strict};
create index results_fast on results (puzzle, took, play) where won = 1 and on_time = 1 and hints = 0;
-- Whether somebody wants to stand in the lists of the fastest. The last row counts.
create table listings (
    id {id},
    reader {int} not null references readers (id),
    shown {int} not null check (shown in (0, 1)),
    at {int} not null
) {strict};
create index listings_of on listings (reader, id);
