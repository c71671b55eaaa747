-- Which domains are due, and what a look found.

-- The mailboxes whose domains are checked: those of connections that were not removed.
create function private.list_sending_mailboxes()
returns table (domain text, account_id uuid, connection_id uuid, client_id uuid, provider_kind text, status public.email_account_status)
language sql
stable
set search_path = ''
as $$
  select split_part(a.email, '@', 2), a.id, a.connection_id, a.client_id, a.provider_kind, a.status
  from public.email_accounts as a
  join public.provider_connections as c on c.id = a.connection_id
  where c.removed_at is null
$$;

comment on function private.list_sending_mailboxes() is 'Mailboxes of connections that were not removed, with the domain of each.';

grant execute on function private.list_sending_mailboxes() to authenticated, service_role;

-- Brings the list of domains in line with the mailboxes: a new one is due at once, one without mailboxes goes with its history.
create function private.list_due_domains()
returns setof public.sending_domains
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into public.sending_domains (domain)
  select distinct m.domain from private.list_sending_mailboxes() as m
  on conflict (domain) do nothing;

  delete from public.sending_domains as d
  where not exists (select from private.list_sending_mailboxes() as m where m.domain = d.domain);

  return query select d.* from public.sending_domains as d where d.next_check_at <= now();
end
$$;

comment on function private.list_due_domains() is 'Adds the domains of new mailboxes, removes those without any, and returns the ones whose next look is due.';

grant execute on function private.list_due_domains() to service_role;

-- Claims domains for a look. A run that dies leaves its domains due again after ten minutes.
create function worker.take_sending_domains(batch_size integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  taken jsonb;
begin
  perform private.list_due_domains();

  with due as (
    select d.domain
    from public.sending_domains as d
    where d.next_check_at <= now()
    order by d.next_check_at, d.domain
    limit batch_size
    for update skip locked
  ),
  claimed as (
    update public.sending_domains as d
    set next_check_at = now() + interval '10 minutes'
    from due
    where d.domain = due.domain
    returning d.domain
  )
  select coalesce(jsonb_agg(jsonb_build_object('domain', c.domain, 'provider_kinds', k.kinds) order by c.domain), '[]')
  into taken
  from claimed as c
  cross join lateral (
    select coalesce(jsonb_agg(distinct m.provider_kind) filter (where m.provider_kind is not null), '[]') as kinds
    from private.list_sending_mailboxes() as m
    where m.domain = c.domain
  ) as k;

  return taken;
end
$$;

comment on function worker.take_sending_domains(integer) is
  'Claims domains whose DNS records are due for a look, for ten minutes: [{ domain, provider_kinds }]. Service role only.';

grant execute on function worker.take_sending_domains(integer) to service_role;
