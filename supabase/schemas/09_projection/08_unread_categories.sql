-- Categories that came by number before anybody knew what the number means.

-- Events whose category was unknown when they were projected; the sync's list of categories settles them.
create table private.unread_categories (
  event_id bigint primary key references private.webhook_events (id) on delete cascade,
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  lead_id uuid not null references public.synced_leads (id) on delete cascade,
  category_id integer not null
);

comment on table private.unread_categories is
  'Projected events that name a category by a number which the workspace''s list does not explain yet.';

create index unread_categories_connection_id_idx on private.unread_categories (connection_id, category_id);
create index unread_categories_lead_id_idx on private.unread_categories (lead_id);

alter table private.unread_categories enable row level security;

grant select, insert, update, delete on private.unread_categories to service_role;

create policy "Only the functions read unread categories"
on private.unread_categories for all to service_role using (true) with check (true);

-- Part of a step of the projector: keeps which events of the batch name a category not known yet.
create function private.record_unread_categories(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.unread_categories (event_id, connection_id, lead_id, category_id)
  select b.id, b.connection_id, b.lead_id, b.category_id
  from unnest(batch) as b
  where b.lead_id is not null
    and b.category_id is not null
    and b.type in ('reply_received', 'auto_reply_received', 'lead_labelled')
    and not exists (
      select
      from private.provider_labels as l
      where l.connection_id = b.connection_id and l.interest_value = b.category_id
    )
  order by b.id
  on conflict (event_id) do nothing;
end
$$;

comment on function private.record_unread_categories(private.resolved_event[]) is
  'Keeps the events of a batch whose category the workspace''s list does not explain yet.';

grant execute on function private.record_unread_categories(private.resolved_event[]) to service_role;

-- What the list of categories now explains: replies become automatic or not, labels get their name and their sentiment.
create function private.read_categories(target_connection_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  explained bigint[];
  touched uuid[];
begin
  select array_agg(u.event_id), array_agg(distinct u.lead_id)
  into explained, touched
  from private.unread_categories as u
  join private.provider_labels as p on p.connection_id = u.connection_id and p.interest_value = u.category_id
  where u.connection_id = target_connection_id;

  if explained is null then
    return;
  end if;

  perform pg_advisory_xact_lock_shared(private.campaign_moves_lock());
  perform from public.synced_leads as l where l.id = any (touched) order by l.campaign_id, l.email for update;

  insert into private.automatic_replies as a (event_id, lead_id, is_by_label)
  select e.id, e.lead_id, false
  from public.email_events as e
  join private.unread_categories as u on u.event_id = e.id
  where e.lead_id = any (touched)
    and e.id = any (explained)
    and e.type = 'reply_received'
    and private.type_by_category(e.connection_id, e.type, e.label, u.category_id) = 'auto_reply_received'
  order by e.id
  on conflict (event_id) do update set is_by_label = false, is_settled = false where a.is_by_label;

  with named as materialized (
    select
      e.id, e.lead_id, e.occurred_at, e.label as old_label, u.connection_id,
      private.type_by_category(u.connection_id, 'lead_labelled', null, u.category_id) as type,
      private.label_by_category(u.connection_id, 'lead_labelled', null, u.category_id) as label
    from public.email_events as e
    join private.unread_categories as u on u.event_id = e.id
    where e.lead_id = any (touched) and e.id = any (explained) and e.type = 'lead_labelled'
  ),
  renamed as (
    update public.email_events as e
    set type = n.type, label = n.label
    from named as n
    where e.lead_id = n.lead_id and e.occurred_at = n.occurred_at and e.id = n.id
  ),
  latest as (
    select distinct on (n.lead_id)
      n.*, coalesce(n.label, n.type::text) as shown, private.event_interest(n.type, n.connection_id, n.label) as interest
    from named as n
    order by n.lead_id, n.occurred_at desc, n.id desc
  )
  update public.synced_leads as l
  set
    interest_label = case when l.interest_label_at <= t.occurred_at then t.shown else l.interest_label end,
    interest_status_reported = case
      when t.interest is not null and t.occurred_at >= coalesce(l.interest_changed_at_reported, '-infinity')
      then t.interest else l.interest_status_reported
    end,
    interest_changed_at_reported = case
      when t.interest is not null then greatest(l.interest_changed_at_reported, t.occurred_at) else l.interest_changed_at_reported
    end,
    out_of_office_at = case
      when t.type = 'lead_out_of_office' or private.means_automatic(t.label) then greatest(l.out_of_office_at, t.occurred_at)
      else l.out_of_office_at
    end,
    updated_at = now()
  from latest as t
  where l.id = t.lead_id;

  insert into public.suppressions as s (client_id, email, reason, suppressed_at)
  select distinct on (e.client_id, e.email) e.client_id, e.email, 'do_not_contact', e.occurred_at
  from public.email_events as e
  join private.unread_categories as u on u.event_id = e.id
  where e.lead_id = any (touched)
    and e.id = any (explained)
    and e.client_id is not null and e.email is not null
    and private.means_do_not_contact(private.category_label(u.connection_id, u.category_id))
  order by e.client_id, e.email, e.occurred_at
  on conflict (client_id, email) do update
  set reason = excluded.reason, bounce_class = null, suppressed_at = excluded.suppressed_at
  where s.reason = 'bounced';

  delete from private.unread_categories as u where u.event_id = any (explained);
  perform private.settle_replies(touched);
end
$$;

comment on function private.read_categories(uuid) is
  'Applies the list of categories of a workspace to events that named theirs by a number only.';

grant execute on function private.read_categories(uuid) to service_role;
