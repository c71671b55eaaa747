-- The mails of a batch.

-- Step 7: keeps the mails of a batch. The texts stay where they are in the payload until here; the event only names
-- their fields. The same mail is known by its id; where either side has none, by lead, direction and step
-- within two minutes. An event that is no mail costs one look at its type.
create function private.keep_messages(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not exists (
    select from unnest(batch) as b
    where b.type in ('email_sent', 'reply_received', 'auto_reply_received') and b.lead_id is not null
  ) then
    return;
  end if;

  with mail as materialized (
    select
      b.id as event_id, b.client_id, b.campaign_id, b.lead_id, b.connection_id, b.provider, b.occurred_at, b.email, b.email_account,
      b.step, b.variant, nullif(b.written_by, b.email) as written_by, w.event ->> 'thread_id' as thread_id,
      case when b.type = 'email_sent' then 'sent' else 'received' end::public.message_direction as direction,
      b.type = 'auto_reply_received' as is_auto_reply,
      case w.source when 'inbox' then 'inbox' else 'webhook' end::public.message_source as source,
      w.event ->> 'email_id' as mail_id,
      w.payload #>> string_to_array(f.subject, '.') as subject,
      w.payload #>> string_to_array(f.text, '.') as body_text,
      w.payload #>> string_to_array(f.html, '.') as raw_html,
      w.payload #>> string_to_array(f.snippet, '.') as snippet,
      w.payload #>> string_to_array(f.inbox_url, '.') as inbox_url
    from unnest(batch) as b
    join private.webhook_events as w on w.id = b.id
    left join lateral jsonb_to_record(w.event -> 'message') as f (subject text, text text, html text, snippet text, inbox_url text) on true
    where b.lead_id is not null
      and (b.type in ('reply_received', 'auto_reply_received') or (b.type = 'email_sent' and w.event ? 'message'))
  ),
  -- Of copies within the batch the one with a mail id stays, else the first. Two mails without an id that say different
  -- things are no copies, however near they are: a variable of the lead can replace both id and time.
  single as (
    select m.*
    from (
      select
        c.*,
        row_number() over (partition by c.connection_id, c.mail_id, c.direction order by c.event_id) as copy,
        lag(c.occurred_at) over (
          partition by c.lead_id, c.direction, c.step, c.mail_id is null, c.body_text order by c.occurred_at, c.event_id
        ) as previous_at,
        bool_or(c.mail_id is not null) over (partition by c.lead_id) as lead_has_mail_id,
        bool_or(c.body_text is not null) over (partition by c.lead_id) as lead_has_text
      from mail as c
    ) as m
    where case
      when m.mail_id is not null then m.copy = 1
      else coalesce(m.occurred_at - m.previous_at > interval '2 minutes', true)
        -- Asked of few leads: this looks at every mail of the batch, half of the step's time if it were asked of all.
        and (not (m.lead_has_mail_id or (m.body_text is null and m.lead_has_text)) or not exists (
          select
          from mail as o
          where o.lead_id = m.lead_id and o.direction = m.direction
            and (o.mail_id is not null or (m.body_text is null and o.body_text is not null))
            and coalesce(o.step = m.step, true)
            and o.occurred_at between m.occurred_at - interval '2 minutes' and m.occurred_at + interval '2 minutes'
        ))
      end
  ),
  matched as materialized (
    select s.*, same.message_id as same_id, near.message_id as near_id, near.distance
    from single as s
    left join private.message_contents as same
      on same.connection_id = s.connection_id and same.provider_mail_id = s.mail_id and same.direction = s.direction
    left join lateral (
      select x.id as message_id, abs(extract(epoch from x.occurred_at - s.occurred_at)) as distance
      from public.messages as x
      join private.message_contents as c on c.message_id = x.id
      where x.lead_id = s.lead_id
        and x.occurred_at between s.occurred_at - interval '2 minutes' and s.occurred_at + interval '2 minutes'
        and x.direction = s.direction
        and coalesce(x.step = s.step, true)
        and (s.mail_id is null or c.provider_mail_id is null)
        -- A mail of a step is no answer that somebody wrote, however near.
        and (x.direction = 'received' or x.event_id is not null or s.step is null)
        and (
          s.mail_id is not null or c.provider_mail_id is not null or s.body_text is null or x.body_text is null
          or btrim(x.body_text, E' \t\r\n') = btrim(s.body_text, E' \t\r\n')
        )
      order by x.body_text is distinct from s.body_text, distance, x.id
      limit 1
    ) as near on same.message_id is null
  ),
  -- Of several mails with ids that are near one without, it is the nearest.
  chosen as materialized (
    select
      m.*,
      gen_random_uuid() as new_id,
      coalesce(
        m.same_id,
        case
          when m.mail_id is null
            or row_number() over (partition by m.near_id, m.mail_id is null order by m.distance, m.event_id) = 1
          then m.near_id
        end
      ) as known_id
    from matched as m
  ),
  kept as (
    insert into public.messages
      (id, client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, written_by, email_account, subject,
       body_text, snippet, is_auto_reply, step, variant, source, event_id)
    select
      c.new_id, c.client_id, c.campaign_id, c.lead_id, c.connection_id, c.provider, c.direction, c.occurred_at, c.email, c.written_by,
      c.email_account, c.subject, c.body_text, left(coalesce(c.snippet, c.body_text), 300), c.is_auto_reply, c.step, c.variant, c.source,
      c.event_id
    from chosen as c
    where c.known_id is null
  ),
  inside as (
    insert into private.message_contents (message_id, connection_id, direction, provider_mail_id, provider_thread_id, inbox_url, raw_html)
    select c.new_id, c.connection_id, c.direction, c.mail_id, c.thread_id, c.inbox_url, c.raw_html
    from chosen as c
    where c.known_id is null
  ),
  completed as (
    update public.messages as m
    set
      subject = coalesce(m.subject, c.subject),
      body_text = coalesce(m.body_text, c.body_text),
      snippet = coalesce(m.snippet, left(coalesce(c.snippet, c.body_text), 300)),
      written_by = coalesce(m.written_by, c.written_by),
      email_account = coalesce(m.email_account, c.email_account),
      step = coalesce(m.step, c.step),
      variant = coalesce(m.variant, c.variant)
    from chosen as c
    -- What retention removed is not filled in again. Written so that the index of texts is not used: without statistics, as on a first
    -- day, that index was searched once for each mail (1.4 s instead of 4 ms for 200 mails among 22,000).
    where m.id = c.known_id and coalesce(m.body_removed_at, 'infinity') = 'infinity'
  )
  update private.message_contents as m
  set
    provider_mail_id = coalesce(m.provider_mail_id, c.mail_id),
    provider_thread_id = coalesce(m.provider_thread_id, c.thread_id),
    inbox_url = coalesce(m.inbox_url, c.inbox_url),
    raw_html = coalesce(m.raw_html, case when x.body_html is null then c.raw_html end),
    prepare_at = now()
  from chosen as c
  join public.messages as x on x.id = c.known_id and coalesce(x.body_removed_at, 'infinity') = 'infinity'
  where m.message_id = c.known_id;
end
$$;

comment on function private.keep_messages(private.resolved_event[]) is
  'Writes the mails of a projected batch as messages, the same mail once; a second copy only fills in what the first lacked.';

grant execute on function private.keep_messages(private.resolved_event[]) to service_role;

-- A step of the projector: keeps such mails of a batch. HTML becomes text; no sanitising is needed.
create function private.keep_untracked_replies(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from unnest(batch) as b where b.type = 'untracked_reply') then
    return;
  end if;

  insert into public.untracked_replies
    (id, client_id, connection_id, provider, occurred_at, email, sender_name, email_account, subject, body_text, snippet)
  select
    b.id, b.client_id, b.connection_id, b.provider, b.occurred_at, b.email, w.event -> 'lead' ->> 'first_name', b.email_account,
    w.payload #>> string_to_array(f.subject, '.'), mail.body_text,
    left(coalesce(w.payload #>> string_to_array(f.snippet, '.'), mail.body_text), 300)
  from unnest(batch) as b
  join private.webhook_events as w on w.id = b.id
  left join lateral jsonb_to_record(w.event -> 'message') as f (subject text, text text, html text, snippet text) on true
  cross join lateral (
    select coalesce(
      w.payload #>> string_to_array(f.text, '.'),
      nullif(btrim(regexp_replace(regexp_replace(w.payload #>> string_to_array(f.html, '.'), '<[^>]*>', ' ', 'g'), '\s+', ' ', 'g')), '')
    ) as body_text
  ) as mail
  where b.type = 'untracked_reply' and b.email is not null
  on conflict (id) do nothing;
end
$$;

comment on function private.keep_untracked_replies(private.resolved_event[]) is
  'Writes the mails of people who are in no campaign; nothing else of the projector knows them.';

grant execute on function private.keep_untracked_replies(private.resolved_event[]) to service_role;
