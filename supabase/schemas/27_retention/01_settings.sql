-- How long each kind of data is kept: every age limit of the database is a row here.

-- A minimum is what the rest needs: see docs/operations.md. What removes a kind is in private.remove_old.
create table private.retention_settings (
  kind text primary key,
  place smallint not null unique,
  keep_days integer,
  default_days integer not null,
  minimum_days integer not null,
  checked_at timestamptz,
  removed_at timestamptz,
  removed_rows integer not null default 0,
  removed_in_all bigint not null default 0,
  constraint retention_settings_keeps_long_enough check (keep_days between minimum_days and 36500)
);

comment on table private.retention_settings is
  'How many days each kind of data is kept, changed by operators with change_retention; keep_days null = for ever.';
comment on column private.retention_settings.checked_at is 'When the scheduler last looked for rows that are too old.';
comment on column private.retention_settings.removed_at is 'When it last removed some; removed_rows = how many on that day (UTC).';

insert into private.retention_settings (kind, place, keep_days, default_days, minimum_days) values
  ('deliveries', 1, 90, 90, 30),
  ('messages', 2, 730, 730, 90),
  ('audit', 3, 730, 730, 90),
  ('provider_calls', 4, 30, 30, 7),
  ('outgoing', 5, 30, 30, 7),
  ('placements', 6, 180, 180, 30),
  ('recovered_facts', 7, 90, 90, 90),
  ('run_details', 8, 7, 7, 1),
  ('scheduled_calls', 9, 1, 1, 1);

alter table private.retention_settings enable row level security;

grant select, insert, update, delete on private.retention_settings to service_role;

create policy "Only the functions read the periods"
on private.retention_settings for all to service_role using (true) with check (true);
