create schema duties;

create table duties.duty (
  county text not null check (county ~ '^\d{6}$'),
  organisation_id uuid not null,
  path text collate "C" not null,
  rule_id text collate "C" not null,
  period text not null check (period = '-' or period ~ '^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$'),
  period_start date not null,
  period_end date not null,
  state text not null check (state in ('NOT_APPLICABLE', 'UPCOMING', 'DUE_SOON', 'MET', 'MET_LATE_ENTRY', 'MISSED', 'EXEMPT')),
  required integer not null check (required >= 0),
  done integer not null check (done >= 0),
  gathering_ids uuid[] not null,
  why jsonb not null,
  rule_version text not null,
  primary key (county, organisation_id, rule_id, period),
  check (period_end >= period_start),
  check (state not in ('MET', 'MET_LATE_ENTRY') or done >= required)
);
create index duty_path on duties.duty (path, period_end desc, rule_id);
create index duty_open on duties.duty (path, period_end desc, rule_id) where state in ('DUE_SOON', 'MISSED');
create index duty_ending on duties.duty (period_end, path) where state in ('UPCOMING', 'DUE_SOON');
comment on table duties.duty is 'What the rules ask of an organisation in a period, computed from what is on record; never written by hand, can be computed again at any time.';
comment on column duties.duty.path is 'Path of the organisation, follows it when it moves.';
comment on column duties.duty.rule_id is 'The rule, as in rules.json.';
comment on column duties.duty.period is '2026-03, 2026-Q1, 2026, or - for a standing duty.';
comment on column duties.duty.period_end is 'Last day; 2199-12-31 for a standing duty without one.';
comment on column duties.duty.required is 'How often the rule asks for it in the period.';
comment on column duties.duty.done is 'Valid segments on record that count.';
comment on column duties.duty.gathering_ids is 'The gatherings that count.';
comment on column duties.duty.why is 'The sentence that explains it, {zh, en}, with its source.';
comment on column duties.duty.rule_version is 'Which wording of the rule was used.';

create table duties.outlook (
  county text not null check (county ~ '^\d{6}$'),
  organisation_id uuid not null,
  path text collate "C" not null,
  look_again_on date not null,
  reminded_on date,
  primary key (county, organisation_id)
);
create index outlook_next on duties.outlook (look_again_on, path);
comment on table duties.outlook is 'When the calendar alone may change the duties of an organisation.';
comment on column duties.outlook.look_again_on is 'The first day on which its duties have to be computed again although nothing happened.';
comment on column duties.outlook.reminded_on is 'The last day on which its secretary and recorder were reminded of what ends soon.';
