create schema sync;

create table sync.act (
  account_id uuid not null,
  id uuid not null,
  operation text not null,
  content_hash bytea not null,
  seq bigint not null check (seq >= 0),
  device_at timestamptz not null,
  offset_ms bigint,
  received_at timestamptz not null,
  outcome text not null check (outcome in ('DONE', 'MERGED', 'CONFLICT', 'REFUSED')),
  said jsonb,
  problem jsonb,
  primary key (account_id, id)
);
create index act_received on sync.act (account_id, received_at desc);
comment on table sync.act is 'Receipts: what became of each act that was done without a network. Written in the transaction that does it, so it is done once.';
comment on column sync.act.content_hash is 'SHA-256 of what was asked, so that the same id for something else is refused.';
comment on column sync.act.seq is 'Order on the device.';
comment on column sync.act.device_at is 'What the device''s clock said, uncorrected.';
comment on column sync.act.offset_ms is 'Estimated milliseconds by which the platform''s clock was ahead of the device''s.';
comment on column sync.act.said is 'What became of it, {zh, en}, where that is more than done.';
comment on column sync.act.problem is 'Why it was not done: code, status, title {zh, en}, fields.';

create table sync.conflict (
  county text not null check (county ~ '^\d{6}$'),
  id uuid not null,
  organisation_id uuid not null,
  path text collate "C" not null,
  gathering_id uuid not null,
  act_id uuid not null,
  account_id uuid not null,
  by_name text not null,
  operation text not null,
  field text not null,
  mine jsonb not null,
  theirs jsonb not null,
  device_at timestamptz not null,
  received_at timestamptz not null,
  settled_at timestamptz,
  settled_by uuid,
  kept text check (kept in ('MINE', 'THEIRS')),
  primary key (county, id),
  unique (county, act_id, field),
  check ((settled_at is null) = (kept is null))
);
create index conflict_open on sync.conflict (county, organisation_id) where settled_at is null;
comment on table sync.conflict is 'A field changed on two sides: the recorder decides between both values. Kept after it is settled.';
comment on column sync.conflict.path is 'Path of the organisation, follows it when it moves.';
comment on column sync.conflict.field is 'The field both sides changed; attendance for a word about who was there.';
comment on column sync.conflict.mine is 'What came later, without having seen what is on record.';
comment on column sync.conflict.theirs is 'What was on record.';
comment on column sync.conflict.kept is 'Which of the two the recorder kept.';
comment on column sync.conflict.device_at is 'What the device''s clock said, corrected by the estimated offset.';
comment on column sync.act.outcome is 'DONE, MERGED (others changed other parts), CONFLICT (a person decides) or REFUSED.';
