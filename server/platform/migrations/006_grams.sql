-- An index on the characters of a text and on its pairs of neighbours finds what contains the typed characters, in any script, without an extension.
create function platform.grams(words text) returns text[] language plpgsql immutable strict parallel safe cost 200 as $$
declare
  characters text[] := string_to_array(lower(words), null);
  grams text[] := characters;
begin
  for place in 1 .. cardinality(characters) - 1 loop
    grams := grams || (characters[place] || characters[place + 1]);
  end loop;
  return grams;
end
$$;
comment on function platform.grams is 'The characters of a text and its pairs of neighbours.';

create function platform.sought(typed text) returns text[] language sql immutable strict parallel safe as $$
  select case when length(typed) < 2 then platform.grams(typed) else (platform.grams(typed))[length(typed) + 1 :] end
$$;
comment on function platform.sought is 'What the grams of a text that contains the typed characters must have: their pairs, or the one character.';
