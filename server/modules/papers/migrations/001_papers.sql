create schema papers;

create table papers.yearbook (
  county text not null check (county ~ '^\d{6}$'),
  id uuid not null,
  organisation_id uuid not null,
  account_id uuid not null,
  post_id uuid not null,
  year integer not null check (year between 1990 and 2199),
  form text not null check (form in ('PDF', 'ZIP')),
  state text not null default 'WAITING' check (state in ('WAITING', 'WORKING', 'READY', 'FAILED')),
  origin text not null,
  done integer not null default 0 check (done between 0 and total),
  total integer not null default 0,
  file_id uuid,
  bytes bigint,
  sha256 bytea check (octet_length(sha256) = 32),
  failure jsonb,
  asked_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (county, id),
  check ((state = 'READY') = (file_id is not null))
);
create index yearbook_organisation on papers.yearbook (county, organisation_id, asked_at desc);
comment on table papers.yearbook is '年度档案: a year of a branch bound into one file by a job, for those who keep its records.';
comment on column papers.yearbook.account_id is 'Who asked.';
comment on column papers.yearbook.post_id is 'The post they acted in; the job reads with its rights, and not at all when it is no longer held.';
comment on column papers.yearbook.origin is 'Scheme and host people use, for the addresses in the QR codes.';
comment on column papers.yearbook.done is 'Records written into it so far.';
comment on column papers.yearbook.file_id is 'The finished file among the platform''s files.';
comment on column papers.yearbook.failure is 'Why it failed, {zh, en}.';

create table papers.feed (
  account_id uuid not null,
  id uuid not null,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  organisation_id uuid,
  label text not null check (length(label) between 1 and 40),
  created_at timestamptz not null default now(),
  read_on date,
  primary key (id),
  unique (token_hash)
);
create index feed_account on papers.feed (account_id, created_at desc);
comment on table papers.feed is '日历订阅: a private address at which a calendar program reads when and where gatherings are. Revoked means gone.';
comment on column papers.feed.token_hash is 'Keyed hash of the secret part of the address; the secret itself is kept nowhere.';
comment on column papers.feed.organisation_id is 'Whose calendar; empty for the account''s own.';
comment on column papers.feed.label is 'Where it is used, in its owner''s words.';
comment on column papers.feed.read_on is 'Last day on which it was read, so that one that nobody uses is found.';
comment on column papers.yearbook.year is 'The calendar year it tells, Asia/Shanghai.';
comment on column papers.yearbook.form is 'PDF: one document with contents; ZIP: papers, attachments, data and checksums.';
comment on column papers.yearbook.total is 'Confirmed records of the year; 0 before it has begun.';
comment on column papers.yearbook.sha256 is 'Of the finished file.';
