-- People found by the beginning of their name are listed in its order.
drop index members.member_name;
create index member_name on members.member (name collate "C", id);
