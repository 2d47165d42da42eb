-- Every write pays for them: nobody looks for events by subject, and a link is found by its row in one index.
drop index platform.event_subject;
alter table platform.audit_link drop constraint audit_link_shard_county_audit_id_key;
