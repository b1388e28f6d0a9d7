-- A key that a device keeps for one reader. `credential` is its name among all keys, `handle` what the device calls the
-- reader, `key` the public half with its counter.
create table passkeys (
    id {id},
    reader {int} not null references readers (id),
    credential {bytes} not null unique,
    handle {bytes} not null,
    key text not null,
    name text not null,
    made_at {int} not null,
    used_at {int}
) {strict};
create index passkeys_of on passkeys (reader, id);

-- A question that a device was asked and has not answered yet. Whoever answers takes the row away, so it is answered once.
create table challenges (
    id {id},
    ticket {bytes} not null unique,
    purpose text not null check (purpose in ('add', 'sign-in', 'app', 'work')),
    reader {int} references readers (id),
    state text not null,
    made_at {int} not null,
    expires_at {int} not null
) {strict};
create index challenges_age on challenges (expires_at);
create index challenges_of on challenges (reader);
