-- The gatherings of one kind are found along time in the whole province, where the newest of all are of other kinds.
alter table meetings.segment add column planned_start timestamptz;
update meetings.segment s set planned_start = g.planned_start from meetings.gathering g where g.county = s.county and g.id = s.gathering_id;
alter table meetings.segment alter column planned_start set not null;
create index segment_kind on meetings.segment (kind, planned_start desc, gathering_id desc) include (county);
comment on column meetings.segment.planned_start is 'Of its gathering, and changed with it, so that an index knows kind and time.';
