-- What follows from events beyond the numbers: suppressions, the state of a campaign and of a mailbox.

-- Step 6: who asked not to be written to again, and what the provider did with a campaign.
create function private.apply_consequences(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.suppress_who_asked(batch);

  update public.campaigns as c
  set provider_status = s.status, provider_status_at = s.occurred_at
  from (
    select distinct on (b.campaign_id)
      b.campaign_id,
      b.occurred_at,
      case b.type
        when 'campaign_started' then 'active'
        when 'campaign_paused' then 'paused'
        else 'completed'
      end::public.provider_campaign_status as status
    from unnest(batch) as b
    where b.type in ('campaign_started', 'campaign_paused', 'campaign_completed') and b.campaign_id is not null
    order by b.campaign_id, b.occurred_at desc, b.type desc
  ) as s
  where c.id = s.campaign_id
    and s.occurred_at >= coalesce(c.provider_status_at, '-infinity');

  -- What list_incidents shows until the campaign is started again.
  update private.provider_campaigns as p
  set bounce_threshold_at = s.occurred_at
  from (
    select b.campaign_id, max(b.occurred_at) as occurred_at
    from unnest(batch) as b
    where b.type = 'bounce_threshold_reached' and b.campaign_id is not null
    group by b.campaign_id
  ) as s
  where p.campaign_id = s.campaign_id and s.occurred_at > coalesce(p.bounce_threshold_at, '-infinity');

  -- A mailbox with an error shows it before the next sync; the rule is the one of worker.record_email_accounts.
  update public.email_accounts as a
  set
    status = case s.type when 'account_suspended' then 'suspended' else 'error' end::public.email_account_status,
    status_reason = case s.type
      when 'account_suspended' then 'The provider suspended this mailbox'
      else 'The provider reported an error of this mailbox'
    end
  from (
    select distinct on (b.connection_id, b.email_account) b.connection_id, b.email_account, b.type, b.occurred_at
    from unnest(batch) as b
    where b.type in ('account_error', 'account_suspended') and b.email_account is not null
    order by b.connection_id, b.email_account, b.occurred_at desc, b.type desc
  ) as s
  where a.connection_id = s.connection_id
    and a.email = s.email_account
    and a.status in ('active', 'error')
    and s.occurred_at > greatest(coalesce(a.provider_updated_at, '-infinity'), now() - interval '1 day');
end
$$;

comment on function private.apply_consequences(private.resolved_event[]) is
  'Step 6 of the projector: suppressions, and what the provider did with a campaign.';

grant execute on function private.apply_consequences(private.resolved_event[]) to service_role;
