-- What labels and categories say: by their text, or by the number that Smartlead's list of categories explains.

-- The sentiment of an event, or null when it carries none. A custom label means what the workspace says it means.
create function private.event_interest(event_type public.email_event_type, event_connection_id uuid, event_label text)
returns public.interest_status
language sql
stable
set search_path = ''
as $$
  select case
    when event_type in ('lead_interested', 'lead_meeting_booked', 'lead_meeting_completed', 'lead_closed') then 'positive'
    when event_type in ('lead_not_interested', 'lead_wrong_person', 'lead_lost') then 'negative'
    when event_type in ('lead_neutral', 'lead_out_of_office', 'lead_no_show') then 'neutral'
    when event_type = 'lead_labelled' then (
      select l.interest_status::text
      from private.provider_labels as l
      where l.connection_id = event_connection_id and lower(l.label) = lower(event_label)
      order by l.interest_value
      limit 1
    )
  end::public.interest_status
$$;

comment on function private.event_interest(public.email_event_type, uuid, text) is
  'positive | neutral | negative for events that label a lead, null for all others and for a label that the workspace does not explain.';

grant execute on function private.event_interest(public.email_event_type, uuid, text) to service_role;

-- What the number of a category means: by the workspace's own list, as the sync read it, else the one built-in number
-- that was seen to be the same everywhere. Null = not known yet.
create function private.category_label(event_connection_id uuid, category_id integer)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select l.label
      from private.provider_labels as l
      where l.connection_id = event_connection_id and l.interest_value = category_id
    ),
    case when category_id = 6 then 'lead_out_of_office' end
  )
$$;

comment on function private.category_label(uuid, integer) is
  'The label of a category''s number (a standard one by the name of its event type), or null while the list of categories does not have it.';

grant execute on function private.category_label(uuid, integer) to service_role;

-- What kind of event it is by the number of its category: a reply whose category is automatic is an automatic one, and a label
-- that came as a number alone is the standard one of that number.
create function private.type_by_category(
  event_connection_id uuid, event_type public.email_event_type, event_label text, category_id integer
)
returns public.email_event_type
language plpgsql
stable
set search_path = ''
as $$
declare
  meaning text := private.category_label(event_connection_id, category_id);
begin
  return case
    when meaning is null or event_label is not null then event_type
    when event_type in ('reply_received', 'auto_reply_received')
      then case when private.means_automatic(meaning) then 'auto_reply_received' else 'reply_received' end::public.email_event_type
    when event_type = 'lead_labelled' and meaning in (
      select t.name::text
      from unnest(enum_range('lead_interested'::public.email_event_type, 'lead_no_show'::public.email_event_type)) as t (name)
    ) then meaning::public.email_event_type
    else event_type
  end;
end
$$;

comment on function private.type_by_category(uuid, public.email_event_type, text, integer) is
  'The type of an event that names its category by number, as far as the list of categories explains it.';

grant execute on function private.type_by_category(uuid, public.email_event_type, text, integer) to service_role;

-- The label of such an event: its own text, else the label of the number, else the number.
create function private.label_by_category(
  event_connection_id uuid, event_type public.email_event_type, event_label text, category_id integer
)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  if event_label is not null or event_type <> 'lead_labelled'
    or private.type_by_category(event_connection_id, event_type, event_label, category_id) <> 'lead_labelled'
  then
    return event_label;
  end if;

  return coalesce(private.category_label(event_connection_id, category_id), 'Category ' || category_id);
end
$$;

comment on function private.label_by_category(uuid, public.email_event_type, text, integer) is
  'The label of an event that names its category by number; "Category n" while it is unknown.';

grant execute on function private.label_by_category(uuid, public.email_event_type, text, integer) to service_role;
