-- The desk slows the whole talk down for a while: who has been here less than so many days does not write, or each person
-- writes once in so many minutes. It ends by itself, or by a release.
create table brakes (
    id {id},
    kind text not null check (kind in ('newcomers', 'slow')),
    amount {int} not null,
    reason text not null,
    moderator {int} not null references readers (id),
    at {int} not null,
    until {int} not null
) {strict};
create index brakes_until on brakes (until);
create table brake_releases (
    brake {int} primary key references brakes (id),
    moderator {int} not null references readers (id),
    at {int} not null
) {strict};
