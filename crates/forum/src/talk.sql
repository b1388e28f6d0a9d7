-- A comment changed by its author: what it said before, and until when. `place` counts the changes of a comment from 1.
alter table comments add column edited {int};
create table comment_revisions (
    id {id},
    comment {int} not null references comments (id),
    place {int} not null,
    text text not null,
    at {int} not null,
    unique (comment, place)
) {strict};

-- A comment taken back: by whom and why. Its text stays for a case that rests on it.
create table deletions (
    comment {int} primary key references comments (id),
    reader {int} not null references readers (id),
    why text not null check (why in ('taken back', 'account closed')),
    at {int} not null
) {strict};
alter table writers add column taken_back {int} not null default 0;
create index deletions_by on deletions (reader);

-- A comment the desk chose, until an end names it. `round` counts the ends before it.
create table features (
    id {id},
    comment {int} not null references comments (id),
    article {int} not null references articles (id),
    round {int} not null,
    moderator {int} not null references readers (id),
    at {int} not null,
    unique (comment, round)
) {strict};
create index features_of on features (article, id);
create index features_by on features (moderator);
create table feature_ends (
    feature {int} primary key references features (id),
    moderator {int} not null references readers (id),
    at {int} not null
) {strict};
create index feature_ends_by on feature_ends (moderator);

create table thread_follows (
    reader {int} not null references readers (id),
    article {int} not null references articles (id),
    at {int} not null,
    primary key (reader, article)
) {strict};
create index thread_follows_of on thread_follows (article, reader);
