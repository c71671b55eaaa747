-- Who did what: every act of an operator, and every export and sync that a person started.

-- One row per action. The client may be deleted later; what was done to it stays on record. Only private.write_audit
-- and the service role write here, and only operators read.
create table public.audit_log (
  id bigint generated always as identity primary key,
  occurred_at timestamptz not null default now(),
  actor_id uuid,
  action text not null,
  client_id uuid references public.clients (id) on delete set null,
  target_type text not null,
  target_id text,
  details jsonb not null default '{}'
);

comment on table public.audit_log is
  'What operators did, and who started exports and syncs. actor_id = the user; null = a script with a secret key or the database''s owner. Operators only.';

create index audit_log_client_id_idx on public.audit_log (client_id, occurred_at desc);
create index audit_log_occurred_at_idx on public.audit_log (occurred_at desc);

alter table public.audit_log enable row level security;

grant select on public.audit_log to authenticated;
grant select, insert, update, delete on public.audit_log to service_role;

create policy "Operators read what was done"
on public.audit_log for select to authenticated
using ((select private.is_operator()));

-- Writes one row. Without an actor it is the signed-in user, so a user cannot write in another's name through an RPC.
create function private.write_audit(
  action text, target_type text, target_id text, client_id uuid, details jsonb default '{}', actor_id uuid default null
)
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  insert into public.audit_log (actor_id, action, client_id, target_type, target_id, details)
  values (
    coalesce(write_audit.actor_id, (select auth.uid())), write_audit.action, write_audit.client_id,
    write_audit.target_type, write_audit.target_id, coalesce(write_audit.details, '{}')
  )
$$;

comment on function private.write_audit(text, text, text, uuid, jsonb, uuid) is
  'Writes a row of audit_log; the actor is the signed-in user unless one is given. Definer, because no user may write the table.';

grant execute on function private.write_audit(text, text, text, uuid, jsonb, uuid) to service_role;

-- Whom an operator reads of in "who did it". Definer, because accounts are nobody's to read.
create function private.person_name(person_id uuid)
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select case
    when person_id is not null and (select private.may_operate()) then coalesce(
      (
        select coalesce(nullif(u.raw_user_meta_data ->> 'name', ''), nullif(u.raw_user_meta_data ->> 'full_name', ''), u.email::text)
        from auth.users as u
        where u.id = person_id
      ),
      'a former member'
    )
  end
$$;

comment on function private.person_name(uuid) is
  'Name or address of a person, "a former member" for a deleted account. Null unless private.may_operate().';

grant execute on function private.person_name(uuid) to authenticated, service_role;
