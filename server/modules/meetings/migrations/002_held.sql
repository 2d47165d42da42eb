-- Duties and the overview ask for what one organisation held between two days.
create index gathering_held on meetings.gathering (county, organisation_id, held_on);
