create table recordings (
    id {id},
    article {int} not null references articles (id),
    key text not null,
    voice text not null,
    made_at {int} not null,
    duration_ms {int} not null,
    bytes {int} not null,
    unspeakable {int} not null,
    unique (article, key)
) {strict};
create table silences (
    article {int} not null references articles (id),
    key text not null,
    reason text not null,
    at {int} not null,
    primary key (article, key)
) {strict};
