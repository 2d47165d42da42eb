create table sync.change (
  county text not null check (county ~ '^\d{6}$'),
  gathering_id uuid not null,
  organisation_id uuid not null,
  revision bigint not null,
  primary key (county, gathering_id)
);
create index change_since on sync.change (county, organisation_id, revision);
comment on table sync.change is 'When each gathering last changed, counted in revisions, so that a phone is sent only what it has not seen. A projection.';
comment on column sync.change.revision is 'Of sync.revision when it changed.';

create table sync.revision (
  one boolean primary key default true check (one),
  number bigint not null default 0
);
insert into sync.revision default values;
comment on table sync.revision is 'How often the projection of changes has moved; grows and never falls.';
comment on column sync.revision.one is 'There is one row.';
