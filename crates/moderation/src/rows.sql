-- What was decided about a comment: by whom, under which clause, in which words to its author. A decision is never
-- changed; another one follows it. `author` is whom it concerns, `automatic` is 1 if no person took it.
create table decisions (
    id {id},
    comment {int} not null references comments (id),
    author {int} not null references readers (id),
    moderator {int} references readers (id),
    verdict text not null check (verdict in ('removed', 'restored')),
    clause text,
    reason text not null,
    automatic {int} not null check (automatic in (0, 1)),
    at {int} not null,
    check ((verdict = 'removed') = (clause is not null)),
    check ((automatic = 1) = (moderator is null))
) {strict};
create index decisions_about on decisions (author, id);
create index decisions_of on decisions (comment, id);
create index decisions_age on decisions (at, id);
