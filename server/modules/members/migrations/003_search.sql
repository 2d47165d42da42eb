-- Beginnings of names are looked for as ranges, byte by byte.
drop index members.member_name;
create index member_name on members.member (name collate "C");
