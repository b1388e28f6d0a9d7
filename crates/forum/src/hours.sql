-- The desk closes the talk of the paper, of a section or under one article, until a moment or until a reopening names it.
create table closings (
    id {id},
    section text,
    article {int} references articles (id),
    reason text not null check (reason in ('unstaffed', 'mourning', 'heated', 'law', 'other')),
    note text,
    moderator {int} not null references readers (id),
    at {int} not null,
    until {int} not null,
    check (section is null or article is null)
) {strict};
create index closings_until on closings (until);
create table reopenings (
    closing {int} primary key references closings (id),
    moderator {int} not null references readers (id),
    at {int} not null
) {strict};

-- Single dates with hours of their own, set at the desk. The newest row of a date counts; without hours it is a day as usual.
create table special_days (
    id {id},
    day text not null,
    hours text,
    note text,
    moderator {int} not null references readers (id),
    at {int} not null
) {strict};
create index special_days_in_order on special_days (day, id);
