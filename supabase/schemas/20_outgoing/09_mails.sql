-- The mailer's two calls: reserve what is due and lease it, record what the mail API answered.

-- Puts what is due to a person into a mail of its own row. At once or late, each notification is in one mail only.
create function private.reserve_mails()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  person uuid;
  mail uuid;
  reserved integer := 0;
begin
  for person in
    select p.user_id
    from private.notification_preferences as p
    where exists (
      select
      from private.notifications as n
      join private.outgoing_events as v on v.id = n.event_id
      where n.user_id = p.user_id and n.mail_id is null and n.due_at <= now() and private.is_ready_to_send(v)
    )
    order by p.user_id
    limit 50
    for update of p skip locked
  loop
    insert into private.mails (user_id, kind) values (person, 'notification') returning id into mail;

    with taken as (
      update private.notifications as n
      set mail_id = mail
      from private.outgoing_events as v
      where n.user_id = person and n.mail_id is null and n.due_at <= now() and v.id = n.event_id and private.is_ready_to_send(v)
      returning n.event_id
    )
    update private.outgoing_events as v
    set payload = private.outgoing_payload(v)
    from taken as t
    where v.id = t.event_id and v.payload is null;

    reserved := reserved + 1;
  end loop;

  return reserved;
end
$$;

comment on function private.reserve_mails() is 'Puts due notifications into one mail per person; returns how many mails.';

grant execute on function private.reserve_mails() to service_role;

-- Definer, because accounts are Auth's.
create function private.address_of(person_id uuid)
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select u.email::text from auth.users as u where u.id = person_id
$$;

comment on function private.address_of(uuid) is 'The email address of an account, to which its notifications go.';

grant execute on function private.address_of(uuid) to service_role;

-- What a mail is made of. At most 50 events are shown; the number of all of them is beside.
create function private.taken_mails(token uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'mail_id', m.id, 'token', m.lease_token, 'to', private.address_of(m.user_id), 'language', p.language, 'frequency', p.frequency,
    'time_zone', p.time_zone, 'stop_token', p.stop_token,
    'count', (select count(*) from private.notifications as n where n.mail_id = m.id),
    'payloads', (
      select coalesce(jsonb_agg(o.payload order by o.occurred_at, o.id), '[]')
      from (
        select v.id, v.payload, v.occurred_at
        from private.notifications as n
        join private.outgoing_events as v on v.id = n.event_id
        where n.mail_id = m.id
        order by v.occurred_at, v.id
        limit 50
      ) as o
    )
  ) order by m.created_at, m.id), '[]')
  from private.mails as m
  join private.notification_preferences as p on p.user_id = m.user_id
  where m.lease_token = token
$$;

comment on function private.taken_mails(uuid) is 'Mails under one lease: to whom, how, and the payloads of their events.';

grant execute on function private.taken_mails(uuid) to service_role;

create function worker.take_mails(batch_size integer, lease_seconds integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  token uuid := gen_random_uuid();
begin
  if not exists (select from private.mail_settings) then
    return null;
  end if;

  perform private.reserve_mails();

  update private.mails as m
  set lease_token = token, attempts = m.attempts + 1, next_attempt_at = now() + make_interval(secs => lease_seconds)
  where m.id in (
    select d.id
    from private.mails as d
    where d.state = 'waiting' and d.next_attempt_at <= now()
    order by d.next_attempt_at
    limit batch_size
    for update skip locked
  );

  return jsonb_build_object(
    'mails', private.taken_mails(token),
    'settings', worker.read_mail_settings(),
    'agency', private.mail_identity()
  );
end
$$;

comment on function worker.take_mails(integer, integer) is
  'Reserves what is due and leases mails to the caller: { mails, settings, agency }; null without mail settings. Service role only.';

grant execute on function worker.take_mails(integer, integer) to service_role;

-- A refused key, sender or account concerns every mail; the next one that is sent shows that it is over.
create function private.note_mail_refusal(refusal text, any_sent boolean)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if any_sent then
    update public.incidents as i set closed_at = now() where i.kind = 'mail_refused' and i.closed_at is null;
  elsif refusal is not null then
    insert into public.incidents (kind, details)
    values ('mail_refused', format('Emails are not sent: %s. Correct sender or key in Settings → Agency.', rtrim(refusal, '. ')))
    on conflict (connection_id, kind, subject) where closed_at is null do nothing;
  end if;
end
$$;

comment on function private.note_mail_refusal(text, boolean) is
  'Opens the incident mail_refused for a refusal, or closes it after a mail that was sent.';

grant execute on function private.note_mail_refusal(text, boolean) to service_role;

-- results: [{ "mail_id", "token", "error" (null = sent), "is_final" (no further attempt), "is_refused" (the key, the sender or the account
-- is not accepted), "retry_after" (seconds) }]
create function worker.record_mails(results jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  recorded integer;
  refusal text;
  any_sent boolean;
begin
  with written as (
    update private.mails as m
    set
      state = case
        when r.error is null then 'delivered'
        when r.is_final or private.outgoing_delay(m.attempts) is null or m.created_at < now() - interval '24 hours' then 'failed'
        else 'waiting'
      end::public.outgoing_state,
      next_attempt_at = now() + greatest(
        private.outgoing_delay(m.attempts), make_interval(secs => least(coalesce(r.retry_after, 0), 86400))
      ),
      lease_token = null,
      last_error = left(r.error, 500),
      sent_at = case when r.error is null then now() end
    from jsonb_to_recordset(results) as r (
      mail_id uuid, token uuid, error text, is_final boolean, is_refused boolean, retry_after double precision
    )
    where m.id = r.mail_id and m.lease_token = r.token and m.state = 'waiting'
    returning r.error, coalesce(r.is_refused, false) as is_refused
  )
  select count(*), min(w.error) filter (where w.is_refused), coalesce(bool_or(w.error is null), false)
  into recorded, refusal, any_sent
  from written as w;

  perform private.note_mail_refusal(refusal, any_sent);

  return recorded;
end
$$;

comment on function worker.record_mails(jsonb) is
  'Records what the mail API answered; a refused key or sender opens an incident, the next mail that is sent closes it. Returns how many. Service role only.';

grant execute on function worker.record_mails(jsonb) to service_role;
