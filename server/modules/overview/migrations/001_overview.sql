create schema overview;

create table overview.place (
  county text not null check (county ~ '^\d{6}$'),
  organisation_id uuid not null,
  adds_to uuid[] not null,
  adds_to_counties text[] not null,
  primary key (county, organisation_id),
  check (cardinality(adds_to) = cardinality(adds_to_counties))
);
create index place_organisation on overview.place (organisation_id);
comment on table overview.place is 'Under whom an organisation is counted: itself and all its superiors, as the rollups believe it. A move is the difference between this and the tree.';
comment on column overview.place.adds_to is 'Ids, the highest superior first, the organisation itself last.';
comment on column overview.place.adds_to_counties is 'The county of each of them, their distribution key.';

create table overview.own (
  county text not null check (county ~ '^\d{6}$'),
  organisation_id uuid not null,
  period text collate "C" not null check (period = 'now' or period ~ '^\d{4}-\d{2}(-\d{2})?$'),
  branches integer not null default 0,
  members integer not null default 0,
  full_members integer not null default 0,
  floating integer not null default 0,
  gatherings integer not null default 0,
  general_meetings integer not null default 0,
  committee_meetings integer not null default 0,
  group_meetings integer not null default 0,
  party_lectures integer not null default 0,
  theme_days integer not null default 0,
  org_life_meetings integer not null default 0,
  democratic_reviews integer not null default 0,
  expected integer not null default 0,
  present integer not null default 0,
  sign_ins integer not null default 0,
  duties_met integer not null default 0,
  duties_due integer not null default 0,
  duties_missed integer not null default 0,
  primary key (county, organisation_id, period)
);
comment on table overview.own is 'What an organisation itself has and did, recomputed from the records whenever something happens to it. No row means nothing.';
comment on column overview.own.period is '`now` for what is counted as it stands, `2026-03` for a month, `2026-03-31` for a day (today and yesterday only); Asia/Shanghai.';
comment on column overview.own.branches is '1 for a living branch.';
comment on column overview.own.members is 'Full and probationary members of the branch now.';
comment on column overview.own.floating is 'Members registered as working away; shown only where it cannot single anybody out.';
comment on column overview.own.gatherings is 'Confirmed gatherings held in the month; gatherings begun on the day.';
comment on column overview.own.general_meetings is '支部党员大会: valid segments of this kind. One gathering may count for several kinds.';
comment on column overview.own.expected is '应到 of the confirmed gatherings.';
comment on column overview.own.present is '实到 of the confirmed gatherings.';
comment on column overview.own.sign_ins is 'People marked present at gatherings of the day, by their own sign-in or by roll-call.';
comment on column overview.own.duties_due is 'Duties of the month that are neither met nor missed yet.';

create table overview.rollup (like overview.own including all);
comment on table overview.rollup is 'The same for an organisation and everything below it: always the sum of overview.own over all whose place names it.';
comment on column overview.rollup.county is 'County of the organisation the sum belongs to, not of those it adds up.';

create table overview.happening (
  number bigint generated always as identity primary key,
  id uuid not null unique,
  at timestamptz not null,
  type text not null,
  organisation_id uuid not null,
  organisation_name text not null,
  trail text not null,
  gathering_id uuid,
  text_zh text not null,
  text_en text not null
);
create index happening_organisation on overview.happening (organisation_id);
create index happening_time on overview.happening (at);
comment on table overview.happening is 'What just happened, a sentence each, for a month. Nobody is named in it.';
comment on column overview.happening.trail is 'Names of the superiors, the highest first.';
comment on column overview.happening.text_zh is 'One sentence for the ticker.';
comment on column overview.happening.text_en is 'The same in English.';
comment on column overview.happening.number is 'Given by the projection, one step at a time: the order in which they became visible, so a follower can resume from one.';
comment on column overview.happening.id is 'The event it tells.';

create table overview.happening_at (
  organisation_id uuid not null,
  number bigint not null references overview.happening on delete cascade,
  primary key (organisation_id, number)
);
create index happening_at_number on overview.happening_at (number);
comment on table overview.happening_at is 'For whom it happened: the organisation and each of its superiors. The newest below any of them is the end of one index range.';

create table overview.drift (
  county text not null check (county ~ '^\d{6}$'),
  id uuid not null default gen_random_uuid(),
  at timestamptz not null default now(),
  organisation_id uuid not null,
  period text not null,
  what text not null check (what in ('place', 'own', 'sum')),
  kept jsonb not null,
  right_is jsonb not null,
  primary key (county, id)
);
create index drift_at on overview.drift (at desc);
comment on table overview.drift is 'Rows that differed from the records when they were reconciled, and were repaired. Empty in a healthy house.';
comment on column overview.drift.kept is 'What the rollup said.';
comment on column overview.drift.right_is is 'What the records say; the rollup now says it too.';
comment on column overview.drift.what is '`place`: under whom it is counted · `own`: its own numbers · `sum`: the sum of those below.';
