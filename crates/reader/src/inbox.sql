-- What the house tells one reader. `key` makes telling twice the same as telling once; `carry` says in which letter a
-- message waits to go, and is empty once it went, or if its reader wants none.
create table messages (
    id {id},
    reader {int} not null references readers (id),
    kind text not null,
    who {int} references readers (id),
    title text not null,
    words text not null,
    url text not null,
    key text not null,
    at {int} not null,
    read_at {int},
    carry text check (carry in ('at-once', 'hourly', 'daily')),
    unique (reader, key)
) {strict};
create index messages_in_order on messages (reader, at, id);
create index messages_unread on messages (reader, at) where read_at is null;
create index messages_to_carry on messages (reader, carry, at, id) where carry is not null;
create index messages_by on messages (who) where who is not null;
create index messages_age on messages (at);

-- How a reader wants to hear of what kind of thing; without a row, as we propose.
create table mail_wishes (
    reader {int} not null references readers (id),
    topic text not null,
    carry text not null check (carry in ('at-once', 'hourly', 'daily', 'never')),
    at {int} not null,
    primary key (reader, topic)
) {strict};

-- What a letter's way out of further letters is good for; without a topic, for all of them.
create table unsubscriptions (
    id {id},
    token {bytes} not null unique,
    reader {int} not null references readers (id),
    topic text,
    made_at {int} not null,
    used_at {int}
) {strict};
create index unsubscriptions_age on unsubscriptions (made_at);
create index unsubscriptions_of on unsubscriptions (reader);
alter table letters add column unsubscribe text;

-- Whom a reader follows, and whom they would rather not read.
create table follows (
    reader {int} not null references readers (id),
    person {int} not null references readers (id),
    at {int} not null,
    primary key (reader, person),
    check (reader <> person)
) {strict};
create index follows_of on follows (person, reader);
create table ignores (
    reader {int} not null references readers (id),
    person {int} not null references readers (id),
    at {int} not null,
    primary key (reader, person),
    check (reader <> person)
) {strict};
create index ignores_of on ignores (person);
