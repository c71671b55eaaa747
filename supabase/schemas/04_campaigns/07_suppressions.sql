-- People never to be emailed again.

create type public.suppression_reason as enum ('unsubscribed', 'bounced', 'spam_report', 'erased', 'do_not_contact');

-- People never to be emailed for this client again, whatever campaign or provider.
create table public.suppressions (
  client_id uuid not null references public.clients (id) on delete cascade,
  email text not null constraint suppressions_email_is_normal check ((email = private.normalize_email(email)) is true),
  reason public.suppression_reason not null,
  bounce_class public.bounce_class,
  suppressed_at timestamptz not null default now(),
  note text,
  primary key (client_id, email),
  constraint suppressions_class_of_bounces check (bounce_class is null or reason = 'bounced')
);

comment on table public.suppressions is
  'Addresses that an export never sends for this client: unsubscribed, not to be contacted, bounced, reported as spam or erased. The reason that arrived first stays, but a person''s word replaces a bounce. A bounce goes again when the person writes to us later.';
comment on column public.suppressions.note is 'What an operator noted when suppressing by hand; null for what came from events.';
comment on column public.suppressions.bounce_class is 'Class of the bounce (always hard, the only one that suppresses); null for every other reason.';

alter table public.suppressions enable row level security;

grant select on public.suppressions to authenticated;
grant select, insert, update, delete on public.suppressions to service_role;

create policy "Clients see their suppressions, operators see all"
on public.suppressions for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- Who asked a shared workspace not to be written to, naming no campaign: which client it concerns is unknown, so no client is
-- sent there again with this address, also one that none of them knows yet. No client reads it, because the address may be another's.
create table private.workspace_suppressions (
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  email text not null,
  reason public.suppression_reason not null,
  suppressed_at timestamptz not null,
  primary key (connection_id, email)
);

comment on table private.workspace_suppressions is
  'Addresses that an export sends for no client of this shared workspace, because the request named no campaign.';

alter table private.workspace_suppressions enable row level security;

grant select, insert, update, delete on private.workspace_suppressions to service_role;

create policy "Only the functions read suppressions of a workspace"
on private.workspace_suppressions for all to service_role using (true) with check (true);
