-- The most discussed first: a comment counts by the replies it drew.
create index comments_by_replies on comments (article, replies, id) where root is null;
-- What answers a reply, without reading the rest of its conversation.
create index comments_answering on comments (parent, id) where root is not null;

-- The words of each comment that stands, found within its thread (see found.rs).
{search} comment_words;
-- Comments whose words are still to be kept: posting does not wait for it.
create table unindexed (
    comment {int} primary key references comments (id)
) {strict};
insert into unindexed (comment)
    select c.id from comments c
     where not exists (select 1 from removals r where r.comment = c.id
                          and not exists (select 1 from restorations s where s.removal = r.id));
