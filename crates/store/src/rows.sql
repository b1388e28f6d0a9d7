create table jobs (
    id {id},
    kind text not null,
    name text unique,
    payload text not null,
    run_at {int} not null,
    tries {int} not null,
    claimed_by text,
    claimed_until {int},
    trouble text,
    created_at {int} not null
) {strict};
create index jobs_due on jobs (run_at, id);
create table events (
    id {id},
    topic text not null,
    subject {int} not null,
    at {int} not null
) {strict};
