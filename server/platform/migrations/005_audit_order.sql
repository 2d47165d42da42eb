-- The chain follows the order of commits like every projection: what comes after its last link is asked for, and nothing before it is looked at again.
alter table platform.audit add column transaction xid8 not null default '0';
alter table platform.audit alter column transaction set default pg_current_xact_id();
update platform.audit a set transaction = pg_current_xact_id()
where not exists (select from platform.audit_link l where l.county = a.county and l.audit_id = a.id);
alter table platform.audit_link add column transaction xid8 not null default '0';
alter table platform.audit_link alter column transaction drop default;
drop index platform.audit_at;
drop index platform.audit_link_once;
create index audit_order on platform.audit (transaction, id);
comment on column platform.audit.transaction is 'The writing transaction. The chain never passes one that is still open.';
comment on column platform.audit_link.transaction is 'That of the row; together with its id the place up to which everything is linked.';
