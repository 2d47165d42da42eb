create schema floating;

-- Is one of these paths inside the caller's scope? Read fail-closed: without a scope nothing is.
create function floating.in_scope(variadic paths text[]) returns boolean
language sql stable set search_path = pg_catalog as $$
  select exists (select from unnest(paths) as p(path) where path collate "C" >= nullif(current_setting('app.scope', true), '')
    and path collate "C" < left(nullif(current_setting('app.scope', true), ''), -1) || '0')
$$;
comment on function floating.in_scope is 'Is one of these paths inside the scope of the caller?';
create function floating.is_self(member_id uuid) returns boolean
language sql stable set search_path = pg_catalog as $$
  select member_id = any (nullif(current_setting('app.self', true), '')::uuid[])
$$;
comment on function floating.is_self is 'Is this the caller''s own record?';

create table floating.registration (
  county text not null check (county ~ '^\d{6}$'),
  id uuid not null,
  member_id uuid not null,
  name text not null,
  phone_masked text not null default '',
  organisation_id uuid not null,
  path text collate "C" not null,
  reason text not null check (reason in ('WORK', 'BUSINESS', 'STUDY', 'FAMILY', 'RETIREMENT_MOVE', 'JOB_SEEKING', 'OTHER')),
  area_code text not null check (area_code ~ '^\d{6}(\d{6})?$'),
  place text not null default '',
  unit text not null default '',
  fixed boolean not null,
  out_on date not null,
  expected_back_on date,
  contact_id uuid,
  contact_name text not null default '',
  note text not null default '',
  state text not null check (state in ('REGISTERED_OUT', 'PASS_ISSUED', 'REPORTED_IN', 'ASSIGNED', 'PARTICIPATING', 'MOVED', 'LOST_CONTACT',
    'RETURNED', 'TRANSFERRED', 'CLOSED')),
  host_county text,
  host_id uuid,
  host_path text collate "C",
  branch_id uuid,
  branch_path text collate "C",
  group_id uuid,
  guest_post_id uuid,
  reported_on date,
  issued_on date,
  valid_until date,
  moved_on date,
  lost_since date,
  last_contact_on date,
  last_report_on date,
  last_took_part_on date,
  clocks jsonb not null default '{}',
  clocked_on date not null default current_date,
  reminded_on date,
  content_hash bytea not null,
  version integer not null default 1,
  primary key (id, county),
  check (expected_back_on is null or expected_back_on >= out_on),
  check ((host_id is null) = (host_path is null) and (host_id is null) = (host_county is null) and (branch_id is null) = (branch_path is null)),
  check (branch_id is null or host_id is not null),
  -- Nobody in the air: whoever takes part somewhere has a host, and whoever has none is at home, on the way, or looked for.
  check (state not in ('REPORTED_IN', 'ASSIGNED', 'PARTICIPATING') or host_id is not null),
  check (state in ('REPORTED_IN', 'ASSIGNED', 'PARTICIPATING') or host_id is null),
  check (state not in ('ASSIGNED', 'PARTICIPATING') or branch_id is not null)
);
create unique index registration_open on floating.registration (county, member_id) where state not in ('RETURNED', 'TRANSFERRED', 'CLOSED');
create index registration_path on floating.registration (path, state, id);
create index registration_host on floating.registration (host_path, state, id) where host_path is not null;
create index registration_branch on floating.registration (branch_path) where branch_path is not null;
create index registration_member on floating.registration (member_id);
comment on table floating.registration is '外出登记 of a floating member: home, host, where they stand. Personal data: row-level security; read by home, host and the member.';
comment on column floating.registration.path is 'Path of the home branch, follows it when it moves.';
comment on column floating.registration.phone_masked is 'As the home branch''s list shows it.';
comment on column floating.registration.area_code is 'Where they went, six or twelve digits; never where a phone is.';
comment on column floating.registration.fixed is 'A fixed place of work or residence; then a transfer is advised (FLOW-TRANSFER).';
comment on column floating.registration.contact_id is '支部联系人, a member of the home branch.';
comment on column floating.registration.host_id is 'The organisation that took the member in; it can be a committee, which assigns to a branch.';
comment on column floating.registration.branch_id is 'The host''s branch whose life the member takes part in.';
comment on column floating.registration.guest_post_id is 'The post of a guest at that branch, ended when the member leaves it.';
comment on column floating.registration.clocks is 'When each clock ends, by rule; kept at every step, so that lists can ask for what has run out.';
comment on column floating.registration.clocked_on is 'The day the clocks were last read; some turn with the year.';
comment on column floating.registration.reminded_on is 'The day somebody was last told of a clock that had run out.';
comment on column floating.registration.content_hash is 'Of the last input, so that the same request twice is recognised.';
alter table floating.registration enable row level security;
create policy scope on floating.registration to yigongli_app using (
  (path >= (select nullif(current_setting('app.scope', true), '')) and path < (select left(nullif(current_setting('app.scope', true), ''), -1) || '0'))
  or (host_path >= (select nullif(current_setting('app.scope', true), '')) and host_path < (select left(nullif(current_setting('app.scope', true), ''), -1) || '0'))
  or (branch_path >= (select nullif(current_setting('app.scope', true), '')) and branch_path < (select left(nullif(current_setting('app.scope', true), ''), -1) || '0'))
  or member_id = any ((select nullif(current_setting('app.self', true), '')::uuid[])::uuid[]));
create policy jobs on floating.registration to yigongli_jobs using (true);

create table floating.entry (
  county text not null,
  id uuid not null,
  registration_id uuid not null,
  action text not null check (action in ('ISSUE', 'REPORT_IN', 'ASSIGN', 'TAKE_PART', 'MOVE', 'RETURN', 'TRANSFER', 'LOSE', 'FIND', 'CLOSE', 'CONTACT',
    'REPORT_BACK')),
  on_day date not null,
  at timestamptz not null default now(),
  side text not null check (side in ('HOME', 'HOME_COMMITTEE', 'HOST', 'MEMBER', 'RECORD')),
  by_name text not null,
  how text not null default '',
  note text not null default '',
  content_hash bytea not null,
  primary key (county, id),
  foreign key (county, registration_id) references floating.registration (county, id)
);
create index entry_registration on floating.entry (county, registration_id, on_day, at);
comment on table floating.entry is 'The history of a registration, a row for each step. A contact has its day and kind and no content.';
comment on column floating.entry.how is 'CONTACT: phone, family, host, visit, talk.';
comment on column floating.entry.note is 'Evidence, number of a letter, or the report back.';
alter table floating.entry enable row level security;
create policy scope on floating.entry to yigongli_app using (
  (select true from floating.registration r where r.county = entry.county and r.id = entry.registration_id));
create policy jobs on floating.entry to yigongli_jobs using (true);

create table floating.issuer_key (
  county text not null,
  kid text not null,
  id uuid not null,
  organisation_id uuid not null,
  public_x text not null,
  public_y text not null,
  private_sealed bytea not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  withdrawn_at timestamptz,
  reason text not null default '',
  primary key (county, kid),
  unique (county, id)
);
create index issuer_key_organisation on floating.issuer_key (county, organisation_id, valid_from desc);
comment on table floating.issuer_key is 'Keys that sign passes, one committee''s at a time; certified by the province in the list of issuers.';
comment on column floating.issuer_key.kid is 'First eight bytes of the key''s thumbprint (RFC 7638), base64url.';
comment on column floating.issuer_key.private_sealed is 'AES-256-GCM; opened only to sign.';
comment on column floating.issuer_key.withdrawn_at is 'What it signed from this moment on is refused.';

create table floating.pass (
  county text not null,
  id uuid not null,
  number text not null,
  registration_id uuid not null,
  member_id uuid not null,
  issuer_id uuid not null,
  state text not null check (state in ('ACTIVE', 'SUSPENDED', 'REVOKED', 'EXPIRED', 'CLOSED')),
  issued_on date not null,
  valid_until date not null,
  co_signed_id uuid,
  co_signed_on date,
  reason text not null default '',
  made_at timestamptz not null default now(),
  primary key (county, id),
  unique (county, number),
  foreign key (county, registration_id) references floating.registration (county, id)
);
create unique index pass_good on floating.pass (county, member_id) where state in ('ACTIVE', 'SUSPENDED');
create index pass_registration on floating.pass (county, registration_id, made_at);
comment on table floating.pass is '电子流动党员活动证; a member has at most one that is good or rests. What is shown at a door are its signed copies.';
comment on column floating.pass.number is 'To be typed at a counter: county and eight digits by chance.';
comment on column floating.pass.made_at is 'The pass of a registration is the one made last; two can be issued on one day.';
comment on column floating.pass.co_signed_id is 'The host that took the member in on this pass.';
alter table floating.pass enable row level security;
create policy scope on floating.pass to yigongli_app using (
  (select true from floating.registration r where r.county = pass.county and r.id = pass.registration_id));
create policy jobs on floating.pass to yigongli_jobs using (true);

create table floating.copy (
  county text not null,
  id uuid not null,
  pass_id uuid not null,
  kind text not null check (kind in ('PHONE', 'PAPER')),
  list integer not null,
  place integer not null check (place >= 0),
  status integer not null default 0 check (status in (0, 1, 2)),
  kid text not null,
  text text not null,
  twin text not null,
  key_thumbprint text,
  made_at timestamptz not null default now(),
  primary key (county, id),
  unique (county, list, place),
  foreign key (county, pass_id) references floating.pass (county, id)
);
create index copy_pass on floating.copy (county, pass_id, kind) where status <> 1;
comment on table floating.copy is 'A signed copy of a pass, bound to a phone or printed, each with its own place in a status list, so that one can end without the others.';
comment on column floating.copy.place is 'Index in the county''s status list, by chance: it says nothing about when or for whom.';
comment on column floating.copy.status is '0 good, 1 revoked, 2 suspended (Token Status List).';
comment on column floating.copy.text is 'As it is shown in the code: a masked name and the branch.';
comment on column floating.copy.twin is 'The same as an SD-JWT VC.';
comment on column floating.copy.key_thumbprint is 'Of the key in the phone it is bound to; empty on paper.';

create table floating.participation (
  county text not null,
  id uuid not null,
  registration_id uuid,
  member_id uuid not null,
  name text not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  host_county text,
  host_id uuid,
  host_path text collate "C",
  host_name text not null,
  gathering_id uuid,
  outside text,
  title text not null,
  kinds text[] not null,
  on_day date not null,
  attendance text not null check (attendance in ('PRESENT', 'LEAVE', 'ABSENT')),
  recorded_by text not null,
  dispute text,
  disputed_at timestamptz,
  outcome text check (outcome in ('STANDS', 'CORRECTED')),
  answer text,
  answered_by text,
  answered_at timestamptz,
  primary key (id, county),
  check ((gathering_id is null) <> (outside is null)),
  check ((dispute is null) = (disputed_at is null)),
  check ((outcome is null) = (answered_at is null) and (outcome is null or dispute is not null))
);
-- Counted once: one row for a member at a gathering, and one for what a host outside the province recorded under its id.
create unique index participation_gathering on floating.participation (county, member_id, gathering_id) where gathering_id is not null;
create unique index participation_outside on floating.participation (county, member_id, outside) where outside is not null;
create index participation_member on floating.participation (county, member_id, on_day);
create index participation_path on floating.participation (path, on_day);
create index participation_host on floating.participation (host_path, on_day) where host_path is not null;
comment on table floating.participation is '参加记录: one row that member, home and host see alike. Personal data: row-level security.';
comment on column floating.participation.outside is 'Province and id under which a host outside the province recorded it.';
comment on column floating.participation.path is 'Path of the home branch; host_path is that of the host''s branch.';
comment on column floating.participation.dispute is 'What the member says is wrong; stays, with its answer.';
alter table floating.participation enable row level security;
create policy scope on floating.participation to yigongli_app using (
  (path >= (select nullif(current_setting('app.scope', true), '')) and path < (select left(nullif(current_setting('app.scope', true), ''), -1) || '0'))
  or (host_path >= (select nullif(current_setting('app.scope', true), '')) and host_path < (select left(nullif(current_setting('app.scope', true), ''), -1) || '0'))
  or member_id = any ((select nullif(current_setting('app.self', true), '')::uuid[])::uuid[]));
create policy jobs on floating.participation to yigongli_jobs using (true);

create table floating.door_check (
  county text not null,
  id uuid not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  gathering_id uuid not null,
  member_id uuid,
  copy_id uuid,
  outcome text not null,
  sentence jsonb not null,
  name text not null default '',
  branch text not null default '',
  admitted boolean not null,
  note text not null default '',
  by_name text not null,
  device_at timestamptz not null,
  received_at timestamptz not null default now(),
  elsewhere boolean not null default false,
  content_hash bytea not null,
  primary key (county, id),
  foreign key (county, gathering_id) references meetings.gathering (county, id)
);
create index door_check_gathering on floating.door_check (county, gathering_id, device_at);
create index door_check_path on floating.door_check (path, device_at desc, id);
create index door_check_copy on floating.door_check (copy_id, device_at) where copy_id is not null;
comment on table floating.door_check is 'What was shown at the door of a gathering and what was decided there; erased after a time. Personal data: row-level security.';
comment on column floating.door_check.member_id is 'Whose pass it was, where the platform knows them; they may see it.';
comment on column floating.door_check.name is 'Masked, as the pass says it.';
comment on column floating.door_check.elsewhere is 'The same copy was shown somewhere else at nearly the same time.';
comment on column floating.door_check.device_at is 'When the host''s device says it was; received_at is when the platform got it.';
alter table floating.door_check enable row level security;
create policy scope on floating.door_check to yigongli_app using (
  (path >= (select nullif(current_setting('app.scope', true), '')) and path < (select left(nullif(current_setting('app.scope', true), ''), -1) || '0'))
  or member_id = any ((select nullif(current_setting('app.self', true), '')::uuid[])::uuid[]));
create policy jobs on floating.door_check to yigongli_jobs using (true);

create table floating.opinion (
  county text not null,
  registration_id uuid not null,
  year integer not null check (year between 1990 and 2199),
  text text not null,
  host_name text not null,
  by_name text not null,
  at timestamptz not null default now(),
  primary key (county, registration_id, year),
  foreign key (county, registration_id) references floating.registration (county, id)
);
comment on table floating.opinion is 'The host''s opinion for the yearly review at home (FLOW-REVIEW). Personal data: row-level security.';
alter table floating.opinion enable row level security;
create policy scope on floating.opinion to yigongli_app using (
  (select true from floating.registration r where r.county = opinion.county and r.id = opinion.registration_id));
create policy jobs on floating.opinion to yigongli_jobs using (true);

create table floating.host_place (
  county text not null,
  organisation_id uuid not null,
  address text not null,
  hours text not null,
  languages text[] not null default '{}',
  route text not null default '',
  phone text not null default '',
  takes_in boolean not null,
  primary key (county, organisation_id)
);
comment on table floating.host_place is 'Where a floating member is welcome: published by the host, read by everybody signed in.';

create table floating.open_gathering (
  county text not null,
  gathering_id uuid not null,
  organisation_id uuid not null,
  primary key (county, gathering_id),
  foreign key (county, gathering_id) references meetings.gathering (county, id)
);
comment on table floating.open_gathering is 'Gatherings that guests who are not assigned may come to.';

create table floating.partner (
  kid text primary key,
  name text not null,
  area_code text not null check (area_code ~ '^\d{2}$'),
  public_x text not null,
  public_y text not null,
  since date not null
);
comment on table floating.partner is 'Other provinces whose signature counts: their root keys.';

-- A copy is known by the one who holds it: whoever has its id has read its code. Finds the registration across the scopes of home and host.
create function floating.of_copy(of_id uuid)
returns table (county text, registration_id uuid, member_id uuid, name text, pass_id uuid, pass_state text, valid_until date, state text, copy_status integer)
language sql stable security definer set search_path = pg_catalog as $$
  select r.county, r.id, r.member_id, r.name, p.id, p.state, p.valid_until, r.state, c.status
  from floating.copy c join floating.pass p on p.county = c.county and p.id = c.pass_id
  join floating.registration r on r.county = p.county and r.id = p.registration_id where c.id = of_id
$$;
comment on function floating.of_copy is 'Whose copy it is: for whoever has read its code at a door or a counter.';

create function floating.of_number(of_county text, of_number text)
returns table (county text, registration_id uuid, member_id uuid, name text, pass_id uuid, pass_state text, valid_until date, state text, copy_status integer)
language sql stable security definer set search_path = pg_catalog as $$
  select r.county, r.id, r.member_id, r.name, p.id, p.state, p.valid_until, r.state, 0
  from floating.pass p join floating.registration r on r.county = p.county and r.id = p.registration_id
  where p.county = of_county and p.number = of_number
$$;
comment on function floating.of_number is 'Whose pass it is, by the number read out at a counter; asked a few times at most (throttled).';

-- Taken in by a host in whose scope it does not stand yet; the caller must be inside the host's own path.
create function floating.let_go(in_county text, in_id uuid, on_day date) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update floating.registration r set state = 'MOVED', moved_on = on_day, host_county = null, host_id = null, host_path = null, branch_id = null,
    branch_path = null, group_id = null, guest_post_id = null, reported_on = null, version = version + 1
  where county = in_county and id = in_id and state in ('REPORTED_IN', 'ASSIGNED', 'PARTICIPATING') and floating.in_scope(r.host_path, r.branch_path);
  return found;
end
$$;
comment on function floating.let_go is 'A host says that a member has moved on: afterwards it no longer sees them, so it cannot write that itself.';

create function floating.take_in(in_county text, in_id uuid, to_county text, to_id uuid, to_path text, on_day date) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not floating.in_scope(to_path) then return false; end if;
  update floating.registration set state = 'REPORTED_IN', host_county = to_county, host_id = to_id, host_path = to_path, reported_on = on_day,
    version = version + 1
  where county = in_county and id = in_id and state in ('PASS_ISSUED', 'MOVED');
  return found;
end
$$;
comment on function floating.take_in is '报到: a host takes in a member who is on the way; nothing else can be changed by it.';

-- What a member attended at home, for the host who shares the ledger: days, kinds and states, nothing of the records.
create function floating.home_parts(in_county text, of_registration uuid, first_day date, last_day date)
returns table (on_day date, kinds text[], state text, place text)
language sql stable security definer set search_path = pg_catalog as $$
  select g.held_on, array(select s.kind from meetings.segment s where s.county = g.county and s.gathering_id = g.id and s.valid), a.state, r.organisation_id::text
  from floating.registration r join meetings.attendance a on a.county = r.county and a.member_id = r.member_id
  join meetings.gathering g on g.county = a.county and g.id = a.gathering_id and g.organisation_id = r.organisation_id
  where r.county = in_county and r.id = of_registration and (floating.in_scope(r.path, r.host_path, r.branch_path) or floating.is_self(r.member_id))
    and g.state in ('CONFIRMED', 'ARCHIVED') and g.held_on between first_day and last_day
$$;
comment on function floating.home_parts is 'What a floating member attended at home, for the three who read the ledger.';

-- The same copy at another place at nearly the same time, whatever the county. Says only that it was so.
create function floating.shown_elsewhere(of_copy uuid, at timestamptz, not_at uuid, within interval) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from floating.door_check d where d.copy_id = of_copy and d.gathering_id <> not_at
    and d.device_at between at - within and at + within)
$$;
comment on function floating.shown_elsewhere is 'Was this copy shown at another gathering at nearly the same time? Never says where.';

comment on column floating.registration.unit is 'Employer or school, in words.';
comment on column floating.registration.host_county is 'County of the host.';
comment on column floating.registration.host_path is 'Path of the host, follows it when it moves.';
comment on column floating.registration.branch_path is 'Path of that branch, follows it when it moves.';
comment on column floating.registration.lost_since is 'Last day of which something was heard; empty while there is contact.';
comment on column floating.entry.action is 'The step (rules/floating.ts).';
comment on column floating.entry.side is 'On which side it was taken: home branch, home committee, host, the member, or the host''s record itself.';
comment on column floating.issuer_key.public_x is 'Coordinate on P-256, base64url.';
comment on column floating.issuer_key.public_y is 'Coordinate on P-256, base64url.';
comment on column floating.copy.list is 'Number of the county''s status list.';
comment on column floating.copy.kid is 'The key that signed it.';
comment on column floating.participation.host_county is 'County of the host; empty outside the province.';
comment on column floating.participation.host_path is 'Path of the host''s branch, follows it when it moves; empty outside the province.';
comment on column floating.participation.kinds is 'Valid segments of the gathering.';
comment on column floating.participation.attendance is 'As the host recorded it, or as corrected by an answered dispute.';
comment on column floating.participation.outcome is 'Of the dispute: the row stands, or was corrected.';
comment on column floating.participation.answer is 'What the host found; member and home see it.';
comment on column floating.door_check.outcome is 'What verifying gave (docs/pass).';
comment on column floating.door_check.branch is 'As the pass says it.';
comment on column floating.door_check.admitted is 'What the host decided, whatever the outcome.';
comment on column floating.opinion.year is 'The year it speaks of.';
comment on column floating.opinion.text is 'The opinion; home and member read it.';
comment on column floating.host_place.hours is 'Opening hours, in words.';
comment on column floating.host_place.languages is 'Spoken there, in words.';
comment on column floating.host_place.route is 'How to get there, in words.';
comment on column floating.host_place.phone is 'Of the office.';
comment on column floating.host_place.takes_in is 'Members may report in here.';
comment on column floating.partner.kid is 'Thumbprint of the key (RFC 7638), as its files name it.';
comment on column floating.partner.public_x is 'Coordinate on P-256, base64url.';
comment on column floating.partner.public_y is 'Coordinate on P-256, base64url.';
comment on column floating.partner.since is 'Day on which it was agreed.';
