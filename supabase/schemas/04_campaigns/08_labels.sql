-- What a label says by its text, and what a workspace says that its own labels mean.

-- What a label says by its text alone, whatever the workspace made of it. One spelling of blanks and dashes.
create function private.plain_label(label text)
returns text
language sql
immutable
set search_path = ''
as $$
  select btrim(regexp_replace(lower(label), '[\s_-]+', ' ', 'g'))
$$;

comment on function private.plain_label(text) is 'A label in lower case with single blanks, to compare it with names.';

grant execute on function private.plain_label(text) to service_role;

create function private.means_do_not_contact(label text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(private.plain_label(label) in (
    'do not contact', 'don''t contact', 'do not email', 'do not mail', 'do not contact again', 'never contact', 'dnc', 'lead do not contact',
    'unsubscribe', 'unsubscribed', 'remove me', 'opt out', 'opted out', 'blacklisted', 'blocklisted'
  ), false)
$$;

comment on function private.means_do_not_contact(text) is 'Whether a label asks never to write to this person again.';

grant execute on function private.means_do_not_contact(text) to service_role;

create function private.means_automatic(label text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(private.plain_label(label) in (
    'lead out of office', 'out of office', 'ooo', 'auto reply', 'autoreply', 'automatic reply', 'automated reply', 'vacation'
  ), false)
$$;

comment on function private.means_automatic(text) is 'Whether a label calls the reply that it is about an automatic one.';

grant execute on function private.means_automatic(text) to service_role;

create function private.means_sender_bounce(label text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(private.plain_label(label) in ('sender originated bounce', 'sender bounce', 'sender side bounce'), false)
$$;

comment on function private.means_sender_bounce(text) is 'Whether a label says that a bounce was a fault of the sending side.';

grant execute on function private.means_sender_bounce(text) to service_role;

-- What the provider's own labels mean, so that a custom label has a sentiment.
create table private.provider_labels (
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  interest_value integer not null,
  label text not null,
  interest_status public.interest_status not null,
  updated_at timestamptz not null default now(),
  primary key (connection_id, interest_value)
);

comment on table private.provider_labels is 'Custom interest labels of a workspace and their sentiment, read by the sync.';

create index provider_labels_label_idx on private.provider_labels (connection_id, lower(label));

alter table private.provider_labels enable row level security;

grant select, insert, update, delete on private.provider_labels to service_role;

create policy "Only the functions read provider labels"
on private.provider_labels for all to service_role using (true) with check (true);
