create schema members;

create table members.member (
  county text not null check (county ~ '^\d{6}$'),
  id uuid not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  group_id uuid,
  name text not null check (length(name) between 1 and 60),
  pinyin text collate "C" not null,
  initials text collate "C" not null,
  gender text not null check (gender in ('0', '1', '2', '9')),
  identity_sealed bytea not null,
  identity_hash bytea not null,
  identity_masked text not null,
  ethnicity text not null check (ethnicity ~ '^\d{2}$'),
  born_on date not null,
  education text not null check (education ~ '^\d{2}$'),
  stage text not null check (stage in ('APPLICANT', 'ACTIVIST', 'DEVELOPMENT_TARGET', 'PROBATIONARY', 'FULL', 'FORMER')),
  joined_on date,
  full_member_on date,
  work text not null default '',
  phone_sealed bytea,
  phone_hash bytea,
  phone_masked text not null default '',
  landline text not null default '',
  address text not null default '',
  membership text not null check (membership in ('NONE', 'NORMAL', 'SUSPENDED', 'TERMINATED')),
  contact text not null check (contact in ('IN_CONTACT', 'LOST_CONTACT')),
  lost_contact_since date,
  mobility text not null check (mobility in ('RESIDENT', 'FLOW_OUT', 'FLOW_IN_GUEST', 'ABROAD')),
  flow_destination text not null default '',
  rights_suspended_until date,
  version integer not null default 1,
  content_hash bytea not null,
  primary key (id, county),
  unique (identity_hash, county),
  check (full_member_on is null or joined_on is null or full_member_on >= joined_on),
  check (contact = 'LOST_CONTACT' or lost_contact_since is null)
);
create index member_path on members.member (path, pinyin, id);
create index member_organisation on members.member (county, organisation_id);
create index member_name on members.member (name text_pattern_ops);
create index member_pinyin on members.member (pinyin, id);
create index member_joined on members.member (coalesce(joined_on, '9999-12-31'::date), id);
create index member_initials on members.member (initials);
create index member_phone on members.member (phone_hash);
comment on table members.member is 'A person of the organisation: the 16 national items and four independent status axes. Personal data: row-level security.';
comment on column members.member.lost_contact_since is 'First day without contact, 失联.';
comment on column members.member.flow_destination is 'Where one registered as working away has gone, in words.';
comment on column members.member.organisation_id is 'The one home branch now; history in members.affiliation.';
comment on column members.member.path is 'Path of the home branch, follows it when the branch moves.';
comment on column members.member.identity_sealed is '公民身份号码, AES-256-GCM; found by identity_hash (HMAC), shown masked.';
comment on column members.member.joined_on is '加入党组织日期: the day the admission meeting passed.';
comment on column members.member.full_member_on is '转为正式党员日期; 党龄 counts from here.';
comment on column members.member.rights_suspended_until is 'No vote until this day; the reason is kept elsewhere and never here.';
comment on column members.member.content_hash is 'Of the last input, so that the same request twice is recognised.';

alter table members.member enable row level security;
create policy scope on members.member to yigongli_app using (
  (path >= nullif(current_setting('app.scope', true), '') and path < left(nullif(current_setting('app.scope', true), ''), -1) || '0')
  or id = any (nullif(current_setting('app.self', true), '')::uuid[])
);
create policy jobs on members.member to yigongli_jobs using (true);

create table members.affiliation (
  county text not null,
  id uuid not null default gen_random_uuid(),
  member_id uuid not null,
  organisation_id uuid not null,
  valid_from date not null,
  valid_to date,
  primary key (county, id),
  foreign key (county, member_id) references members.member (county, id),
  check (valid_to is null or valid_to >= valid_from)
);
create unique index affiliation_home on members.affiliation (county, member_id) where valid_to is null;
create index affiliation_organisation on members.affiliation (county, organisation_id, valid_from);
comment on table members.affiliation is '隶属: which branch a member belonged to, from–to; one at any instant.';
comment on column members.affiliation.valid_to is 'First day on which it no longer holds; empty while it does.';

create table members.tally (
  county text not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  all_members integer not null default 0,
  full_members integer not null default 0,
  counting integer not null default 0,
  floating integer not null default 0,
  primary key (county, organisation_id)
);
create index tally_path on members.tally (path);
comment on table members.tally is 'Counts per branch, kept in the transaction of each change: thresholds and screens read them.';
comment on column members.tally.all_members is 'Full and probationary members.';
comment on column members.tally.counting is 'Members in the denominator of a vote.';
comment on column members.tally.floating is 'Registered as working away (FLOW_OUT).';

create function members.taken(hash bytea, member_id uuid, in_county text) returns text
language sql stable security definer set search_path = pg_catalog as $$
  select case
    when exists (select from members.member where identity_hash = hash and id <> member_id) then 'IDENTITY_NUMBER'
    when exists (select from members.member where id = member_id and county <> in_county) then 'ID' end
$$;
comment on function members.taken is 'Is this identity number registered to somebody else anywhere, or this id in another county? Never says whose.';
