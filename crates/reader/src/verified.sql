-- „We know who this is, and keep it to ourselves“: said by the desk of one reader, until an end names it. `round` counts the
-- ends before it, so that of many at once one is written.
create table verifications (
    id {id},
    reader {int} not null references readers (id),
    round {int} not null,
    moderator {int} not null references readers (id),
    why text not null,
    at {int} not null,
    unique (reader, round)
) {strict};
create index verifications_by on verifications (moderator);
create table verification_ends (
    verification {int} primary key references verifications (id),
    moderator {int} not null references readers (id),
    why text not null,
    at {int} not null
) {strict};
create index verification_ends_by on verification_ends (moderator);
