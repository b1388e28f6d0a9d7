create table sections (
    slug text primary key,
    name text not null,
    rank {int} not null
) {strict};
create table articles (
    id {id},
    source text not null unique,
    section text not null references sections (slug),
    slug text not null,
    language text not null,
    kicker text,
    headline text not null,
    lead text,
    authors text not null,
    picture text,
    picture_file text,
    words {int} not null,
    published {int} not null,
    changed {int} not null,
    revision {int} not null,
    imported text,
    withdrawn {int},
    unique (section, slug)
) {strict};
create index articles_by_time on articles (published, id);
create index articles_by_section on articles (section, published, id);
create index articles_by_change on articles (changed, id);
create table revisions (
    article {int} not null references articles (id),
    number {int} not null,
    at {int} not null,
    by_whom text not null,
    story text not null,
    hash text not null,
    primary key (article, number)
) {strict};
create table corrections (
    id {id},
    article {int} not null references articles (id),
    revision {int} not null,
    at {int} not null,
    by_whom text not null,
    note text not null,
    unique (article, at, note)
) {strict};
create table withdrawals (
    id {id},
    article {int} not null references articles (id),
    at {int} not null,
    by_whom text not null,
    reason text not null
) {strict};
create index withdrawals_of on withdrawals (article, id);
create table reinstatements (
    withdrawal {int} primary key references withdrawals (id),
    at {int} not null,
    by_whom text not null,
    reason text not null
) {strict};
create table addresses (
    section text not null,
    slug text not null,
    article {int} not null references articles (id),
    primary key (section, slug)
) {strict};
create table placements (
    article {int} primary key references articles (id),
    rank {int} not null,
    at {int} not null,
    by_whom text not null
) {strict};
create index placements_by_rank on placements (rank, article);
create table pictures (
    file text primary key,
    width {int} not null,
    height {int} not null,
    bytes {int} not null,
    at {int} not null
) {strict};
{search} article_words;
create table portraits (
    name text primary key,
    file text not null references pictures (file),
    at {int} not null
) {strict};
