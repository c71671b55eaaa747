-- The claims that Auth puts into each token.

-- Supabase Auth calls this each time it issues a token; the two claims are what every policy reads. They are as old as
-- the token (an hour by default); a member moved or removed meanwhile is refused until the next one
-- (private.check_request, private.require_member).
create function private.custom_access_token_hook(event jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  claims jsonb := event -> 'claims';
  member record;
begin
  -- Never trust what came in: a user without membership leaves with neither claim.
  claims := (claims - 'user_role') - 'client_id';

  select m.role, m.client_id
  into member
  from public.members as m
  where m.user_id = (event ->> 'user_id')::uuid;

  if found then
    claims := claims || jsonb_build_object('user_role', member.role);

    if member.client_id is not null then
      claims := claims || jsonb_build_object('client_id', member.client_id);
    end if;
  end if;

  return jsonb_set(event, '{claims}', claims);
end
$$;

comment on function private.custom_access_token_hook(jsonb) is
  'Custom access token hook: adds user_role (operator | client) and client_id to every token. Configured in config.toml.';

grant execute on function private.custom_access_token_hook(jsonb) to supabase_auth_admin;

grant select on public.members to supabase_auth_admin;
