-- The platform's own tables. Placement: see tables.ts. No triggers anywhere (Citus, ARCHITECTURE.md §5).
create schema if not exists platform;

create table platform.event (
  county text not null check (county ~ '^\d{6}$'),
  id uuid not null,
  position bigint generated always as identity,
  transaction xid8 not null default pg_current_xact_id(),
  type text not null check (type ~ '^[a-z]+(\.[a-zA-Z]+)+$'),
  node_id uuid not null,
  path text collate "C" not null,
  subject_id uuid not null,
  account_id uuid,
  post_id uuid,
  data jsonb not null default '{}',
  at timestamptz not null default clock_timestamp(),
  primary key (county, id)
);
create index event_order on platform.event (transaction, position);
create index event_subject on platform.event (county, subject_id);
comment on table platform.event is 'What happened, one row per write, in the same transaction as the write. Source of every projection.';
comment on column platform.event.position is 'Handed out before commit; only together with transaction an order.';
comment on column platform.event.transaction is 'The writing transaction. The tail never passes one that is still open.';
comment on column platform.event.node_id is 'Where in the hierarchy it happened.';
comment on column platform.event.subject_id is 'What it happened to.';

create table platform.projection (
  name text primary key,
  transaction xid8 not null default '0',
  position bigint not null default 0,
  moved_at timestamptz not null default now(),
  failure text
);
comment on table platform.projection is 'How far each projection has read the events.';
comment on column platform.projection.transaction is 'With position, the last event it has read.';
comment on column platform.projection.position is 'With transaction, the last event it has read.';
comment on column platform.projection.failure is 'The last error, while the projection is held up by one.';

create table platform.audit (
  county text not null check (county ~ '^\d{6}$'),
  id uuid not null,
  at timestamptz not null default clock_timestamp(),
  operation text not null,
  account_id uuid,
  actor_name text not null,
  post_id uuid,
  post_role text,
  purpose text,
  subject_id uuid,
  row_count integer not null check (row_count >= 0),
  primary key (county, id)
);
create index audit_subject on platform.audit (county, subject_id, at desc);
create index audit_at on platform.audit (at);
comment on table platform.audit is 'Who did or read what, acting as what, for which purpose, how many rows. Append-only; chained by platform.audit_link.';
comment on column platform.audit.row_count is 'How many rows came back or were written.';

create table platform.audit_link (
  shard smallint not null,
  number bigint not null,
  county text not null,
  audit_id uuid not null,
  hash bytea not null check (octet_length(hash) = 32),
  primary key (shard, number),
  unique (shard, county, audit_id)
);
create unique index audit_link_once on platform.audit_link (county, audit_id);
comment on table platform.audit_link is 'The chain over the audit: hash = SHA-256(previous hash, audit row). Made after the write, so it never slows one.';
comment on column platform.audit_link.shard is '0–15, by account.';

create table platform.audit_checkpoint (
  shard smallint not null,
  number bigint not null,
  hash bytea not null,
  at timestamptz not null default now(),
  signature bytea not null,
  public_key text not null,
  primary key (shard, number)
);
comment on table platform.audit_checkpoint is 'A signed statement of how far the chain had come and with which hash (Ed25519).';
comment on column platform.audit_checkpoint.shard is '0–15.';
comment on column platform.audit_checkpoint.signature is 'Ed25519 over shard, number and hash.';
comment on column platform.audit_checkpoint.public_key is 'SPKI, PEM; counts only when the key file names it.';

create table platform.account (
  id uuid primary key,
  name text not null check (length(name) between 1 and 60),
  phone_hash bytea not null unique,
  phone_sealed bytea not null,
  password_hash text,
  subject_id uuid,
  created_at timestamptz not null default now(),
  closed_at timestamptz
);
create index account_subject on platform.account (subject_id);
comment on table platform.account is 'A natural person who can sign in. Phone encrypted, found by keyed hash.';
comment on column platform.account.subject_id is 'The person''s own record in the domain, if any.';

create table platform.post (
  id uuid primary key,
  account_id uuid not null references platform.account,
  role text not null,
  node_id uuid not null,
  from_day date not null,
  until_day date,
  granted_by uuid,
  granted_at timestamptz not null default now(),
  check (until_day is null or until_day >= from_day)
);
create index post_account on platform.post (account_id);
create index post_node on platform.post (node_id);
comment on table platform.post is '岗位: a role at a node for a time. Rights never add up across posts.';

create table platform.session (
  id uuid primary key,
  account_id uuid not null references platform.account,
  token_hash bytea not null unique,
  device_id uuid not null,
  device_name text not null default '',
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index session_account on platform.session (account_id) where revoked_at is null;
comment on table platform.session is 'A sign-in on one device; listed and revocable by its owner.';

create table platform.one_time_code (
  phone_hash bytea primary key,
  code_hash bytea not null,
  expires_at timestamptz not null,
  attempts integer not null default 0
);
comment on table platform.one_time_code is 'The last code sent to a number, hashed; five attempts.';
comment on column platform.one_time_code.attempts is 'How often a code was tried; after five it is void.';

create table platform.attempt (
  kind text not null,
  key bytea not null,
  window_start timestamptz not null,
  count integer not null default 1,
  primary key (kind, key, window_start)
);
comment on table platform.attempt is 'Throttle counters per kind, key (hashed) and window.';
comment on column platform.attempt.key is 'Keyed hash of whoever is counted: a number, a device, a network, an account.';

create table platform.notification (
  account_id uuid not null,
  id uuid not null,
  at timestamptz not null default now(),
  kind text not null,
  title jsonb not null,
  body jsonb not null,
  because jsonb not null,
  href text not null,
  read_at timestamptz,
  digested_at timestamptz,
  once text not null,
  primary key (account_id, id),
  unique (account_id, once)
);
create index notification_inbox on platform.notification (account_id, at desc, id);
create index notification_undigested on platform.notification (account_id) where digested_at is null and read_at is null;
comment on table platform.notification is 'The inbox. Distributed by account, since a person moves between counties.';
comment on column platform.notification.because is 'Why this person is told, one sentence {zh, en}.';
comment on column platform.notification.once is 'The same key is told once: one reminder per item.';
comment on column platform.notification.digested_at is 'When the daily digest carried it to the phone.';

create table platform.notification_choice (
  account_id uuid primary key,
  muted text[] not null default '{}',
  digest boolean not null default true
);
comment on table platform.notification_choice is 'What a person does not want to be told, and whether the daily digest goes out.';

create table platform.blob (
  sha256 bytea primary key check (octet_length(sha256) = 32),
  bytes bigint not null,
  media_type text not null,
  stored_at timestamptz not null default now()
);
comment on table platform.blob is 'Content-addressed bytes on disk, each once.';
comment on column platform.blob.sha256 is 'Of the bytes as they are kept.';

create table platform.file (
  id uuid primary key,
  account_id uuid not null,
  sha256 bytea not null references platform.blob,
  source_sha256 bytea not null,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  created_at timestamptz not null default now()
);
create index file_account on platform.file (account_id);
comment on table platform.file is 'A name for a blob, owned by who sent it; records refer to it by id.';
comment on column platform.file.sha256 is 'Of the bytes as they are kept, after re-encoding.';
comment on column platform.file.source_sha256 is 'Hash of what was sent, before re-encoding: tells a repeated upload from another file.';

-- The queue's own tables are closed to everybody but the owner, so a job is added by the owner's hand.
create function platform.add_job(task text, payload json, key text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.add_job(task, payload, job_key := key);
end
$$;
revoke execute on function platform.add_job from public;
comment on function platform.add_job is 'Adds a job to the queue, in the transaction that asks for it.';
