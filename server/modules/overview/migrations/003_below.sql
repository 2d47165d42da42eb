-- A rollup says what lies below an organisation; its own numbers stand beside it in overview.own. Nine of ten organisations have nothing below
-- them: they no longer keep every number twice, and a sign-in no longer writes it twice.
create table overview.below (like overview.rollup including all);
insert into overview.below
select * from (
  select county, organisation_id, period,
    r.branches - coalesce(o.branches, 0) as branches,
    r.members - coalesce(o.members, 0) as members,
    r.full_members - coalesce(o.full_members, 0) as full_members,
    r.floating - coalesce(o.floating, 0) as floating,
    r.gatherings - coalesce(o.gatherings, 0) as gatherings,
    r.general_meetings - coalesce(o.general_meetings, 0) as general_meetings,
    r.committee_meetings - coalesce(o.committee_meetings, 0) as committee_meetings,
    r.group_meetings - coalesce(o.group_meetings, 0) as group_meetings,
    r.party_lectures - coalesce(o.party_lectures, 0) as party_lectures,
    r.theme_days - coalesce(o.theme_days, 0) as theme_days,
    r.org_life_meetings - coalesce(o.org_life_meetings, 0) as org_life_meetings,
    r.democratic_reviews - coalesce(o.democratic_reviews, 0) as democratic_reviews,
    r.expected - coalesce(o.expected, 0) as expected,
    r.present - coalesce(o.present, 0) as present,
    r.sign_ins - coalesce(o.sign_ins, 0) as sign_ins,
    r.duties_met - coalesce(o.duties_met, 0) as duties_met,
    r.duties_due - coalesce(o.duties_due, 0) as duties_due,
    r.duties_missed - coalesce(o.duties_missed, 0) as duties_missed
  from overview.rollup r left join overview.own o using (county, organisation_id, period)) b
where (branches, members, full_members, floating, gatherings, general_meetings, committee_meetings, group_meetings, party_lectures, theme_days, org_life_meetings, democratic_reviews, expected, present, sign_ins, duties_met, duties_due, duties_missed) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
drop table overview.rollup;
alter table overview.below rename to rollup;
alter index overview.below_pkey rename to rollup_pkey;
comment on table overview.rollup is 'What lies below an organisation, added up: always the sum of overview.own over all others whose place names it.';
comment on column overview.rollup.county is 'County of the organisation the sum belongs to, not of those it adds up.';
-- Both are written by one projection only, a row or two for each sign-in: room for changes in their pages, and lengths instead of patterns.
alter table overview.own set (fillfactor = 85);
alter table overview.rollup set (fillfactor = 85);
alter table overview.own drop constraint own_county_check, drop constraint own_period_check,
  add check (length(county) = 6), add check (length(period) in (3, 7, 10));
