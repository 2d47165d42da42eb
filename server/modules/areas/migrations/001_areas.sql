create schema areas;

create table areas.area (
  code text primary key check (code ~ '^\d{12}$'),
  name text not null,
  short_name text not null,
  level text not null check (level in ('PROVINCE', 'PREFECTURE', 'COUNTY', 'TOWNSHIP', 'VILLAGE')),
  parent_code text references areas.area (code),
  above text[] not null default '{}',
  children integer not null default 0 check (children >= 0),
  pinyin text collate "C" not null,
  initials text collate "C" not null,
  check ((level = 'PROVINCE') = (parent_code is null))
);
create index area_parent on areas.area (parent_code, code);
create index area_level on areas.area (level, code);
comment on table areas.area is 'Administrative areas of the province with their statistical codes, from the province to the village committees.';
comment on column areas.area.code is '统计用区划代码, twelve digits; shorter levels are padded with zeros.';
comment on column areas.area.short_name is 'The everyday name: 金平县 for 金平苗族瑶族傣族自治县.';
comment on column areas.area.above is 'Codes of the areas above, the province first.';
comment on column areas.area.children is 'Areas directly below.';
comment on column areas.area.pinyin is 'Pinyin of the everyday name without tones and spaces.';
comment on column areas.area.initials is 'First letters of its syllables: jpx for 金平县.';
