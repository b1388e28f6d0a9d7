-- How fast a thread runs: since when the present spell is counted, and how many comments it has had.
alter table threads add column spell {int} not null default 0;
alter table threads add column in_spell {int} not null default 0;
