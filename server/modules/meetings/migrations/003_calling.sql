alter table meetings.gathering
  add guests jsonb not null default '[]',
  add told jsonb;
comment on column meetings.gathering.guests is '列席 and 双重组织生活: who is invited beside the members.';
comment on column meetings.gathering.told is 'Time, place and mode as they were last told, and how often they were; empty when nobody was told.';
comment on column meetings.gathering.path is 'Path of the organisation, or of its group when a group meets; follows it when it moves.';

update meetings.gathering
set told = jsonb_build_object('start', planned_start, 'end', planned_end, 'place', place, 'mode', mode, 'times', 1)
where state in ('NOTIFIED', 'POSTPONED');
-- A group's meetings stand at the group, so that its leader reaches them and nothing else; `plan` writes them so.
update meetings.gathering set path = path || right(group_id::text, 8) || '/' where group_id is not null;

alter table meetings.attendance add coming_at timestamptz;
comment on column meetings.attendance.coming_at is 'When they said that they will come. Whether somebody has seen the notice is never known.';

create table meetings.signature (
  county text not null,
  gathering_id uuid not null,
  capacity text not null check (capacity in ('HOST', 'RECORDER')),
  account_id uuid not null,
  by_name text not null,
  at timestamptz not null default now(),
  primary key (county, gathering_id, capacity),
  foreign key (county, gathering_id) references meetings.gathering (county, id)
);
comment on table meetings.signature is 'Who signed the record as it stands: a person''s own act with its time, no picture. Gone when the record is written again.';

create table meetings.contribution (
  county text not null,
  id uuid not null,
  gathering_id uuid not null,
  member_id uuid not null,
  name text not null,
  text text not null default '',
  file_id uuid,
  device_at timestamptz not null,
  received_at timestamptz not null default now(),
  counts boolean,
  decided_name text not null default '',
  primary key (county, id),
  foreign key (county, gathering_id) references meetings.gathering (county, id),
  check (text <> '' or file_id is not null)
);
create index contribution_gathering on meetings.contribution (county, gathering_id, received_at);
comment on table meetings.contribution is 'What a member on the way said to a gathering, in words or as a voice note. No place is stored.';
comment on column meetings.contribution.device_at is 'When the device says it was made; received_at is when the platform received it.';
comment on column meetings.contribution.counts is 'Counts as present online, by the decision of the recorder; empty until then.';

create table meetings.exemption (
  county text not null check (county ~ '^\d{6}$'),
  id uuid not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  member_id uuid not null,
  name text not null,
  year integer not null check (year between 1990 and 2199),
  reason text not null check (reason in ('AGE_OR_DISABILITY', 'ILLNESS', 'FLOATING', 'OTHER')),
  ended_on date,
  by_name text not null,
  visits jsonb not null default '[]',
  version integer not null default 1,
  primary key (county, id)
);
create unique index exemption_year on meetings.exemption (county, organisation_id, member_id, year) where ended_on is null;
create index exemption_path on meetings.exemption (path, year);
comment on table meetings.exemption is '长期免到: set once a year for a member who is old or ill, with 送学上门 to them. Personal data: row-level security.';
comment on column meetings.exemption.path is 'Path of the branch, or of the member''s group, follows it when it moves.';
comment on column meetings.exemption.ended_on is 'First day on which it no longer holds; empty while it does.';
comment on column meetings.exemption.visits is '送学上门: day, who went, what was brought; a service of the branch, not a burden of the member.';

alter table meetings.exemption enable row level security;
create policy scope on meetings.exemption to yigongli_app using (
  (path >= nullif(current_setting('app.scope', true), '') and path < left(nullif(current_setting('app.scope', true), ''), -1) || '0')
  or member_id = any (nullif(current_setting('app.self', true), '')::uuid[])
);
create policy jobs on meetings.exemption to yigongli_jobs using (true);
comment on column meetings.contribution.text is 'In words; empty for a voice note.';
comment on column meetings.exemption.year is 'The year it is set for; it is looked at anew every year.';
