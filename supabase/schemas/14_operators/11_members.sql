-- Who may sign in, for operators: without it the list of people would be a list of ids.

-- Definer, because no one may read accounts; only the address, the name, the last sign-in and how far an invitation is come out.
create function private.list_members()
returns table (
  user_id uuid, email text, name text, role public.member_role, client_id uuid, client_name text, created_at timestamptz,
  last_sign_in_at timestamptz, state text, invited_at timestamptz, invited_by_name text, accepted_at timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  select
    m.user_id,
    u.email::text,
    coalesce(nullif(u.raw_user_meta_data ->> 'name', ''), nullif(u.raw_user_meta_data ->> 'full_name', '')),
    m.role, m.client_id, k.name, m.created_at, u.last_sign_in_at,
    case when s.signed_in_at is null then 'invited' else 'active' end,
    m.invited_at,
    case when m.invited_by is not null then private.person_name(m.invited_by) end,
    greatest(s.signed_in_at, m.created_at)
  from public.members as m
  left join auth.users as u on u.id = m.user_id
  left join public.clients as k on k.id = m.client_id
  -- Who opened a link has proved the address, and a password needs one.
  cross join lateral (select least(u.email_confirmed_at, u.last_sign_in_at) as signed_in_at) as s
  where (select private.may_operate())
$$;

comment on function private.list_members() is
  'Members with address, name, last sign-in and state of their account. No rows unless private.may_operate().';

grant execute on function private.list_members() to authenticated, service_role;

-- One row per person who belongs to the agency or to a client.
create view public.operator_members
with (security_invoker = true)
as
select
  m.user_id, m.email, m.name, m.role, m.client_id, m.client_name, m.created_at, m.last_sign_in_at, m.state, m.invited_at,
  m.invited_by_name, case when m.state = 'active' then m.accepted_at end as accepted_at
from private.list_members() as m;

comment on view public.operator_members is
  'Operators and the people of every client with address, name and last sign-in. state: invited (has never signed in) or active, since accepted_at. Operators only.';

grant select on public.operator_members to authenticated, service_role;
