create table jobs (
    id {id},
    kind text not null,
    name text unique,
    payload text not null,
    asked {int} not null,
    run_at {int} not null,
    tries {int} not null,
    claimed_by text,
    claimed_until {int},
    trouble text,
    created_at {int} not null
) {strict};
create index jobs_due on jobs (run_at, id);
create index jobs_claimed on jobs (claimed_until) where claimed_until is not null;
create table events (
    id {id},
    topic text not null,
    subject {int} not null,
    at {int} not null,
    written_in {transaction}
) {strict};
create index events_written on events (written_in) where written_in is not null;
