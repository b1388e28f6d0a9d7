-- Old drafts are forgotten.
create index drafts_age on drafts (at);
