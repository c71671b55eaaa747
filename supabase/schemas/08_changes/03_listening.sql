-- Who may listen to changes by Realtime.

-- The topics that the caller may listen to. Realtime asks when a person joins and at each new token, so a removed one joins
-- no more; what it had joined ends with the token, and carries no rows.
create function private.audible_topics()
returns setof text
language sql
stable
set search_path = ''
as $$
  select t.topic
  from (
    select 'client:' || v.id as topic from private.visible_client_ids() as v (id)
    union all
    select 'operators' where private.is_operator()
  ) as t
  where (select private.is_member_now())
$$;

comment on function private.audible_topics() is
  'Topics of Realtime that the caller may join: client:<id> of each client that it may read, and operators for an operator.';

grant execute on function private.audible_topics() to authenticated, service_role;

-- Realtime's table exists only where Realtime was switched on before the migrations; who switches it on later calls this.
create function private.allow_listening()
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if to_regclass('realtime.messages') is null then
    return false;
  end if;

  drop policy if exists "Clients listen to their own changes, operators to all" on realtime.messages;
  create policy "Clients listen to their own changes, operators to all"
  on realtime.messages for select to authenticated
  using (extension = 'broadcast' and (select realtime.topic()) = any (array(select private.audible_topics())));

  return true;
end
$$;

comment on function private.allow_listening() is
  'Creates the policy by which Realtime lets people listen; false = Realtime is not there. Called by the migrations.';

select private.allow_listening();
