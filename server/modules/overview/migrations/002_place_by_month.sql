-- A month stays with the superiors it had: a place holds from one month to another. What was kept before holds for all months until the
-- reconciliation or a rebuild reads the history.
alter table overview.place
  add column since text collate "C" not null default '' check (since ~ '^(\d{4}-\d{2})?$'),
  add column until text collate "C" check (until ~ '^\d{4}-\d{2}$' and until > since),
  drop constraint place_pkey,
  add primary key (county, organisation_id, since);
alter table overview.place alter column since drop default;
create unique index place_now on overview.place (county, organisation_id) where until is null;
comment on table overview.place is 'Under whom an organisation is counted, from one month to another: itself and all its superiors, as the rollups believe it. A move is the difference between this and the history of the tree.';
comment on column overview.place.since is 'First month, as 2026-03, in which it holds on the last day; empty for the first place.';
comment on column overview.place.until is 'First month in which it no longer holds; empty while it does.';
comment on table overview.rollup is 'The same for an organisation and everything below it: always the sum of overview.own over all whose place in that period names it.';
comment on column overview.drift.period is 'Period of the numbers; of a place `now`.';
