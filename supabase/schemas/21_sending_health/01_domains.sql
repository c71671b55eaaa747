-- The domains of the mailboxes and what DNS says of them: a look every day, the last result of each kind of record, and what changed.

create table public.sending_domains (
  domain text primary key check (domain = lower(domain)),
  -- The last look that answered for every kind, and the last one at all.
  checked_at timestamptz,
  attempted_at timestamptz,
  check_error text,
  next_check_at timestamptz not null default now(),
  -- The provider's own looks: at blacklists in placement tests, and at the records.
  blacklists_checked_at timestamptz,
  provider_records jsonb check (jsonb_typeof(provider_records) = 'object'),
  provider_records_at timestamptz,
  created_at timestamptz not null default now()
);

comment on table public.sending_domains is
  'Domains of the mailboxes of all connections, with the last look at their DNS records. checked_at = the last complete one, check_error = why the last one was not. Operators only.';

comment on column public.sending_domains.blacklists_checked_at is
  'When the provider last looked the domain up on blacklists, which it does in placement tests; null = never.';
comment on column public.sending_domains.provider_records is
  'The result of the provider''s own test of the records at provider_records_at: { spf, dkim, dmarc, mx } as true, false or null (not known).';

create index sending_domains_next_check_at_idx on public.sending_domains (next_check_at);

create table public.sending_domain_checks (
  domain text not null references public.sending_domains (domain) on delete cascade,
  kind text not null check (kind in ('spf', 'dkim', 'dmarc', 'mx')),
  verdict text not null check (verdict in ('good', 'warning', 'bad', 'unknown')),
  finding text not null check (finding ~ '^[a-z_]+$'),
  sentence text not null,
  advice text,
  records text[] not null default '{}',
  checked_at timestamptz not null default now(),
  since timestamptz not null default now(),
  primary key (domain, kind)
);

comment on table public.sending_domain_checks is
  'Per domain and kind of record (spf, dkim, dmarc, mx) the verdict of the last look that was answered: good, warning, bad, or unknown (DKIM under none of the usual selectors), with a sentence, what to do and the records. since = from when on this finding holds. Operators only.';

create table public.sending_domain_changes (
  id bigint generated always as identity primary key,
  domain text not null references public.sending_domains (domain) on delete cascade,
  kind text not null,
  changed_at timestamptz not null default now(),
  verdict_before text not null,
  verdict text not null,
  finding_before text not null,
  finding text not null,
  records_before text[] not null,
  records text[] not null
);

comment on table public.sending_domain_changes is
  'What changed in the DNS records of a domain between two looks: verdict, finding and records before and after. Operators only.';

create index sending_domain_changes_domain_idx on public.sending_domain_changes (domain, changed_at desc);

alter table public.sending_domains enable row level security;
alter table public.sending_domain_checks enable row level security;
alter table public.sending_domain_changes enable row level security;

grant select on public.sending_domains, public.sending_domain_checks, public.sending_domain_changes to authenticated;
grant select, insert, update, delete
on public.sending_domains, public.sending_domain_checks, public.sending_domain_changes to service_role;

create policy "Operators see the sending domains"
on public.sending_domains for select to authenticated
using ((select private.is_operator()));

create policy "Operators see the checks of the sending domains"
on public.sending_domain_checks for select to authenticated
using ((select private.is_operator()));

create policy "Operators see what changed of the sending domains"
on public.sending_domain_changes for select to authenticated
using ((select private.is_operator()));
