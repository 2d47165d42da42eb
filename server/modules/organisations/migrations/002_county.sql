-- What is counted and compared county by county begins with its organisations.
create index organisation_county on organisations.organisation (county);
