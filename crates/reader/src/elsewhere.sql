-- An account at the provider of logins that opens an account here. The provider calls its people by `subject`, for ever.
create table outside_logins (
    id {id},
    reader {int} not null references readers (id),
    issuer text not null,
    subject text not null,
    made_at {int} not null,
    used_at {int},
    unique (issuer, subject),
    unique (reader, issuer)
) {strict};

-- Somebody went to the provider and is expected back, in the same browser. `reader` is who wants to connect an account;
-- `luggage` is what they had with them. Whoever comes back takes the row away, so one comes back once.
create table journeys (
    id {id},
    state {bytes} not null unique,
    browser {bytes} not null,
    reader {int} references readers (id),
    luggage text not null,
    made_at {int} not null,
    expires_at {int} not null
) {strict};
create index journeys_age on journeys (expires_at);
create index journeys_of on journeys (reader);

-- The provider vouches for somebody who has no account here and is choosing a name.
create table arrivals (
    id {id},
    ticket {bytes} not null unique,
    issuer text not null,
    subject text not null,
    mail text not null,
    made_at {int} not null,
    expires_at {int} not null
) {strict};
create index arrivals_age on arrivals (expires_at);
