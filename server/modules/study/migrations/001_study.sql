create schema study;

create table study.pack (
  county text not null check (county ~ '^\d{6}$'),
  id uuid not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  title text not null check (length(title) between 1 and 80),
  summary text not null default '',
  parts jsonb not null,
  bytes bigint not null check (bytes >= 0),
  minutes integer not null check (minutes between 1 and 480),
  expires_on date,
  published_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  withdraw_reason text not null default '',
  version integer not null default 1,
  content_hash bytea not null,
  primary key (county, id)
);
create index pack_organisation on study.pack (county, organisation_id, published_at desc, id);
comment on table study.pack is 'Articles, audio, video and booklets a committee offers to its subtree. Who opened one is kept nowhere.';
comment on column study.pack.path is 'Path of the publishing organisation, follows it when it moves: a pack is offered to everything below.';
comment on column study.pack.summary is 'What it is about, in one or two sentences.';
comment on column study.pack.parts is '[{id, kind, title, text, fileId, mediaType, bytes, sha256}] in order; an article has a text, everything else a file.';
comment on column study.pack.bytes is 'Size of all parts, shown before anything is fetched.';
comment on column study.pack.minutes is 'How long it takes to study together, as the publisher thinks; proposed for gatherings.';
comment on column study.pack.expires_on is 'Last day on which it is offered.';
comment on column study.pack.content_hash is 'Of the last input, so that the same request twice is recognised.';

create table study.collective (
  county text not null,
  gathering_id uuid not null,
  organisation_id uuid not null,
  items jsonb not null,
  added_later boolean not null default false,
  version integer not null default 1,
  primary key (county, gathering_id),
  foreign key (county, gathering_id) references meetings.gathering (county, id)
);
create index collective_organisation on study.collective (county, organisation_id);
comment on table study.collective is '集体学习: what is studied at a gathering and for how many minutes. Only what is confirmed with the gathering counts.';
comment on column study.collective.items is '[{id, packId, title, minutes, form}] in order; form is COLLECTIVE 集体学习 or TRAINING 集中培训.';
comment on column study.collective.added_later is 'Changed after the gathering was confirmed, which only the secretary may.';

create table study.learned (
  county text not null,
  gathering_id uuid not null,
  member_id uuid not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  held_on date not null,
  minutes integer not null check (minutes > 0),
  training boolean not null,
  primary key (county, gathering_id, member_id),
  foreign key (county, gathering_id) references meetings.gathering (county, id)
);
create index learned_member on study.learned (member_id, held_on);
create index learned_organisation on study.learned (county, organisation_id, held_on);
comment on table study.learned is 'Minutes of collective study of each person present at a confirmed gathering: a projection, can be computed again at any time. What one studies alone is not here and nowhere.';
comment on column study.learned.path is 'Path of the organisation that held the gathering, follows it when it moves.';
comment on column study.learned.minutes is 'Minutes planned for study, never more than the gathering lasted.';
comment on column study.learned.training is '集中培训 was part of it.';

alter table study.learned enable row level security;
create policy scope on study.learned to yigongli_app using (
  member_id = any ((select nullif(current_setting('app.self', true), '')::uuid[])::uuid[])
  or (path >= (select nullif(current_setting('app.scope', true), ''))
    and path < (select left(nullif(current_setting('app.scope', true), ''), -1) || '0'))
);
create policy jobs on study.learned to yigongli_jobs using (true);

create table study.question (
  county text not null check (county ~ '^\d{6}$'),
  id uuid not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  member_id uuid not null,
  by_name text not null,
  pack_id uuid,
  about text not null default '',
  text text not null check (length(text) between 1 and 500),
  asked_at timestamptz not null default now(),
  answer text not null default '',
  answered_by text not null default '',
  answered_at timestamptz,
  primary key (county, id)
);
create index question_organisation on study.question (county, organisation_id, asked_at desc, id);
create index question_member on study.question (member_id, asked_at desc);
comment on table study.question is 'What a member asks the branch, and the answer of its secretary or recorder. Read by these and the asker only.';
comment on column study.question.path is 'Path of the branch, follows it when it moves.';
comment on column study.question.about is 'Title of the pack it is about, as it was called then.';
comment on column study.question.text is 'The question.';
comment on column study.question.answer is 'Empty until it is answered.';
comment on column study.question.answered_by is 'Name of the secretary or recorder who answered.';

alter table study.question enable row level security;
create policy scope on study.question to yigongli_app using (
  member_id = any ((select nullif(current_setting('app.self', true), '')::uuid[])::uuid[])
  or (path >= (select nullif(current_setting('app.scope', true), ''))
    and path < (select left(nullif(current_setting('app.scope', true), ''), -1) || '0'))
);
create policy jobs on study.question to yigongli_jobs using (true);
