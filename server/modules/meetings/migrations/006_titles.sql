-- A word in the titles of five million gatherings is found without reading them.
create index gathering_title on meetings.gathering using gin (platform.grams(title));
