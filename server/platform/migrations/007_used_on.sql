-- A device is listed with the day of its last use: enough to know it by. When somebody is online is nobody's business, and it need be written once a day.
alter table platform.session alter column seen_at drop default;
alter table platform.session alter column seen_at type date using (seen_at at time zone 'Asia/Shanghai')::date;
alter table platform.session alter column seen_at set default current_date;
alter table platform.session rename column seen_at to used_on;
alter table platform.session set (fillfactor = 85);
comment on column platform.session.used_on is 'Day of the last use (Asia/Shanghai); no time of day.';
