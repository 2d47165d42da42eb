-- Nobody is told anything without being told why.
alter table platform.notification add constraint notification_says_why
  check (coalesce(because ->> 'zh', '') <> '' and coalesce(because ->> 'en', '') <> '');
