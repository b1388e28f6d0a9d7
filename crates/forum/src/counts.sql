-- Who leaves or asks for a copy of their data is not looked for among the votes of all.
create index votes_by on votes (reader);

-- A comment that was taken back and then removed was counted as both.
update writers set removed = removed - (select count(*) from deletions d join removals r on r.comment = d.comment
        where d.reader = writers.reader and not exists (select 1 from restorations s where s.removal = r.id))
 where reader in (select reader from deletions);
