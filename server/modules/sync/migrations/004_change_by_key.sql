-- A phone asks for the gatherings it holds, by key. Without an index on the revision a sign-in changes the row in its page and nothing else.
drop index sync.change_since;
alter table sync.change drop column organisation_id;
alter table sync.change set (fillfactor = 85);
