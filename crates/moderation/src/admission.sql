-- What was decided about something that waited: it was let in and is this comment, or it was refused, under which clause and in
-- which words to its author. A refused text stands in the forum's own rows, which name this one.
create table admissions (
    id {id},
    author {int} not null references readers (id),
    moderator {int} not null references readers (id),
    comment {int} references comments (id),
    clause text,
    reason text,
    at {int} not null,
    unique (comment),
    check ((comment is null) = (clause is not null)),
    check ((clause is null) = (reason is null))
) {strict};
create index admissions_about on admissions (author, id);
