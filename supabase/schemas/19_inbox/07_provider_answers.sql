-- Answers that people write in the provider's own inbox: read by the sync, and counted like those that are written here.

-- Whose conversation each mail belongs to: by campaign and address, else by its thread, else the conversation of this address that
-- was alive last before it. What went to neither the lead nor somebody who wrote in its place was passed on, which is no answer.
-- mails: [{ "mail_id", "at", "email", "provider_campaign_id", "thread_id", "account", "to": [text]|null, "subject", "text", "html" }]
create function private.locate_written_mails(target_connection_id uuid, mails jsonb)
returns table (
  lead_id uuid, mail_id text, at timestamptz, thread_id text, account text, subject text, text text, html text
)
language sql
stable
-- A page of mails. Of a thousand, which is what is assumed otherwise, all messages would be read with them.
rows 100
set search_path = ''
as $$
  select distinct on (coalesce(w.mail_id, o.lead_id::text || w.at::text))
    o.lead_id, w.mail_id, w.at, w.thread_id, w.account, w.subject, w.text, w.html
  from jsonb_to_recordset(mails) as w (
    mail_id text, at timestamptz, email text, provider_campaign_id text, thread_id text, account text, "to" text[], subject text,
    text text, html text
  )
  cross join lateral (
    select coalesce(
      private.find_lead(target_connection_id, w.provider_campaign_id, w.email),
      (
        select m.lead_id
        from private.message_contents as c
        join public.messages as m on m.id = c.message_id
        where c.connection_id = target_connection_id and c.provider_thread_id = w.thread_id
        order by m.occurred_at desc
        limit 1
      ),
      (
        select l.id
        from public.synced_leads as l
        join public.campaigns as k on k.id = l.campaign_id and k.connection_id = target_connection_id
        cross join lateral (
          select max(m.occurred_at) as at
          from public.messages as m
          where m.lead_id = l.id and m.direction = 'received' and m.occurred_at <= w.at
        ) as alive
        where l.email = w.email and alive.at is not null
        order by alive.at desc
        limit 1
      )
    ) as lead_id
    -- Looked for once for each mail, and then by id.
    offset 0
  ) as o
  join public.synced_leads as l on l.id = o.lead_id
  where w."to" is null
    or l.email = any (w."to")
    or exists (
      select
      from public.messages as m
      where m.lead_id = l.id and m.direction = 'received' and m.written_by = any (w."to")
    )
  order by coalesce(w.mail_id, o.lead_id::text || w.at::text), w.at
$$;

comment on function private.locate_written_mails(uuid, jsonb) is
  'Mails written by hand at the provider with the lead that each belongs to; those of strangers and those passed on to others are left out.';

grant execute on function private.locate_written_mails(uuid, jsonb) to service_role;

-- Keeps such mails as messages without an event, which is what makes an answer. One that was sent from here is known by its id; where
-- the provider names none, by its words. One that a delivery brought as a mail of the campaign without a step becomes an answer: the
-- provider's list knows better.
create function worker.record_provider_answers(target_connection_id uuid, mails jsonb, read_lead_ids uuid[] default '{}')
returns integer
language plpgsql
set search_path = ''
as $$
declare
  turn uuid;
  touched uuid[];
  recorded integer;
begin
  perform pg_advisory_xact_lock_shared(private.campaign_moves_lock());

  update private.threads as t set answers_read_at = now() where t.lead_id = any (read_lead_ids);

  -- An answer of ours that is being recorded is recorded first. In one order, so that two syncs do not wait in a circle.
  for turn in
    select distinct w.lead_id from private.locate_written_mails(target_connection_id, mails) as w order by w.lead_id
  loop
    perform private.take_answers_turn(turn);
  end loop;

  with written as materialized (
    select w.*, private.plain_words(w.text) as words from private.locate_written_mails(target_connection_id, mails) as w
  ),
  chosen as materialized (
    select w.*, gen_random_uuid() as new_id, coalesce(same.message_id, near.message_id) as known_id
    from written as w
    left join lateral (
      select c.message_id
      from private.message_contents as c
      where c.connection_id = target_connection_id and c.provider_mail_id = w.mail_id and c.direction = 'sent'
      offset 0
    ) as same on true
    left join lateral (
      select x.id as message_id
      from public.messages as x
      join private.message_contents as c on c.message_id = x.id
      where same.message_id is null
        and x.lead_id = w.lead_id
        and x.direction = 'sent'
        and x.step is null
        -- An answer that the provider gave no id waits there in a queue before it is sent.
        and x.occurred_at between w.at - interval '30 minutes' and w.at + interval '2 minutes'
        and (c.provider_mail_id is null or (w.mail_id is null and x.occurred_at = w.at))
        and (x.occurred_at = w.at or starts_with(w.words, private.plain_words(x.body_text)))
      order by abs(extract(epoch from x.occurred_at - w.at)), x.id
      limit 1
    ) as near on true
  ),
  kept as (
    insert into public.messages
      (id, client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, email_account, subject, body_text,
       snippet, source)
    select
      c.new_id, l.client_id, l.campaign_id, l.id, target_connection_id, k.provider, 'sent', c.at, l.email,
      coalesce(c.account, l.sender_account), c.subject, c.text, left(c.text, 300), 'inbox'
    from chosen as c
    join public.synced_leads as l on l.id = c.lead_id
    join public.provider_connections as k on k.id = target_connection_id
    where c.known_id is null
    returning id
  ),
  inside as (
    insert into private.message_contents (message_id, connection_id, direction, provider_mail_id, provider_thread_id, raw_html)
    select c.new_id, target_connection_id, 'sent', c.mail_id, c.thread_id, c.html
    from chosen as c
    where c.known_id is null
  ),
  named as (
    update private.message_contents as m
    set
      provider_mail_id = coalesce(m.provider_mail_id, c.mail_id), provider_thread_id = coalesce(m.provider_thread_id, c.thread_id)
    from chosen as c
    where m.message_id = c.known_id
      and ((m.provider_mail_id is null and c.mail_id is not null) or (m.provider_thread_id is null and c.thread_id is not null))
  ),
  corrected as (
    update public.messages as m
    set event_id = null, source = 'inbox'
    from chosen as c
    where m.id = c.known_id and m.event_id is not null and m.step is null
    returning m.lead_id
  )
  select
    (select count(*) from kept) + (select count(*) from corrected), (select array_agg(distinct c.lead_id) from corrected as c)
  into recorded, touched;

  if touched is not null then
    perform private.refresh_threads(touched);
  end if;

  return recorded;
end
$$;

comment on function worker.record_provider_answers(uuid, jsonb, uuid[]) is
  'Keeps answers that people wrote in the provider''s own inbox as messages, each once; read_lead_ids are the leads that were asked for. Returns how many were new. Service role only.';

grant execute on function worker.record_provider_answers(uuid, jsonb, uuid[]) to service_role;

-- Conversations to ask the provider about, where it shows mails by lead only, at one call each: those that wait, the young ones at
-- every sync and the older ones four times a day; all others of a fortnight once a day, and older ones once.
create function worker.list_answers_to_read(target_connection_id uuid, most integer)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'lead_id', d.lead_id, 'email', d.email, 'provider_campaign_id', d.provider_campaign_id, 'provider_lead_id', d.provider_lead_id
  ) order by d.place, d.answers_read_at nulls first), '[]')
  from (
    select t.lead_id, l.email, p.provider_campaign_id, l.provider_lead_id, t.answers_read_at, c.place
    from private.threads as t
    join public.synced_leads as l on l.id = t.lead_id
    join private.provider_campaigns as p on p.campaign_id = t.campaign_id and p.connection_id = target_connection_id
    cross join lateral (
      select case
        when t.waiting_since > now() - interval '7 days' then 0
        when t.waiting_since > now() - interval '30 days' then 1
        when t.last_reply_at > now() - interval '14 days' then 2
        when t.last_reply_at > now() - interval '90 days' then 3
      end as place
    ) as c
    where c.place is not null
      and coalesce(t.answers_read_at, '-infinity')
        < (array[now() - interval '50 minutes', now() - interval '6 hours', now() - interval '1 day', t.last_reply_at])[c.place + 1]
    order by c.place, t.answers_read_at nulls first, t.lead_id
    limit most
  ) as d
$$;

comment on function worker.list_answers_to_read(uuid, integer) is
  'Conversations whose answers at the provider are read next, one call each: [{ lead_id, email, provider_campaign_id, provider_lead_id }]. Service role only.';

grant execute on function worker.list_answers_to_read(uuid, integer) to service_role;
