create schema identity;
create table identity.demo_person (
  phone text primary key,
  name text not null,
  post text not null,
  story text not null,
  face text not null check (face in ('mobile', 'console', 'screen')),
  place integer not null
);
comment on table identity.demo_person is 'People of the demo, offered on the sign-in page; empty outside the demo.';
comment on column identity.demo_person.face is 'Which of the three faces the person opens: phone, console or screen.';
comment on column identity.demo_person.phone is 'An impossible number (199 0000 …) of an invented person.';
comment on column identity.demo_person.place is 'Order on the page.';
