-- Counting an offer reads its own rows and no others.
create index reservations_of on reservations (offer, id);
create index redemptions_undone on redemptions (reservation) where undone_at is not null;
