-- A word rule: which words have a text wait or keep it out, under which clause, and what its author is told. It is not changed:
-- another one replaces it and names it. `tried` to `fine` is what came of it on the comments of the week before: how many were
-- looked at, how many it would have caught, and how many of those still stand.
create table word_rules (
    id {id},
    replaces {int} references word_rules (id),
    forms text not null,
    exceptions text not null,
    clause text not null,
    action text not null check (action in ('hold', 'withhold')),
    reason text not null,
    tried {int} not null,
    caught {int} not null,
    fine {int} not null,
    moderator {int} not null references readers (id),
    at {int} not null,
    check (action = 'hold' or reason <> '')
) {strict};
create table word_rule_ends (
    rule {int} primary key references word_rules (id),
    moderator {int} not null references readers (id),
    at {int} not null
) {strict};
