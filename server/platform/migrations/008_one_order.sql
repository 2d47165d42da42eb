-- Every write pays for each index and each pattern. Events and audit rows are only ever read in the order of commits, or by subject: one key says both what
-- they are and where they stand. Counties come from the hierarchy, types from the code.
alter table platform.event drop constraint event_pkey, drop constraint event_county_check, drop constraint event_type_check,
  add primary key (transaction, position, county), add check (length(county) = 6);
drop index platform.event_order;
alter table platform.audit drop constraint audit_pkey, drop constraint audit_county_check,
  add primary key (transaction, id, county), add check (length(county) = 6);
drop index platform.audit_order;
