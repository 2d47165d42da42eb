create schema plans;

create table plans.series (
  county text not null check (county ~ '^\d{6}$'),
  id uuid not null,
  organisation_id uuid not null,
  title text not null check (length(title) between 1 and 60),
  kinds text[] not null check (cardinality(kinds) between 1 and 7),
  group_id uuid,
  months integer[] not null check (cardinality(months) between 1 and 12),
  day_rule jsonb not null,
  start_time text not null check (start_time ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  minutes integer not null check (minutes between 15 and 600),
  mode text not null check (mode in ('ONSITE', 'HYBRID', 'ONLINE')),
  place text not null default '',
  from_day date not null,
  until_day date,
  version integer not null default 1,
  content_hash bytea not null,
  primary key (county, id),
  check (until_day is null or until_day >= from_day)
);
create index series_organisation on plans.series (county, organisation_id, from_day);
comment on table plans.series is 'Gatherings of a branch that come again on a fixed day; each is planned as an ordinary gathering when the branch accepts it.';
comment on column plans.series.kinds is 'What each counts as, as in meetings.segment.';
comment on column plans.series.months is '1 January … 12 December.';
comment on column plans.series.day_rule is '{by: DATE, day} · {by: WEEKDAY, nth, weekday} · {by: LUNAR, day} · {by: MARKET, nth}.';
comment on column plans.series.start_time is 'HH:MM, Asia/Shanghai.';
comment on column plans.series.until_day is 'Last day; a series is ended, never deleted.';
comment on column plans.series.content_hash is 'Of the last input, so that the same request twice is recognised.';

create table plans.market_days (
  county text not null check (county ~ '^\d{6}$'),
  organisation_id uuid not null,
  market jsonb,
  market_wish text not null check (market_wish in ('NONE', 'SEEK', 'AVOID')),
  version integer not null default 1,
  primary key (county, organisation_id)
);
comment on table plans.market_days is 'Market days 街天 of the town a branch lives in, and whether it wishes to gather on them.';
comment on column plans.market_days.market is '{by: LUNAR_TEN | SOLAR_TEN, ends} · {by: BRANCH, branches} · {by: EVERY, days, from}; null where there is no market.';
comment on column plans.market_days.market_wish is 'SEEK and AVOID weigh in when a day is proposed (PLAN-DAY).';

create table plans.kit (
  county text not null check (county ~ '^\d{6}$'),
  id uuid not null,
  organisation_id uuid not null,
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  title text not null check (length(title) between 1 and 80),
  agenda jsonb not null default '[]',
  reading text not null default '',
  task text not null default '',
  file_ids uuid[] not null default '{}',
  published_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  version integer not null default 1,
  content_hash bytea not null,
  primary key (county, id)
);
create index kit_organisation on plans.kit (county, organisation_id, month desc, id);
comment on table plans.kit is 'Theme-day kits: what a committee offers everything below it for a month. Who used one is kept nowhere.';
comment on column plans.kit.month is 'The month it is meant for, YYYY-MM.';
comment on column plans.kit.reading is 'Read before or during the theme day, also aloud.';
comment on column plans.kit.agenda is '[{id, title, note}], taken over by the branch as its own agenda.';
comment on column plans.kit.task is 'What the branch is asked to do.';
comment on column plans.kit.withdrawn_at is 'Not offered from then on; what was planned with it stays.';
comment on column plans.kit.content_hash is 'Of the last input, so that the same request twice is recognised.';
