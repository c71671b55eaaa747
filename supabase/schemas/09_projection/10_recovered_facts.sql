-- Facts that the sync found by another way than a delivery: a delivery that brings one of them later must not count it again.

-- One row per fact that the sync found. A delivery of the same lead and kind whose time lies in the span is the same fact,
-- once: confirmed_by keeps which one it was.
create table private.recovered_facts (
  event_id bigint primary key references private.webhook_events (id) on delete cascade,
  lead_id uuid not null references public.synced_leads (id) on delete cascade,
  type public.email_event_type not null,
  email_account text,
  is_inferred boolean not null,
  earliest_at timestamptz not null,
  occurred_at timestamptz not null,
  latest_at timestamptz not null,
  confirmed_by bigint
);

comment on table private.recovered_facts is
  'Facts that the sync found in the provider''s mails or concluded from its counters. A later delivery of the same lead and kind between earliest_at and latest_at is the same fact and becomes a duplicate.';

create index recovered_facts_lead_id_idx on private.recovered_facts (lead_id);
create index recovered_facts_latest_at_idx on private.recovered_facts (latest_at);

alter table private.recovered_facts enable row level security;

grant select, insert, update, delete on private.recovered_facts to service_role;

create policy "Only the functions read recovered facts"
on private.recovered_facts for all to service_role using (true) with check (true);

-- What a mail says, without what may differ between two tellings of it; null when it says nothing. A digest, which a delivery
-- keeps when its content is removed.
create function private.mail_words(event jsonb, payload jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select coalesce(
    event ->> 'words',
    md5(nullif(regexp_replace(lower(payload #>> string_to_array(event -> 'message' ->> 'text', '.')), '\s+', ' ', 'g'), ''))
  )
$$;

comment on function private.mail_words(jsonb, jsonb) is
  'A digest of the text of a mail in one spelling of its spaces, to recognise it where its id or its time is not certain.';

grant execute on function private.mail_words(jsonb, jsonb) to service_role;

-- A step of the projector, after it holds the leads: records the facts of this batch that the sync found, and answers which
-- rows repeat what is known. Most batches have neither: one look by key, and one at a table that is small or empty.
create function private.match_recovered_facts(batch private.resolved_event[])
returns bigint[]
language plpgsql
set search_path = ''
as $$
declare
  recovered bigint[];
  repeated bigint[] := '{}'::bigint[];
  delivered record;
begin
  select array_agg(w.id)
  into recovered
  from private.webhook_events as w
  where w.id = any (array(select b.id from unnest(batch) as b)) and w.source in ('inbox', 'inferred');

  if recovered is not null then
    -- A mail of the inbox that a delivery brought without its id, which was not projected yet when the inbox was read.
    -- Always one look per row: the planner thinks that a batch has ten rows, and would compare each with each.
    select coalesce(array_agg(b.id), '{}')
    into repeated
    from unnest(batch) as b
    cross join lateral (
      select
      from public.email_events as e
      join private.webhook_events as d
        on d.id = e.id and d.source in ('delivery', 'log') and d.event ->> 'email_id' is null
      where e.lead_id = b.lead_id
        and e.type in ('email_sent', 'reply_received', 'auto_reply_received')
        and (e.type = 'email_sent') = (b.type = 'email_sent')
        and (e.type <> 'email_sent' or coalesce(e.email_account = b.email_account, true))
        and e.occurred_at between b.occurred_at - interval '2 minutes' and b.occurred_at + interval '2 minutes'
      limit 1
    ) as known
    cross join lateral (select w.source from private.webhook_events as w where w.id = b.id limit 1) as w
    where b.id = any (recovered)
      and b.type in ('email_sent', 'reply_received', 'auto_reply_received')
      and w.source = 'inbox';

    insert into private.recovered_facts (event_id, lead_id, type, email_account, is_inferred, earliest_at, occurred_at, latest_at)
    select
      b.id, b.lead_id, b.type, b.email_account, w.source = 'inferred',
      coalesce((w.payload ->> 'earliest_at')::timestamptz, b.occurred_at - interval '2 minutes'),
      b.occurred_at,
      coalesce((w.payload ->> 'latest_at')::timestamptz, b.occurred_at + interval '2 minutes')
    from unnest(batch) as b
    cross join lateral (select w.source, w.payload from private.webhook_events as w where w.id = b.id limit 1) as w
    where b.id = any (recovered)
      and b.id <> all (repeated)
      and b.lead_id is not null
    on conflict (event_id) do nothing;
  end if;

  for delivered in
    select
      b.id, b.lead_id, b.type, b.occurred_at, b.email_account, w.event ->> 'email_id' as email_id,
      private.mail_words(w.event, w.payload) as words
    from unnest(batch) as b
    -- Row by row by the index: the table is empty, or large and touched by few of the batch.
    cross join lateral (
      select
      from private.recovered_facts as r
      where r.lead_id = b.lead_id and r.confirmed_by is null and b.occurred_at between r.earliest_at and r.latest_at
      limit 1
    ) as candidate
    join private.webhook_events as w on w.id = b.id
    where (recovered is null or b.id <> all (recovered))
      and b.type in (
        'email_sent', 'email_opened', 'email_clicked', 'reply_received', 'auto_reply_received', 'email_bounced',
        'lead_unsubscribed'
      )
    order by b.occurred_at, b.id
  loop
    update private.recovered_facts as f
    set confirmed_by = delivered.id
    where f.event_id = (
      select r.event_id
      from private.recovered_facts as r
      where r.lead_id = delivered.lead_id
        and r.confirmed_by is null
        and (r.type = delivered.type or (r.type in ('reply_received', 'auto_reply_received') and delivered.type in ('reply_received', 'auto_reply_received')))
        -- A mail with an id of its own is another mail than one of the inbox, unless it has the same id or says the same.
        and (r.is_inferred or delivered.email_id is null or exists (
          select
          from private.webhook_events as i
          where i.id = r.event_id
            and (i.event ->> 'email_id' = delivered.email_id or private.mail_words(i.event, i.payload) = delivered.words)
        ))
        and (r.type <> 'email_sent' or coalesce(r.email_account = delivered.email_account, true))
        -- Opens and clicks are counted mail by mail where the provider names the mail.
        and (r.type not in ('email_opened', 'email_clicked') or delivered.email_id is null or coalesce(delivered.email_id = (
          select i.event ->> 'email_id' from private.webhook_events as i where i.id = r.event_id
        ), true))
        and delivered.occurred_at between r.earliest_at and r.latest_at
      order by greatest(r.occurred_at - delivered.occurred_at, delivered.occurred_at - r.occurred_at), r.event_id
      limit 1
    );

    if found then
      repeated := repeated || delivered.id;

      -- Reported as automatic by either side, it is.
      if delivered.type = 'auto_reply_received' then
        insert into private.automatic_replies as a (event_id, lead_id, is_by_label)
        select f.event_id, f.lead_id, false
        from private.recovered_facts as f
        where f.lead_id = delivered.lead_id and f.confirmed_by = delivered.id and f.type = 'reply_received'
        on conflict (event_id) do update set is_by_label = false, is_settled = false where a.is_by_label;
      end if;
    end if;
  end loop;

  return repeated;
end
$$;

comment on function private.match_recovered_facts(private.resolved_event[]) is
  'Records what the sync found, and answers the ids of the rows that repeat a fact which is known already.';

grant execute on function private.match_recovered_facts(private.resolved_event[]) to service_role;
