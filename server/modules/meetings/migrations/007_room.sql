-- Each row of a roster is changed when its member signs in: with room left in its page the change stays there, and no index is written.
alter table meetings.attendance set (fillfactor = 85);
