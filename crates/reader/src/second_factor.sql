-- How a session was opened, and when its owner showed a second factor in it.
alter table sessions add column proof text;
alter table sessions add column second_at {int};

-- An app that counts codes with the time (RFC 6238). It counts once it has shown that it works; `last_step` is the latest
-- step of time that was used.
create table authenticators (
    reader {int} primary key references readers (id),
    secret {bytes} not null,
    made_at {int} not null,
    confirmed_at {int},
    last_step {int} not null
) {strict};

-- For the day on which the device is lost; each is good once.
create table recovery_codes (
    id {id},
    reader {int} not null references readers (id),
    hash {bytes} not null,
    made_at {int} not null,
    used_at {int},
    unique (reader, hash)
) {strict};
