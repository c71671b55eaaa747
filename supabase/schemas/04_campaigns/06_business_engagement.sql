-- What came of a business: the state of its leads, kept on the business itself.

-- Follows all that write leads: projector, sync and export. One look per statement where no lead has a business. The
-- businesses are held in order first, and read in a statement of its own, so that two leads of one business that move
-- at once are both counted.
create function private.follow_leads()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  touched uuid[] := array(
    select distinct n.business_id from new_leads as n where n.business_id is not null order by n.business_id
  );
begin
  if touched = '{}' then
    return null;
  end if;

  perform from public.businesses as b where b.id = any (touched) order by b.id for update;

  update public.businesses as b
  set
    sent_at = s.sent_at,
    opened_at = s.opened_at,
    clicked_at = s.clicked_at,
    replied_at = s.replied_at,
    reply_count = s.reply_count,
    email_status = s.email_status
  from (
    select
      l.business_id,
      min(l.sent_at) as sent_at,
      min(l.opened_at) as opened_at,
      min(l.clicked_at) as clicked_at,
      min(l.replied_at) as replied_at,
      sum(l.reply_count) as reply_count,
      case
        when bool_or(l.unsubscribed_at is not null) then 'unsubscribed'
        when bool_or(l.reply_count > 0) then 'replied'
        when bool_or(l.bounced_at is not null) then 'bounced'
        when bool_or(l.click_count > 0) then 'clicked'
        when bool_or(l.open_count > 0) then 'opened'
        when bool_or(l.sent_count > 0) then 'sent'
        else 'not_sent'
      end as email_status
    from public.synced_leads as l
    where l.business_id = any (touched)
    group by l.business_id
  ) as s
  where b.id = s.business_id
    and (b.sent_at, b.opened_at, b.clicked_at, b.replied_at, b.reply_count, b.email_status)
      is distinct from (s.sent_at, s.opened_at, s.clicked_at, s.replied_at, s.reply_count, s.email_status);

  return null;
end
$$;

comment on function private.follow_leads() is 'Trigger: brings the businesses of inserted or changed leads up to date.';

create trigger follow_inserted_leads after insert on public.synced_leads
referencing new table as new_leads for each statement execute function private.follow_leads();

create trigger follow_changed_leads after update on public.synced_leads
referencing new table as new_leads for each statement execute function private.follow_leads();
