create function members.of_group(in_county text, of_group uuid)
returns table (id uuid, name text, pinyin text, stage text, membership text, rights_suspended_until date)
language sql stable security definer set search_path = pg_catalog as $$
  select m.id, m.name, m.pinyin, m.stage, m.membership, m.rights_suspended_until from members.member m
  where m.county = in_county and m.group_id = of_group and m.path || right(of_group::text, 8) || '/' = current_setting('app.scope', true)
$$;
comment on function members.of_group is 'Members of the very group the caller acts in: they belong to the branch above it, which the caller''s scope does not reach.';
