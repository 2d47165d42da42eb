create schema reviews;

create table reviews.review (
  county text not null check (county ~ '^\d{6}$'),
  organisation_id uuid not null,
  year text not null check (year ~ '^\d{4}$'),
  path text collate "C" not null,
  state text not null check (state in ('PREPARING', 'RATING', 'OPINION', 'CLOSED')),
  gathering_id uuid,
  preparation jsonb not null default '{}',
  people integer not null default 0 check (people >= 0),
  mass_voters integer not null default 0 check (mass_voters >= 0),
  over_reason text not null default '',
  rule_version text,
  closed_on date,
  closed_by_name text not null default '',
  version integer not null default 1,
  primary key (county, organisation_id, year),
  check ((state = 'CLOSED') = (closed_on is not null))
);
create index review_path on reviews.review (path);
comment on table reviews.review is '民主评议党员 of a branch for a year, from preparation to the letters. After closing only amendments.';
comment on column reviews.review.path is 'Path of the organisation, follows it when it moves.';
comment on column reviews.review.gathering_id is 'The organisational-life meeting at which it is done; criticism and self-criticism stand in its record.';
comment on column reviews.review.preparation is 'By step of LIFE-ORG-MEETING: the day it was done and a note.';
comment on column reviews.review.people is 'How many are reviewed; fixed when the ratings open.';
comment on column reviews.review.mass_voters is 'People of the masses who took part in 民主测评.';
comment on column reviews.review.over_reason is 'Why more are 优秀 than LIFE-REVIEW generally allows.';
comment on column reviews.review.rule_version is 'Wording of LIFE-REVIEW at closing.';

create table reviews.person (
  county text not null,
  organisation_id uuid not null,
  year text not null,
  member_id uuid not null,
  path text collate "C" not null,
  name text not null,
  probationary boolean not null,
  assessment_sealed bytea,
  paper jsonb,
  phones jsonb,
  masses jsonb,
  grade text check (grade in ('EXCELLENT', 'QUALIFIED', 'BASICALLY_QUALIFIED', 'UNQUALIFIED')),
  opinion_sealed bytea,
  version integer not null default 1,
  primary key (county, organisation_id, year, member_id),
  foreign key (county, organisation_id, year) references reviews.review (county, organisation_id, year)
);
create index person_member on reviews.person (county, member_id);
comment on table reviews.person is 'One who is reviewed. Texts are sealed and opened one at a time, with a purpose on record.';
comment on column reviews.person.probationary is 'On probation: reviewed, but without a grade.';
comment on column reviews.person.assessment_sealed is '个人自评: text and own grade, AES-256-GCM.';
comment on column reviews.person.paper is '党员互评 on paper: votes by grade.';
comment on column reviews.person.phones is '党员互评 from phones: votes by grade, written when the box is opened; the ballots are gone then.';
comment on column reviews.person.masses is '民主测评: votes by grade.';
comment on column reviews.person.grade is '评定等次: an opinion, never a decision about 党籍.';
comment on column reviews.person.opinion_sealed is '组织评定意见, AES-256-GCM.';

create table reviews.voter (
  county text not null,
  organisation_id uuid not null,
  year text not null,
  member_id uuid not null,
  path text collate "C" not null,
  primary key (county, organisation_id, year, member_id),
  foreign key (county, organisation_id, year) references reviews.review (county, organisation_id, year)
);
comment on table reviews.voter is 'Whose ballot is in the box, so that nobody votes twice. Without a time: it must not lead to the ballot.';

create table reviews.ballot (
  county text not null,
  id uuid not null default gen_random_uuid(),
  organisation_id uuid not null,
  year text not null,
  path text collate "C" not null,
  sealed bytea not null,
  primary key (county, id),
  foreign key (county, organisation_id, year) references reviews.review (county, organisation_id, year)
);
create index ballot_review on reviews.ballot (county, organisation_id, year);
comment on table reviews.ballot is 'The box: one sealed ballot a row, without whose it is or when it came. Opened all together at closing and destroyed in the same transaction.';
comment on column reviews.ballot.sealed is 'Grades by member, padded to one length, AES-256-GCM.';

create table reviews.amendment (
  county text not null,
  id uuid not null,
  organisation_id uuid not null,
  year text not null,
  member_id uuid not null,
  path text collate "C" not null,
  at timestamptz not null default now(),
  account_id uuid not null,
  by_name text not null,
  field text not null check (field in ('grade', 'opinion')),
  sealed bytea not null,
  primary key (county, id),
  foreign key (county, organisation_id, year, member_id) references reviews.person (county, organisation_id, year, member_id)
);
create index amendment_person on reviews.amendment (county, organisation_id, year, member_id, at);
comment on table reviews.amendment is 'Corrections after closing, append-only; the member sees them beside the letter.';
comment on column reviews.amendment.sealed is 'What was said before, what is said now and why, AES-256-GCM.';

create table reviews.rectification (
  county text not null,
  id uuid not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  year text not null check (year ~ '^\d{4}$'),
  problem text not null,
  measure text not null,
  member_id uuid not null,
  name text not null,
  due_on date not null,
  state text not null default 'OPEN' check (state in ('OPEN', 'DONE', 'VERIFIED')),
  done_on date,
  done_account_id uuid,
  done_name text not null default '',
  done_note text not null default '',
  verified_on date,
  verified_name text not null default '',
  verified_note text not null default '',
  reminded_on date,
  version integer not null default 1,
  primary key (county, id),
  check (state = 'OPEN' or done_on is not null),
  check ((state = 'VERIFIED') = (verified_on is not null))
);
create index rectification_organisation on reviews.rectification (county, organisation_id, year, due_on);
create index rectification_member on reviews.rectification (county, member_id);
create index rectification_due on reviews.rectification (due_on) where state = 'OPEN';
comment on table reviews.rectification is '整改清单: what is to be put right, by whom, until when; done and then verified by another person.';
comment on column reviews.rectification.member_id is 'Who puts it right, 责任人.';
comment on column reviews.rectification.done_account_id is 'Who reported it done; may not verify it.';
comment on column reviews.rectification.reminded_on is 'Day of the last look of the reminder.';

create table reviews.promise (
  county text not null,
  id uuid not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  year text not null check (year ~ '^\d{4}$'),
  member_id uuid not null,
  name text not null,
  text text not null,
  due_on date,
  state text not null default 'OPEN' check (state in ('OPEN', 'CLOSED')),
  closing text not null default '',
  closed_on date,
  version integer not null default 1,
  primary key (county, id),
  check ((state = 'CLOSED') = (closed_on is not null))
);
create index promise_organisation on reviews.promise (county, organisation_id, year);
create index promise_member on reviews.promise (county, member_id);
comment on table reviews.promise is '党员公开承诺: what a member promises for a year, open to the branch, closed with a sentence.';

create table reviews.follow_up (
  county text not null,
  id uuid not null,
  path text collate "C" not null,
  rectification_id uuid,
  promise_id uuid,
  at timestamptz not null default now(),
  by_name text not null,
  text text not null,
  primary key (county, id),
  foreign key (county, rectification_id) references reviews.rectification (county, id),
  foreign key (county, promise_id) references reviews.promise (county, id),
  check ((rectification_id is null) <> (promise_id is null))
);
create index follow_up_rectification on reviews.follow_up (county, rectification_id, at);
create index follow_up_promise on reviews.follow_up (county, promise_id, at);
comment on table reviews.follow_up is 'How an item of the list or a promise is going, append-only.';

create table reviews.talk (
  county text not null,
  id uuid not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  day date not null,
  member_id uuid not null,
  name text not null,
  other_member_id uuid not null,
  other_name text not null,
  primary key (county, id),
  check (member_id < other_member_id)
);
create index talk_organisation on reviews.talk (county, organisation_id, day);
comment on table reviews.talk is '谈心谈话 took place: the day and the pair. What was said is not kept, so there is no place for it.';

create table reviews.oath (
  county text not null,
  gathering_id uuid not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  note text not null default '',
  primary key (county, gathering_id)
);
create index oath_organisation on reviews.oath (county, organisation_id);
comment on table reviews.oath is '重温入党誓词 at a gathering: that it was done, as a note beside it.';

-- The scope of the post, and one's own rows. Sub-selects, so that the settings are read once and not for every row.
alter table reviews.person enable row level security;
create policy scope on reviews.person to yigongli_app using (
  (path >= (select nullif(current_setting('app.scope', true), '')) and path < (select left(nullif(current_setting('app.scope', true), ''), -1) || '0'))
  or member_id = any ((select nullif(current_setting('app.self', true), '')::uuid[])::uuid[]));
create policy jobs on reviews.person to yigongli_jobs using (true);

alter table reviews.voter enable row level security;
create policy scope on reviews.voter to yigongli_app using (
  (path >= (select nullif(current_setting('app.scope', true), '')) and path < (select left(nullif(current_setting('app.scope', true), ''), -1) || '0'))
  or member_id = any ((select nullif(current_setting('app.self', true), '')::uuid[])::uuid[]));
create policy jobs on reviews.voter to yigongli_jobs using (true);

alter table reviews.amendment enable row level security;
create policy scope on reviews.amendment to yigongli_app using (
  (path >= (select nullif(current_setting('app.scope', true), '')) and path < (select left(nullif(current_setting('app.scope', true), ''), -1) || '0'))
  or member_id = any ((select nullif(current_setting('app.self', true), '')::uuid[])::uuid[]));
create policy jobs on reviews.amendment to yigongli_jobs using (true);

alter table reviews.rectification enable row level security;
create policy scope on reviews.rectification to yigongli_app using (
  (path >= (select nullif(current_setting('app.scope', true), '')) and path < (select left(nullif(current_setting('app.scope', true), ''), -1) || '0'))
  or member_id = any ((select nullif(current_setting('app.self', true), '')::uuid[])::uuid[]));
create policy jobs on reviews.rectification to yigongli_jobs using (true);

alter table reviews.promise enable row level security;
create policy scope on reviews.promise to yigongli_app using (
  (path >= (select nullif(current_setting('app.scope', true), '')) and path < (select left(nullif(current_setting('app.scope', true), ''), -1) || '0'))
  or member_id = any ((select nullif(current_setting('app.self', true), '')::uuid[])::uuid[]));
create policy jobs on reviews.promise to yigongli_jobs using (true);

alter table reviews.talk enable row level security;
create policy scope on reviews.talk to yigongli_app using (
  (path >= (select nullif(current_setting('app.scope', true), '')) and path < (select left(nullif(current_setting('app.scope', true), ''), -1) || '0'))
  or array[member_id, other_member_id] && (select nullif(current_setting('app.self', true), '')::uuid[]));
create policy jobs on reviews.talk to yigongli_jobs using (true);

-- Everybody may put a ballot in; only the scope of the branch may take the box, and what is in it is sealed.
alter table reviews.ballot enable row level security;
create policy cast_in on reviews.ballot for insert to yigongli_app with check (true);
create policy scope on reviews.ballot to yigongli_app using (
  path >= (select nullif(current_setting('app.scope', true), '')) and path < (select left(nullif(current_setting('app.scope', true), ''), -1) || '0'));
create policy jobs on reviews.ballot to yigongli_jobs using (true);
comment on column reviews.review.year is 'The year that is reviewed.';
comment on column reviews.person.year is 'The year that is reviewed.';
comment on column reviews.voter.year is 'The year that is reviewed.';
comment on column reviews.ballot.year is 'The year that is reviewed.';
comment on column reviews.amendment.year is 'The year that is reviewed.';
comment on column reviews.amendment.field is 'What was corrected after closing: grade or opinion.';
comment on column reviews.rectification.year is 'Year of the meeting the item comes from.';
comment on column reviews.rectification.problem is 'What is to be put right, 问题.';
comment on column reviews.rectification.measure is 'How, 整改措施.';
comment on column reviews.promise.year is 'The year it is made for.';
comment on column reviews.promise.text is '公开承诺, in the words of the member.';
comment on column reviews.promise.closing is 'The sentence with which it was closed.';
comment on column reviews.follow_up.text is 'What was done or seen since.';
comment on column reviews.talk.day is 'Day of the talk; nothing of what was said is kept.';
