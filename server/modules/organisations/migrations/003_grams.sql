-- The grams of the names are made by the database now, as for other texts.
alter table organisations.organisation drop column grams;
create index organisation_names on organisations.organisation
  using gin (platform.grams(name_full || ' ' || name || ' ' || short_name)) where dissolved_on is null;
