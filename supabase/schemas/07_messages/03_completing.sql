-- How the provider's inbox completes what a webhook left out.

-- Mails that the inbox shows and whose event is known already: what the webhook left out is filled in. A reply says what the
-- inbox says: in the delivery a variable of the lead may have stood in the place of its words.
-- mails: [{ "provider_campaign_id", "event": { "email", "type", "occurred_at", "email_id", "message": { field names } }, "payload" }]
create function worker.complete_messages(target_connection_id uuid, mails jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  completed integer;
begin
  mails := private.mask_erased(target_connection_id, mails);

  with mail as materialized (
    select
      e.email_id, e.email, e.written_by, e.occurred_at, r.value ->> 'provider_campaign_id' as provider_campaign_id,
      case when e.type = 'email_sent' then 'sent' else 'received' end::public.message_direction as direction,
      r.value -> 'payload' #>> string_to_array(e.message ->> 'subject', '.') as subject,
      r.value -> 'payload' #>> string_to_array(e.message ->> 'text', '.') as body_text,
      r.value -> 'payload' #>> string_to_array(e.message ->> 'html', '.') as raw_html,
      r.value -> 'payload' #>> string_to_array(e.message ->> 'snippet', '.') as snippet
    from jsonb_array_elements(mails) as r (value)
    cross join lateral jsonb_to_record(r.value -> 'event') as e (
      type text, email text, written_by text, occurred_at timestamptz, email_id text, message jsonb
    )
    where e.type in ('email_sent', 'reply_received', 'auto_reply_received') and e.email_id is not null
  ),
  known as materialized (
    select distinct on (k.message_id) k.message_id, m.*, m.direction = 'received' as is_reply, now.body_html is not null as has_html
    from mail as m
    cross join lateral (
      select coalesce(
        (
          select c.message_id
          from private.message_contents as c
          where c.connection_id = target_connection_id and c.provider_mail_id = m.email_id and c.direction = m.direction
        ),
        (
          select x.id
          from public.messages as x
          join private.message_contents as c on c.message_id = x.id and c.provider_mail_id is null
          where x.lead_id = private.find_lead(target_connection_id, m.provider_campaign_id, m.email)
            and x.direction = m.direction
            and (x.direction = 'received' or x.event_id is not null)
            and x.occurred_at between m.occurred_at - interval '2 minutes' and m.occurred_at + interval '2 minutes'
          order by x.body_text is distinct from m.body_text, abs(extract(epoch from x.occurred_at - m.occurred_at)), x.id
          limit 1
        )
      ) as message_id
      -- Looked for once, and then by id: without, each mail was looked for three times, and all messages were read with them.
      offset 0
    ) as k
    join public.messages as now on now.id = k.message_id
    join private.message_contents as c on c.message_id = k.message_id
    -- What retention removed is not filled in again. Written so that the index of texts is not used; see private.keep_messages.
    where coalesce(now.body_removed_at, 'infinity') = 'infinity' and (
      c.provider_mail_id is null
      or (c.provider_mail_id = m.email_id and m.direction = 'received' and now.body_text <> m.body_text)
      or (now.written_by is null and m.written_by is not null)
      or (now.subject is null and m.subject is not null)
      or (now.body_text is null and m.body_text is not null)
      or (now.body_html is null and c.raw_html is null and m.raw_html is not null)
    )
    order by k.message_id
  ),
  shown as (
    update public.messages as x
    set
      written_by = coalesce(x.written_by, k.written_by),
      subject = case when k.is_reply then coalesce(k.subject, x.subject) else coalesce(x.subject, k.subject) end,
      body_text = case when k.is_reply then coalesce(k.body_text, x.body_text) else coalesce(x.body_text, k.body_text) end,
      snippet = case when k.is_reply then left(coalesce(k.snippet, k.body_text, x.snippet), 300)
        else coalesce(x.snippet, left(coalesce(k.snippet, k.body_text), 300)) end
    from known as k
    where x.id = k.message_id
  )
  update private.message_contents as c
  set
    provider_mail_id = coalesce(c.provider_mail_id, k.email_id),
    raw_html = case
      when k.is_reply then coalesce(k.raw_html, c.raw_html)
      else coalesce(c.raw_html, case when not k.has_html then k.raw_html end)
    end,
    prepare_at = now()
  from known as k
  where c.message_id = k.message_id;

  get diagnostics completed = row_count;
  return completed;
end
$$;

comment on function worker.complete_messages(uuid, jsonb) is
  'Fills in what known messages lack from mails of the provider''s inbox; returns how many it completed. Service role only.';

grant execute on function worker.complete_messages(uuid, jsonb) to service_role;
