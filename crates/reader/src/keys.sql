-- Who leaves or asks for a copy of their data is not looked for among the rows of all.
create index codes_of on codes (reader) where reader is not null;
create index partner_people_of on partner_people (reader);
create index draw_entries_by on draw_entries (reader);

-- Old sessions are forgotten in the order of their ends.
create index sessions_age on sessions (expires_at);
