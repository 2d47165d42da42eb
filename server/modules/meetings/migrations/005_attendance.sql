-- To the planner one member's attendance looked as short as one row of a roster; with the gathering in it, this index is as good as the key.
drop index meetings.attendance_member;
create index attendance_member on meetings.attendance (county, member_id, gathering_id);
