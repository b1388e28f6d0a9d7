-- The desk closes a talk, or has what is written there wait.
alter table closings add column mode text not null default 'closed' check (mode in ('closed', 'waiting'));

-- What was written while the talk waits: its author and the desk read it, nobody else. What is let in becomes a comment and is
-- gone from here. What is refused stays for its author, with the moderation's decision.
create table waiting (
    id {id},
    article {int} not null references articles (id),
    author {int} not null references readers (id),
    parent {int} references comments (id),
    key text,
    fingerprint {int} not null,
    text text not null,
    at {int} not null,
    decision {int},
    unique (author, key)
) {strict};
create index waiting_in_order on waiting (at, id) where decision is null;
create index waiting_in_a_thread on waiting (author, article, at, id) where decision is null;
create index waiting_of_an_author on waiting (author, at, id);
