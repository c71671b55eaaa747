-- The same where the events are in the archive: DuckDB has added up the files, and what is left here is added to that.

create function worker.list_closed_campaigns()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('campaign_id', d.campaign_id, 'client_id', d.client_id, 'zone', c.time_zone) order by d.campaign_id), '[]')
  from private.closed_campaigns as d
  join public.clients as c on c.id = d.client_id
$$;

comment on function worker.list_closed_campaigns() is
  'Closed campaigns with the time zone in which their days are to be cut: [{ campaign_id, client_id, zone }]. Service role only.';

grant execute on function worker.list_closed_campaigns() to service_role;

-- Closed campaigns, whose days are cut in the present zone of their client. Returns { table: rows } that were wrong.
--
-- archived: { "leads": [{ "lead_id", "sent", "opens", "clicks" }],
--             "days": [{ "campaign_id", "day", "sent", "contacted", "opens", "opened", "clicks", "clicked" }],
--             "totals": [{ "campaign_id", "sent", "opens", "clicks", "last_event_at" }],
--             "steps": [{ "campaign_id", "step", "variant", "sent", "opened", "clicked" }],
--             "shifts": [{ "campaign_id", "day", "kind", "change" }] }, of the files alone
create function worker.rebuild_closed_campaigns(campaign_ids uuid[], archived jsonb, only_compare boolean default false)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  corrected jsonb;
begin
  perform pg_advisory_xact_lock(private.campaign_moves_lock());

  if exists (
    select
    from unnest(campaign_ids) as k (id)
    where not exists (select from private.closed_campaigns as d where d.campaign_id = k.id)
  ) then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = 'A campaign was reopened meanwhile; begin the rebuild again';
  end if;

  begin
    delete from private.day_cuts as z
    using public.campaigns as k
    join public.clients as c on c.id = k.client_id
    where z.campaign_id = k.id and k.id = any (campaign_ids) and c.time_zone = 'UTC';

    insert into private.day_cuts as z (campaign_id, client_id, zone)
    select k.id, k.client_id, c.time_zone
    from public.campaigns as k
    join public.clients as c on c.id = k.client_id
    where k.id = any (campaign_ids) and c.time_zone <> 'UTC'
    on conflict (campaign_id) do update set zone = excluded.zone, counted_before = 'infinity' where z.zone <> excluded.zone;

    corrected := private.correct_campaigns(campaign_ids, archived);

    if only_compare then
      raise exception using errcode = 'PT499';
    end if;
  exception
    when sqlstate 'PT499' then
      null;
  end;

  return corrected;
end
$$;

comment on function worker.rebuild_closed_campaigns(uuid[], jsonb, boolean) is
  'Counts everything of closed campaigns again, from what the archive adds up to and the events that are here. Service role only. Shapes: see the comment above its definition.';

grant execute on function worker.rebuild_closed_campaigns(uuid[], jsonb, boolean) to service_role;

-- Mailboxes of a month of which events are archived; archived: [{ "connection_id", "email_account", "day", "sent", "opens", "clicks" }]
create function worker.rebuild_archived_month(from_day date, archived jsonb, only_compare boolean default false)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  corrected jsonb;
begin
  perform pg_advisory_xact_lock(private.campaign_moves_lock());

  begin
    corrected := jsonb_build_object(
      'email_account_days', private.correct_mailboxes(from_day, (from_day + interval '1 month')::date, archived)
    );

    if only_compare then
      raise exception using errcode = 'PT499';
    end if;
  exception
    when sqlstate 'PT499' then
      null;
  end;

  return corrected;
end
$$;

comment on function worker.rebuild_archived_month(date, jsonb, boolean) is
  'Counts the observed numbers of mailboxes of a month again, with what the archive adds up to. Service role only. Shapes: see the comment above its definition.';

grant execute on function worker.rebuild_archived_month(date, jsonb, boolean) to service_role;
