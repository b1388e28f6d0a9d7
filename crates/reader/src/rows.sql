create table readers (
    id {id},
    name text not null,
    name_folded text not null unique,
    name_skeleton text not null unique,
    mail text not null,
    mail_key text not null unique,
    password text,
    language text not null,
    created_at {int} not null
) {strict};
create table appointments (
    id {id},
    reader {int} not null references readers (id),
    role text not null check (role in ('reader', 'moderator', 'editor', 'administrator')),
    appointed_by {int} references readers (id),
    at {int} not null
) {strict};
create index appointments_of on appointments (reader, id);
create table consents (
    id {id},
    reader {int} not null references readers (id),
    what text not null,
    given {int} not null,
    at {int} not null
) {strict};
create index consents_of on consents (reader, what, id);
create table sessions (
    id {id},
    token {bytes} not null unique,
    reader {int} not null references readers (id),
    device text not null,
    opened_at {int} not null,
    seen_at {int} not null,
    idle {int} not null,
    expires_at {int} not null,
    ended_at {int},
    ended_why text
) {strict};
create index sessions_of on sessions (reader, id);
create table codes (
    id {id},
    purpose text not null check (purpose in ('login', 'register', 'link', 'first-administrator')),
    ticket {bytes} not null unique,
    hash {bytes},
    reader {int} references readers (id),
    name text,
    mail text,
    password text,
    language text,
    tries {int} not null,
    made_at {int} not null,
    expires_at {int} not null,
    used_at {int}
) {strict};
create index codes_age on codes (expires_at);
create table letters (
    id {id},
    recipient text not null,
    subject text not null,
    text text not null,
    made_at {int} not null,
    useful_until {int} not null,
    sent_at {int}
) {strict};
create index letters_age on letters (made_at, id);
create table paces (
    key text primary key,
    free_at {int} not null
) {strict};
create index paces_age on paces (free_at);
create table place_keys (
    day {int} primary key,
    key {bytes} not null
) {strict};
