-- A thread's numbers, so that no count ever reads its comments. `comments` counts what stands, not what was removed.
create table threads (
    article {int} primary key references articles (id),
    comments {int} not null,
    changed {int} not null
) {strict};
create index threads_changed on threads (changed);

-- What the talk knows of one writer: totals, and how fast they write at present.
create table writers (
    reader {int} primary key references readers (id),
    comments {int} not null,
    removed {int} not null,
    minute {int} not null,
    in_minute {int} not null,
    hour {int} not null,
    in_hour {int} not null
) {strict};

-- `parent` is what a comment answers, `root` the comment at the top of that conversation; both empty at the top.
-- `place` counts the replies of a root from 1, `replies` says how many there are; `score` orders the best (see votes.rs).
create table comments (
    id {id},
    article {int} not null references articles (id),
    author {int} not null references readers (id),
    parent {int} references comments (id),
    root {int} references comments (id),
    place {int} not null,
    key text,
    fingerprint {int} not null,
    text text not null,
    at {int} not null,
    up {int} not null,
    down {int} not null,
    score {int} not null,
    replies {int} not null,
    latest_reply {int},
    unique (author, key)
) {strict};
create index comments_in_order on comments (article, at, id) where root is null;
create index comments_by_score on comments (article, score, id) where root is null;
create unique index comments_of_a_root on comments (root, place) where root is not null;
create index comments_of_an_author on comments (author, at, id);
create index comments_alike on comments (author, fingerprint, at);

-- A removal hides its comment until a restoration names it. `round` counts the restorations before it, so that of
-- many simultaneous removals one is written.
create table removals (
    id {id},
    comment {int} not null references comments (id),
    round {int} not null,
    decision {int} not null,
    at {int} not null,
    unique (comment, round)
) {strict};
create table restorations (
    removal {int} primary key references removals (id),
    decision {int} not null,
    at {int} not null
) {strict};

create table votes (
    comment {int} not null references comments (id),
    reader {int} not null references readers (id),
    value {int} not null check (value in (-1, 1)),
    at {int} not null,
    primary key (comment, reader)
) {strict};

-- What was typed and could not be posted yet; one per reader and thread.
create table drafts (
    reader {int} not null references readers (id),
    article {int} not null references articles (id),
    reply_to {int} references comments (id),
    text text not null,
    at {int} not null,
    primary key (reader, article)
) {strict};
