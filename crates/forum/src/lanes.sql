-- What waits stands in one of the desk's lanes, by its rank: 0 is looked at first. Both are the moderation's to say; whatever is
-- kept without a word about it stands in the lane of the talks that wait.
alter table waiting add column lane text not null default 'approval';
alter table waiting add column rank {int} not null default 100;
create index waiting_by_rank on waiting (lane, rank, at, id) where decision is null;
create index waiting_by_age on waiting (lane, at) where decision is null;

-- The same words, whoever wrote them.
create index comments_of_words on comments (fingerprint, id);
create index waiting_of_words on waiting (fingerprint, id) where decision is null;
