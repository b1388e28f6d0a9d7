-- A refusal that no person took: a rule did. The table is made anew, because until now each decision had a moderator.
create table admissions_anew (
    id {id},
    author {int} not null references readers (id),
    moderator {int} references readers (id),
    comment {int} references comments (id),
    clause text,
    reason text,
    automatic {int} not null check (automatic in (0, 1)),
    at {int} not null,
    unique (comment),
    check ((comment is null) = (clause is not null)),
    check ((clause is null) = (reason is null)),
    check ((automatic = 1) = (moderator is null)),
    check (automatic = 0 or clause is not null)
) {strict};
insert into admissions_anew (id, author, moderator, comment, clause, reason, automatic, at)
    select id, author, moderator, comment, clause, reason, 0, at from admissions;
drop table admissions;
alter table admissions_anew rename to admissions;
{counting} admissions;
create index admissions_about on admissions (author, id);

-- What the phases found in a text that did not simply appear: it waits (`waiting` names the forum's row as long as that is there)
-- or was kept out; or it is a change of a comment that was not made. Which phase, what it saw, and the score of the sorting
-- aid if there was one.
create table findings (
    id {id},
    waiting {int},
    comment {int} references comments (id),
    admission {int} references admissions (id),
    author {int} not null references readers (id),
    phase text not null,
    outcome text not null check (outcome in ('hold', 'withhold')),
    facts text not null,
    score {real},
    at {int} not null,
    unique (waiting),
    check ((outcome = 'withhold') = (admission is not null))
) {strict};
create index findings_of on findings (comment, id);
create index findings_about on findings (author, id);

-- What waits where: in the whole paper, a section or under an article, all day or between two minutes of it. The latest of a scope
-- counts until it ends. `newcomers` is how many comments of somebody must have been approved, 0 for none; `risk` is a score
-- in percent; `relief` is how many minutes old the oldest text may be that waits before only links do.
create table modes (
    id {id},
    section text,
    article {int} references articles (id),
    begins {int},
    ends {int},
    waits text not null check (waits in ('some', 'readers', 'everything')),
    newcomers {int} not null,
    links {int} not null check (links in (0, 1)),
    risk {int},
    relief {int},
    moderator {int} not null references readers (id),
    at {int} not null,
    check (section is null or article is null),
    check ((begins is null) = (ends is null))
) {strict};
create table mode_ends (
    mode {int} primary key references modes (id),
    moderator {int} not null references readers (id),
    at {int} not null
) {strict};

-- What makes the desk careful everywhere; the latest row counts, 0 switches one off.
create table cautions (
    id {id},
    alike {int} not null,
    refused_percent {int} not null,
    refused_days {int} not null,
    thread_comments {int} not null,
    moderator {int} not null references readers (id),
    at {int} not null
) {strict};
