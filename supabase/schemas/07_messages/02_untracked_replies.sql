-- Mails to our mailboxes by people who are in no campaign, counted nowhere.

create table public.untracked_replies (
  id bigint primary key references private.webhook_events (id) on delete cascade,
  client_id uuid references public.clients (id) on delete cascade,
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  provider public.provider not null,
  occurred_at timestamptz not null,
  email text not null,
  sender_name text,
  email_account text,
  subject text,
  body_text text,
  snippet text,
  body_removed_at timestamptz
);

comment on table public.untracked_replies is
  'Mails of people who are in no campaign, as the provider reports them. client_id is the owner of a dedicated connection; those of a shared one belong to no client alone and only operators see them. No number counts them.';
comment on column public.untracked_replies.id is 'The id of the delivery that reported it.';
comment on column public.untracked_replies.email is 'Who wrote.';
comment on column public.untracked_replies.body_removed_at is 'When retention removed its text; null = it was not.';

create index untracked_replies_client_id_idx on public.untracked_replies (client_id, occurred_at desc);
create index untracked_replies_connection_id_idx on public.untracked_replies (connection_id);
create index untracked_replies_newest_idx on public.untracked_replies (occurred_at desc);
create index untracked_replies_texts_idx on public.untracked_replies (occurred_at) where body_removed_at is null;

alter table public.untracked_replies enable row level security;

grant select on public.untracked_replies to authenticated;
grant select, insert, update, delete on public.untracked_replies to service_role;

create policy "Clients see mails to their mailboxes, operators see all"
on public.untracked_replies for select to authenticated
using (
  client_id = any (array(select private.visible_client_ids()))
  or (client_id is null and (select private.is_operator()))
);
