-- Somebody wants their letters sent elsewhere. It is done when the code that went there comes back; `undo` is what the
-- old address can take it back with.
create table address_changes (
    id {id},
    reader {int} not null references readers (id),
    ticket {bytes} not null unique,
    hash {bytes} not null,
    mail text not null,
    before text,
    undo {bytes} unique,
    tries {int} not null,
    made_at {int} not null,
    expires_at {int} not null,
    done_at {int}
) {strict};
create index address_changes_of on address_changes (reader, id);
create index address_changes_age on address_changes (made_at);
create table address_returns (
    change {int} primary key references address_changes (id) on delete cascade,
    at {int} not null
) {strict};

-- Somebody leaves, with their texts or without, unless they come back before `due_at`.
create table departures (
    id {id},
    reader {int} not null references readers (id),
    texts text not null check (texts in ('keep', 'remove')),
    asked_at {int} not null,
    due_at {int} not null,
    done_at {int}
) {strict};
create index departures_of on departures (reader, id);
create table comings_back (
    departure {int} primary key references departures (id),
    at {int} not null
) {strict};

-- The name of somebody who left is nobody's for a year, so that no stranger speaks in it. Only its hash is known.
create table reserved_names (
    skeleton {bytes} primary key,
    until {int} not null
) {strict};
create index reserved_names_age on reserved_names (until);
