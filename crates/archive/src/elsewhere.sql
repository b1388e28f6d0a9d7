alter table articles add column elsewhere text;
create unique index articles_elsewhere on articles (elsewhere) where elsewhere is not null;
drop index articles_by_time;
create index articles_by_time on articles (published, id) where elsewhere is null;
drop index articles_by_section;
create index articles_by_section on articles (section, published, id) where elsewhere is null;
drop index articles_by_change;
create index articles_by_change on articles (changed, id) where elsewhere is null;
