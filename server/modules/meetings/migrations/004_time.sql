-- The newest gatherings of a prefecture or the province are found along time; those of a branch or a township along the path.
create index gathering_time on meetings.gathering (planned_start desc, id desc);
