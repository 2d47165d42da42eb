-- The ways in which the daily digest leaves the house.
alter table platform.notification_choice add column sms boolean not null default false;
comment on column platform.notification_choice.sms is 'The digest also goes out as a text message.';

create table platform.push_subscription (
  account_id uuid not null,
  device_id uuid not null,
  address_hash bytea not null,
  subscription_sealed bytea not null,
  created_at timestamptz not null default now(),
  primary key (account_id, device_id)
);
create index push_subscription_address on platform.push_subscription (address_hash);
comment on table platform.push_subscription is 'Web Push of one device of one person, sealed. Used only while that person is signed in on that device.';
comment on column platform.push_subscription.address_hash is 'Keyed hash of the address: a browser that changes hands tells only whoever subscribed last.';

create table platform.text_message (
  account_id uuid not null,
  id uuid not null,
  at timestamptz not null default now(),
  body text not null,
  primary key (account_id, id)
);
create index text_message_last on platform.text_message (account_id, at desc);
comment on table platform.text_message is 'Text messages of the digest, shown to whom they were sent. They say only that there is something.';
