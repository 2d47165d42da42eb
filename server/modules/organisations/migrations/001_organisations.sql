create schema organisations;

create table organisations.organisation (
  id uuid primary key,
  org_code text unique,
  name_full text not null,
  name text not null,
  short_name text not null,
  pinyin text collate "C" not null,
  initials text collate "C" not null,
  grams text[] not null,
  kind text not null check (kind in ('LOCAL_COMMITTEE', 'ORG_DEPT', 'WORK_COMMITTEE', 'PARTY_GROUP', 'GRASSROOTS_COMMITTEE', 'GENERAL_BRANCH',
    'BRANCH', 'JOINT_BRANCH', 'TEMP_BRANCH', 'FLOATING_ORG', 'GROUP')),
  sector text not null check (sector in ('RURAL', 'COMMUNITY', 'GOV', 'SOE', 'PRIVATE', 'SOCIAL_ORG', 'SCHOOL', 'OTHER_INST', 'OTHER')),
  unit_situation text not null check (unit_situation in ('SAME_AS_SUPERIOR', 'LEGAL_UNIT', 'JOINT')),
  units jsonb not null default '[]',
  parent_id uuid references organisations.organisation (id),
  path text collate "C" not null check (path ~ '^([0-9a-z]+/)+$'),
  county text not null check (county ~ '^\d{6}$'),
  area_code text not null check (area_code ~ '^\d{12}$'),
  contact_name text not null default '',
  contact_phone text not null default '',
  established_on date not null,
  dissolved_on date,
  children integer not null default 0 check (children >= 0),
  below integer not null default 0 check (below >= children),
  version integer not null default 1,
  check (dissolved_on is null or dissolved_on >= established_on)
);
create unique index organisation_path on organisations.organisation (path);
create index organisation_kind on organisations.organisation (kind, path) where dissolved_on is null;
create index organisation_parent on organisations.organisation (parent_id, path);
create index organisation_pinyin on organisations.organisation (pinyin, path) where dissolved_on is null;
create index organisation_initials on organisations.organisation (initials, path) where dissolved_on is null;
create index organisation_short_name on organisations.organisation (short_name, path) where dissolved_on is null;
create index organisation_grams on organisations.organisation using gin (grams) where dissolved_on is null;
comment on table organisations.organisation is 'Organisations as they stand now. Never deleted: an ended one keeps its row and its day of dissolution.';
comment on column organisations.organisation.org_code is '党组织代码, issued by the national system; opaque, nothing is derived from it.';
comment on column organisations.organisation.name_full is '全称, the name on the seal.';
comment on column organisations.organisation.name is 'Name with its place, for lists outside the own organisation.';
comment on column organisations.organisation.short_name is '简称, the everyday name.';
comment on column organisations.organisation.pinyin is 'Pinyin of the everyday name without tones and spaces.';
comment on column organisations.organisation.initials is 'First letters of its syllables.';
comment on column organisations.organisation.grams is 'Characters and pairs of neighbouring characters of all names: finds what contains the typed characters.';
comment on column organisations.organisation.unit_situation is '党组织所在单位情况: the unit is the superior''s, its own, or several share the organisation.';
comment on column organisations.organisation.units is 'Units it covers: [{name, creditCode}].';
comment on column organisations.organisation.path is 'Materialised path of the affiliation, the last eight digits of each id; a subtree is a range.';
comment on column organisations.organisation.county is 'Six-digit county code, the distribution key of everything that belongs to the organisation.';
comment on column organisations.organisation.area_code is 'Twelve-digit code of the place; says where it is, never whom it belongs to.';
comment on column organisations.organisation.children is 'Living organisations directly below.';
comment on column organisations.organisation.below is 'Living organisations below, at every level.';

create table organisations.affiliation (
  organisation_id uuid not null references organisations.organisation (id),
  valid_from date not null,
  valid_to date,
  parent_id uuid references organisations.organisation (id),
  path text collate "C" not null,
  name_full text not null,
  name text not null,
  short_name text not null,
  primary key (organisation_id, valid_from),
  check (valid_to is null or valid_to >= valid_from)
);
create unique index affiliation_open on organisations.affiliation (organisation_id) where valid_to is null;
create index affiliation_path on organisations.affiliation (path, valid_from);
create index affiliation_parent on organisations.affiliation (parent_id, valid_from);
comment on table organisations.affiliation is '隶属关系: where an organisation stood and what it was called, from–to; a question about any day keeps its answer for ever.';
comment on column organisations.affiliation.name_full is 'Full name carried in this time.';
comment on column organisations.affiliation.valid_to is 'First day on which it no longer holds; empty while it does.';

create table organisations.term (
  organisation_id uuid not null references organisations.organisation (id),
  seq integer not null check (seq >= 1),
  start_on date not null,
  nominal_end_on date not null,
  extended_to date,
  seats jsonb not null default '[]',
  primary key (organisation_id, seq),
  check (nominal_end_on > start_on),
  check (extended_to is null or extended_to >= nominal_end_on)
);
comment on table organisations.term is '届: a committee''s term of office and who sits in it.';
comment on column organisations.term.seq is 'Which term it is, counted from 1.';
comment on column organisations.term.nominal_end_on is 'Day on which the term ends unless it is extended.';
comment on column organisations.term.extended_to is 'Last day after an extension approved by the superior.';
comment on column organisations.term.seats is '[{role, memberId, name, from, until, source}].';

create table organisations.change (
  id uuid primary key,
  organisation_id uuid not null references organisations.organisation (id),
  organisation_name text not null,
  kind text not null check (kind in ('CREATE', 'RENAME', 'MOVE', 'MERGE', 'SPLIT', 'DISSOLVE', 'EXCEPTION', 'TERM')),
  document_no text not null,
  decided_on date not null,
  effective_on date not null,
  note text not null default '',
  other_id uuid references organisations.organisation (id),
  content jsonb not null,
  content_hash bytea not null,
  by_account uuid not null,
  by_name text not null,
  at timestamptz not null default now()
);
create index change_organisation on organisations.change (organisation_id, at desc, id desc);
create index change_other on organisations.change (other_id, at desc, id desc);
comment on table organisations.change is 'Documents of change: who decided what, from which day. Never altered.';
comment on column organisations.change.by_account is 'Who entered the document.';
comment on column organisations.change.organisation_name is 'What the organisation was called when it was decided.';
comment on column organisations.change.document_no is '文号 of the written decision.';
comment on column organisations.change.other_id is 'The other organisation it concerns: the new one, the new superior, the one merged into.';
comment on column organisations.change.content is 'The change as it was sent, by its kind.';
comment on column organisations.change.content_hash is 'Of the whole document, so that the same request twice is recognised.';

create table organisations.exception (
  organisation_id uuid not null references organisations.organisation (id),
  rule_id text not null,
  document_no text not null,
  reason text not null,
  from_day date not null,
  until_day date,
  primary key (organisation_id, rule_id)
);
comment on table organisations.exception is 'Thresholds that are not met with the superior''s approval.';
comment on column organisations.exception.rule_id is 'The rule, as in rules.json.';
comment on column organisations.exception.document_no is '文号 of the superior''s approval.';
comment on column organisations.exception.until_day is 'Last day of the approval; empty: until it is withdrawn.';
