-- What people who work for the paper did: who, what, on what, before, after, when. Rows are only added, numbered without a gap,
-- and each carries a hash over itself and the hash of the row before. `by_person` is a reader's id, `by_name` how somebody signed
-- who has none here; neither: the house itself.
create table acts (
    number {int} not null primary key,
    at {int} not null,
    by_person {int},
    by_name text,
    act text not null,
    kind text not null,
    subject text not null,
    before_it text,
    after_it text,
    hash text not null
) {strict};
create index acts_by_person on acts (by_person, number);
create index acts_by_act on acts (act, number);
create index acts_about on acts (kind, subject, number);
-- Where the chain ends, so that rows missing at its end are missed.
create table act_ends (
    id {int} not null primary key check (id = 1),
    number {int} not null,
    hash text not null
) {strict};
