create table tiers (
    id {id},
    slug text not null unique,
    name text not null,
    rank {int} not null unique,
    made_at {int} not null
) {strict};
create table subscriptions (
    id {id},
    number text not null unique,
    proof text not null,
    tier {int} not null references tiers (id),
    from_at {int} not null,
    until_at {int},
    changed_at {int} not null
) {strict};
create table claims (
    subscription {int} primary key references subscriptions (id),
    reader {int} not null references readers (id),
    at {int} not null
) {strict};
create index claims_of on claims (reader);
create table memberships (
    id {id},
    reader {int} not null references readers (id),
    tier {int} not null references tiers (id),
    subscription {int} references subscriptions (id),
    from_at {int} not null,
    until_at {int},
    why text not null,
    given_by {int} references readers (id),
    at {int} not null,
    ended_at {int},
    ended_by {int} references readers (id),
    ended_why text
) {strict};
create index memberships_of on memberships (reader, id);
create index memberships_from on memberships (subscription) where subscription is not null;
create table cards (
    reader {int} primary key references readers (id),
    number text not null unique,
    made_at {int} not null
) {strict};
create table heard_messages (
    seal {bytes} primary key,
    at {int} not null
) {strict};
create index heard_messages_age on heard_messages (at);
create table partners (
    id {id},
    slug text not null unique,
    name text not null,
    made_at {int} not null
) {strict};
create table partner_people (
    id {id},
    reader {int} not null references readers (id),
    partner {int} not null references partners (id),
    appointed_by {int} references readers (id),
    at {int} not null,
    ended_at {int},
    ended_by {int} references readers (id)
) {strict};
create unique index partner_people_now on partner_people (reader, partner) where ended_at is null;
create table benefit_terms (
    id {id},
    subject text not null,
    version {int} not null,
    text text not null,
    written_by text not null,
    at {int} not null,
    unique (subject, version)
) {strict};
create table offers (
    id {id},
    slug text not null unique,
    partner {int} not null references partners (id),
    kicker text not null,
    headline text not null,
    lead text not null,
    short text not null,
    valid text not null,
    redeem text not null,
    text text not null,
    picture text,
    picture_alt text not null,
    picture_credit text not null,
    region text,
    tier {int} not null references tiers (id),
    opens_at {int} not null,
    closes_at {int} not null,
    stock {int} check (stock is null or stock >= 0),
    taken {int} not null check (taken >= 0),
    per_member {int} not null check (per_member >= 1),
    per_days {int} check (per_days is null or per_days >= 1),
    kind text not null check (kind in ('shared', 'list', 'long', 'short')),
    shared_code text,
    prefix text not null,
    spent_here {int} not null check (spent_here in (0, 1)),
    made_at {int} not null,
    changed_at {int} not null,
    withdrawn_at {int},
    withdrawn_why text,
    check (stock is null or taken <= stock),
    check (kind <> 'list' or stock is not null),
    check (kind <> 'shared' or (shared_code is not null and spent_here = 0))
) {strict};
create index offers_window on offers (closes_at, id);
create index offers_of on offers (partner, id);
create table reservations (
    id {id},
    offer {int} not null references offers (id),
    partner {int} not null references partners (id),
    reader {int} not null references readers (id),
    period {int} not null,
    turn {int} not null,
    code text,
    code_key text,
    terms {int} references benefit_terms (id),
    at {int} not null,
    spent {int} not null check (spent in (0, 1)),
    returned_at {int},
    check (returned_at is null or spent = 0)
) {strict};
create unique index reservations_turn on reservations (offer, reader, period, turn) where returned_at is null;
create unique index reservations_code on reservations (partner, code_key) where returned_at is null and code_key is not null;
create index reservations_reader on reservations (reader, id);
create table offer_codes (
    id {id},
    offer {int} not null references offers (id),
    partner {int} not null references partners (id),
    code text not null,
    code_key text not null,
    at {int} not null,
    reservation {int} unique references reservations (id),
    unique (partner, code_key)
) {strict};
create index offer_codes_free on offer_codes (offer, id) where reservation is null;
create table redemptions (
    id {id},
    reservation {int} not null references reservations (id),
    spent_by {int} not null references readers (id),
    at {int} not null,
    undone_at {int},
    undone_by {int} references readers (id)
) {strict};
create unique index redemptions_one on redemptions (reservation) where undone_at is null;
create index redemptions_by on redemptions (spent_by, id);
create table draws (
    id {id},
    slug text not null unique,
    kicker text not null,
    headline text not null,
    lead text not null,
    prize text not null,
    picture text,
    picture_alt text not null,
    picture_credit text not null,
    region text,
    tier {int} references tiers (id),
    opens_at {int} not null,
    closes_at {int} not null,
    winners {int} not null check (winners >= 1),
    substitutes {int} not null check (substitutes >= 0),
    terms {int} not null references benefit_terms (id),
    seed {bytes} not null,
    commitment text not null,
    made_at {int} not null,
    cancelled_at {int},
    cancelled_why text
) {strict};
create index draws_window on draws (closes_at, id);
create table draw_entries (
    id {id},
    draw {int} not null references draws (id),
    reader {int} not null references readers (id),
    number {int} not null,
    ticket text not null,
    shows_name {int} not null check (shows_name in (0, 1)),
    at {int} not null,
    unique (draw, reader),
    unique (draw, number)
) {strict};
create table draw_closings (
    draw {int} primary key references draws (id),
    list_hash text not null,
    entries {int} not null,
    at {int} not null
) {strict};
create table draw_places (
    id {id},
    draw {int} not null references draws (id),
    place {int} not null,
    entry {int} not null references draw_entries (id),
    told_at {int},
    declined_at {int},
    declined_by {int} references readers (id),
    declined_why text,
    unique (draw, place),
    unique (draw, entry)
) {strict};
