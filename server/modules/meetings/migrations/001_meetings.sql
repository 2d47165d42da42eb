create schema meetings;

create table meetings.gathering (
  county text not null check (county ~ '^\d{6}$'),
  id uuid not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  group_id uuid,
  title text not null check (length(title) between 1 and 120),
  state text not null check (state in ('PLANNED', 'NOTIFIED', 'IN_PROGRESS', 'DRAFT_MINUTES', 'CONFIRMED', 'ARCHIVED', 'CANCELLED', 'POSTPONED')),
  mode text not null check (mode in ('ONSITE', 'HYBRID', 'ONLINE')),
  place text not null default '',
  planned_start timestamptz not null,
  planned_end timestamptz,
  actual_start timestamptz,
  actual_end timestamptz,
  held_on date,
  host_id uuid,
  host_name text not null default '',
  recorder_account_id uuid,
  recorder_name text not null default '',
  confirmed_account_id uuid,
  confirmed_name text not null default '',
  confirmed_at timestamptz,
  agenda jsonb not null default '[]',
  speeches jsonb not null default '[]',
  minutes text not null default '',
  resolutions jsonb not null default '[]',
  file_ids uuid[] not null default '{}',
  late_entry boolean not null default false,
  late_reason text not null default '',
  cancel_reason text not null default '',
  digest bytea,
  expected integer not null default 0 check (expected >= 0),
  present integer not null default 0 check (present >= 0 and present <= expected or state not in ('CONFIRMED', 'ARCHIVED')),
  version integer not null default 1,
  content_hash bytea not null,
  record_hash bytea,
  primary key (county, id),
  check (actual_end is null or actual_end >= actual_start),
  check (state not in ('CONFIRMED', 'ARCHIVED') or (held_on is not null and digest is not null and confirmed_account_id is distinct from recorder_account_id))
);
create index gathering_path on meetings.gathering (path, planned_start desc, id);
create index gathering_organisation on meetings.gathering (county, organisation_id, planned_start desc);
comment on table meetings.gathering is 'One meeting or activity; its segments say what it counts as. After confirmation only amendments.';
comment on column meetings.gathering.path is 'Path of the organisation, follows it when it moves.';
comment on column meetings.gathering.held_on is 'Legal date of the gathering, Asia/Shanghai.';
comment on column meetings.gathering.recorder_account_id is 'Who wrote the record; may not confirm it.';
comment on column meetings.gathering.late_entry is '补录: recorded later than MEET-LATE-ENTRY allows; needs late_reason.';
comment on column meetings.gathering.digest is 'SHA-256 of the confirmed record.';
comment on column meetings.gathering.expected is '应到, fixed at confirmation.';
comment on column meetings.gathering.present is '实到, fixed at confirmation.';
comment on column meetings.gathering.record_hash is 'Of the last record sent and who sent it, so that the same request twice is recognised.';
comment on column meetings.gathering.content_hash is 'Of the last plan sent, so that the same request twice is recognised.';

create table meetings.segment (
  county text not null,
  id uuid not null,
  gathering_id uuid not null,
  kind text not null check (kind in ('GENERAL_MEETING', 'COMMITTEE_MEETING', 'GROUP_MEETING', 'PARTY_LECTURE', 'THEME_DAY', 'ORG_LIFE_MEETING', 'DEMOCRATIC_REVIEW')),
  place integer not null,
  valid boolean,
  eligible integer,
  present integer,
  need integer,
  sentence jsonb,
  rule_id text,
  rule_version text,
  primary key (county, id),
  unique (county, gathering_id, kind),
  foreign key (county, gathering_id) references meetings.gathering (county, id)
);
comment on table meetings.segment is 'What a gathering counts as: one gathering may be a general meeting, a lecture and a theme day at once. Nothing is entered twice.';
comment on column meetings.segment.valid is 'Fixed at confirmation with the arithmetic, the rule and its version.';
comment on column meetings.segment.place is 'Order within the gathering.';

create table meetings.attendance (
  county text not null,
  gathering_id uuid not null,
  member_id uuid not null,
  name text not null,
  capacity text not null check (capacity in ('MEMBER', 'PROBATIONARY', 'FLOW_IN', 'OBSERVER', 'LEADER')),
  has_vote boolean not null,
  expected boolean not null,
  state text not null check (state in ('EXPECTED', 'PRESENT_ONSITE', 'PRESENT_ONLINE', 'LEAVE', 'ABSENT', 'EXCUSED_LONG_TERM')),
  leave_reason text check (leave_reason in ('ILLNESS', 'WORK_DUTY', 'TRAVEL', 'FAMILY', 'AGE_OR_DISABILITY', 'BORDER_PATROL', 'FLOATING', 'OTHER')),
  leave_note text not null default '',
  confirmed_by text check (confirmed_by in ('RECORDER', 'SELF', 'HOST_ORG')),
  device_at timestamptz,
  confirmed_at timestamptz,
  primary key (county, gathering_id, member_id),
  foreign key (county, gathering_id) references meetings.gathering (county, id)
);
create index attendance_member on meetings.attendance (county, member_id);
comment on table meetings.attendance is 'The roster of one gathering, a snapshot of the day, and who was there. No place is stored.';
comment on column meetings.attendance.has_vote is 'Counts in the denominator of a vote at this gathering.';
comment on column meetings.attendance.device_at is 'When the device says it happened; confirmed_at is when the platform received it.';

alter table meetings.attendance enable row level security;
-- The own rows first: a sign-in sees nothing else. Sub-selects, so that the setting is read once and not for every row; the gathering by
-- a value and not by `exists`, which would be answered by hashing every gathering of the scope, a province's too.
create policy scope on meetings.attendance to yigongli_app using (
  member_id = any ((select nullif(current_setting('app.self', true), '')::uuid[])::uuid[])
  or (
    select g.path >= (select nullif(current_setting('app.scope', true), ''))
      and g.path < (select left(nullif(current_setting('app.scope', true), ''), -1) || '0')
    from meetings.gathering g where g.county = attendance.county and g.id = attendance.gathering_id)
);
create policy jobs on meetings.attendance to yigongli_jobs using (true);

create table meetings.amendment (
  county text not null,
  id uuid not null,
  gathering_id uuid not null,
  at timestamptz not null default now(),
  account_id uuid not null,
  by_name text not null,
  field text not null check (field in ('title', 'place', 'minutes')),
  old text not null,
  new text not null,
  reason text not null,
  primary key (county, id),
  foreign key (county, gathering_id) references meetings.gathering (county, id)
);
create index amendment_gathering on meetings.amendment (county, gathering_id, at);
comment on table meetings.amendment is 'Corrections after confirmation, append-only, shown beside the text.';
comment on column meetings.amendment.field is 'Which text was corrected.';
comment on column meetings.amendment.old is 'As it was confirmed.';
comment on column meetings.amendment.new is 'As it reads now.';
