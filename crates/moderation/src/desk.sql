-- A comment that stands and that somebody of the desk should look at: it was reported, or changed after the desk had decided about it.
-- Whoever decides takes the row away, so that of many at once one succeeds. `rank` 0 is looked at first.
create table cases (
    comment {int} primary key references comments (id),
    queue text not null,
    rank {int} not null,
    since {int} not null,
    reports {int} not null
) {strict};
create index cases_by_rank on cases (queue, rank, since, comment);
create index cases_by_age on cases (queue, since);

-- Who has a case open to decide it: one person, until they let go of it or the time is over.
create table case_claims (
    subject text primary key,
    moderator {int} not null references readers (id),
    at {int} not null,
    until {int} not null
) {strict};
create index case_claims_by on case_claims (moderator);

-- What was decided at the desk, by whom, and how long it had waited. `act` `stays` is a report that led to nothing, or a change
-- that was fine.
create table case_ends (
    id {id},
    subject text not null,
    queue text,
    moderator {int} not null references readers (id),
    act text not null check (act in ('approved', 'refused', 'stays', 'removed')),
    since {int} not null,
    at {int} not null
) {strict};
create index case_ends_of on case_ends (subject, id);
create index case_ends_age on case_ends (at);
create index case_ends_by on case_ends (moderator);

-- A reader finds that a comment breaks a clause. One report per person and comment.
create table reports (
    id {id},
    comment {int} not null references comments (id),
    reader {int} not null references readers (id),
    clause text not null,
    words text not null,
    at {int} not null,
    unique (comment, reader)
) {strict};
create index reports_by on reports (reader, at);

-- The desk's own text for a clause; the latest counts. None says that the built-in one is used again.
create table prepared_reasons (
    id {id},
    clause text not null,
    text text,
    moderator {int} not null references readers (id),
    at {int} not null
) {strict};
create index prepared_reasons_of on prepared_reasons (clause, id);
create index prepared_reasons_by on prepared_reasons (moderator);
