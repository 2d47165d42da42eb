create table sync.device_key (
  key_id text primary key,
  account_id uuid not null,
  session_id uuid not null,
  x text not null check (length(x) = 43),
  y text not null check (length(y) = 43),
  registered_at timestamptz not null default now()
);
create index device_key_session on sync.device_key (session_id);
comment on table sync.device_key is 'Public signing keys of devices (P-256). One counts as long as the session it was registered in.';
comment on column sync.device_key.key_id is 'Thumbprint of the key (RFC 7638).';
comment on column sync.device_key.x is 'Coordinate, base64url.';
comment on column sync.device_key.y is 'Coordinate, base64url.';

create table sync.package (
  account_id uuid not null,
  id uuid not null,
  content_hash bytea not null check (octet_length(content_hash) = 32),
  session_id uuid not null,
  carried_by uuid not null,
  made_at timestamptz not null,
  received_at timestamptz not null,
  act_ids uuid[] not null,
  primary key (account_id, id)
);
comment on table sync.package is 'Packages that were carried by hand and have arrived, each once. What was in them stands in sync.act.';
comment on column sync.package.account_id is 'The author, whose device signed it.';
comment on column sync.package.content_hash is 'SHA-256 of what was signed.';
comment on column sync.package.session_id is 'The session in which the device signed it.';
comment on column sync.package.carried_by is 'The account that delivered it.';
comment on column sync.package.made_at is 'When the device says it was made.';
comment on column sync.package.act_ids is 'The acts that have a receipt.';
