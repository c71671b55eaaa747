-- What each source says a reply is, and which of them is believed: a person, else the provider, else a model, else the rules.

create table private.reply_opinions (
  message_id uuid not null references public.messages (id) on delete cascade,
  source public.reply_class_source not null,
  reply_class public.reply_class not null,
  confidence numeric(3, 2) check (confidence between 0 and 1),
  reply_date date,
  is_by_verdict boolean not null default false,
  given_by uuid,
  given_at timestamptz not null default now(),
  primary key (message_id, source)
);

comment on table private.reply_opinions is
  'What each source says a reply is. The believed one is in messages.reply_class; the others stay: when one is removed, the next is believed.';
comment on column private.reply_opinions.is_by_verdict is
  'A person''s verdict contradicted the class, so it says one too; goes with the verdict.';

alter table private.reply_opinions enable row level security;

grant select, insert, update, delete on private.reply_opinions to service_role;

create policy "Only the functions read opinions"
on private.reply_opinions for all to service_role using (true) with check (true);

-- Whom the class of a reply suppressed, so that a person who corrects the class lifts it too.
create table private.class_suppressions (
  message_id uuid not null references public.messages (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  email text not null,
  suppressed_at timestamptz not null,
  primary key (message_id, email)
);

comment on table private.class_suppressions is
  'Suppressions that come from a reply which asks for it; lifted when a person says that it does not.';

create index class_suppressions_client_id_idx on private.class_suppressions (client_id);

alter table private.class_suppressions enable row level security;

grant select, insert, update, delete on private.class_suppressions to service_role;

create policy "Only the functions read suppressions by class"
on private.class_suppressions for all to service_role using (true) with check (true);

-- From this confidence on, the words of a reply alone suppress: rules reach it only for a plain request.
create function private.enough_to_suppress()
returns numeric
language sql
immutable
set search_path = ''
as $$
  select 0.9
$$;

comment on function private.enough_to_suppress() is
  'Confidence of rules or model from which on a request to unsubscribe suppresses without a person.';

grant execute on function private.enough_to_suppress() to service_role;

-- What a provider's label says of the reply before it. Null where it says nothing of the mail: neutral, no show. Instantly tells
-- automatic mails itself; its "out of office" speaks of the lead.
create function private.class_by_label(
  label_type public.email_event_type, label text, label_provider public.provider, label_connection_id uuid
)
returns public.reply_class
language sql
stable
set search_path = ''
as $$
  select case
    when label_type in ('lead_interested', 'lead_meeting_booked', 'lead_meeting_completed', 'lead_closed') then 'interested'
    when label_type in ('lead_not_interested', 'lead_lost') then 'not_interested'
    when label_type = 'lead_wrong_person' then 'wrong_person'
    when label_type = 'lead_out_of_office' or private.means_automatic(label) then
      case when label_provider = 'smartlead' then 'out_of_office' end
    when label_type = 'lead_labelled' then case
      when private.means_do_not_contact(label) then 'unsubscribe'
      else case private.event_interest(label_type, label_connection_id, label)
        when 'positive' then 'interested'
        when 'negative' then 'not_interested'
      end
    end
  end::public.reply_class
$$;

comment on function private.class_by_label(public.email_event_type, text, public.provider, uuid) is
  'The class that a label gives to the reply before it, or null when it says nothing of a mail.';

grant execute on function private.class_by_label(public.email_event_type, text, public.provider, uuid) to service_role;
