-- Stand-in for pg_cron 1.6: the same tables and functions; `cron-worker.ts` stands in for the background worker.

create schema if not exists cron;
create sequence if not exists cron.jobid_seq;
create sequence if not exists cron.runid_seq;

create table if not exists cron.job (
  jobid bigint primary key default nextval('cron.jobid_seq'),
  schedule text not null,
  command text not null,
  nodename text not null default 'localhost',
  nodeport integer not null default inet_server_port(),
  database text not null default current_database(),
  username text not null default current_user,
  active boolean not null default true,
  jobname text,
  constraint jobname_username_uniq unique (jobname, username)
);

create table if not exists cron.job_run_details (
  jobid bigint,
  runid bigint primary key default nextval('cron.runid_seq'),
  job_pid integer,
  database text,
  username text,
  command text,
  status text,
  return_message text,
  start_time timestamptz,
  end_time timestamptz
);

alter table cron.job enable row level security;
alter table cron.job_run_details enable row level security;
drop policy if exists cron_job_policy on cron.job;
create policy cron_job_policy on cron.job using (username = current_user);
drop policy if exists cron_job_run_details_policy on cron.job_run_details;
create policy cron_job_run_details_policy on cron.job_run_details using (username = current_user);

-- One field of a schedule, such as `*/5`, `1-5`, `0,30` or `mon`.
create or replace function cron.field_is_valid(field text, lowest integer, highest integer, names text[])
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
  item text;
  part text[];
  first_value integer;
  last_value integer;
begin
  foreach item in array string_to_array(lower(field), ',') loop
    part := regexp_match(item, '^(?:(\*)|([0-9]+|[a-z]{3})(?:-([0-9]+|[a-z]{3}))?)(?:/([0-9]+))?$');
    if part is null then
      return false;
    end if;
    -- A step needs a range, and is at least 1.
    if part[4] is not null and (part[4]::integer < 1 or (part[1] is null and part[3] is null)) then
      return false;
    end if;
    if part[1] is null then
      first_value := case
        when part[2] ~ '^[0-9]+$' then part[2]::integer
        else array_position(names, part[2]) - 1 + lowest
      end;
      last_value := case
        when part[3] is null then first_value
        when part[3] ~ '^[0-9]+$' then part[3]::integer
        else array_position(names, part[3]) - 1 + lowest
      end;
      if first_value is null or last_value is null or first_value < lowest or last_value > highest
        or first_value > last_value then
        return false;
      end if;
    end if;
  end loop;
  return field <> '';
end;
$$;

-- Five fields in GMT (`$` is the last day of the month), or `N seconds` from 1 to 59.
create or replace function cron.schedule_is_valid(schedule text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
  seconds text := substring(lower(schedule) from '^\s*([0-9]{1,9})\s+seconds?\s*$');
  fields text[] := regexp_split_to_array(btrim(schedule, E' \t'), '[ \t]+');
begin
  if seconds is not null then
    return seconds::integer between 1 and 59;
  end if;
  if lower(btrim(schedule)) in ('@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually') then
    return true;
  end if;
  return array_length(fields, 1) = 5
    and cron.field_is_valid(fields[1], 0, 59, '{}')
    and cron.field_is_valid(fields[2], 0, 23, '{}')
    and (fields[3] = '$' or cron.field_is_valid(fields[3], 1, 31, '{}'))
    and cron.field_is_valid(fields[4], 1, 12, '{jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec}')
    and cron.field_is_valid(fields[5], 0, 7, '{sun,mon,tue,wed,thu,fri,sat}');
end;
$$;

-- pg_cron writes its tables as a superuser and stores the job under the calling user. A definer function cannot see its
-- caller, so the public functions below run as the caller and pass the name.
create or replace function cron.save_job(
  caller text, new_jobname text, new_schedule text, new_command text, new_database text, new_active boolean
)
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  saved_id bigint;
begin
  if new_schedule is null or new_command is null then
    raise exception 'schedule and command must not be NULL';
  end if;
  if not cron.schedule_is_valid(new_schedule) then
    raise exception 'invalid schedule: %', new_schedule
      using hint = 'Use cron format (e.g. 5 4 * * *), or interval format ''[1-59] seconds''';
  end if;
  insert into cron.job (jobname, schedule, command, database, username, active)
  values (new_jobname, new_schedule, new_command, new_database, caller, new_active)
  on conflict on constraint jobname_username_uniq do update
  set
    schedule = excluded.schedule,
    command = excluded.command,
    database = excluded.database,
    active = excluded.active
  returning jobid into saved_id;
  return saved_id;
end;
$$;

create or replace function cron.schedule(schedule text, command text)
returns bigint
language sql
set search_path = ''
as $$
  select cron.save_job(current_user, null, schedule, command, current_database(), true)
$$;

create or replace function cron.schedule(job_name text, schedule text, command text)
returns bigint
language sql
set search_path = ''
as $$
  select cron.save_job(current_user, job_name, schedule, command, current_database(), true)
$$;

create or replace function cron.schedule_in_database(
  job_name text, schedule text, command text, database text, username text default null, active boolean default true
)
returns bigint
language sql
set search_path = ''
as $$
  select cron.save_job(coalesce(username, current_user), job_name, schedule, command, database, active)
$$;

create or replace function cron.delete_job(caller text, wanted_id bigint, wanted_name text)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from cron.job where (jobid = wanted_id or jobname = wanted_name) and username = caller;
  if not found then
    if wanted_name is not null then
      raise exception 'could not find valid entry for job ''%''', wanted_name;
    end if;
    raise exception 'could not find valid entry for job %', wanted_id;
  end if;
  return true;
end;
$$;

create or replace function cron.unschedule(job_id bigint)
returns boolean
language sql
set search_path = ''
as $$
  select cron.delete_job(current_user, job_id, null)
$$;

create or replace function cron.unschedule(job_name text)
returns boolean
language sql
set search_path = ''
as $$
  select cron.delete_job(current_user, null, job_name)
$$;

create or replace function cron.change_job(
  caller text,
  wanted_id bigint,
  new_schedule text,
  new_command text,
  new_database text,
  new_username text,
  new_active boolean
)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  if new_schedule is not null and not cron.schedule_is_valid(new_schedule) then
    raise exception 'invalid schedule: %', new_schedule
      using hint = 'Use cron format (e.g. 5 4 * * *), or interval format ''[1-59] seconds''';
  end if;
  update cron.job
  set
    schedule = coalesce(new_schedule, schedule),
    command = coalesce(new_command, command),
    database = coalesce(new_database, database),
    username = coalesce(new_username, username),
    active = coalesce(new_active, active)
  where jobid = wanted_id and username = caller;
  if not found then
    raise exception 'Job % does not exist or you don''t own it', wanted_id;
  end if;
end;
$$;

create or replace function cron.alter_job(
  job_id bigint,
  schedule text default null,
  command text default null,
  database text default null,
  username text default null,
  active boolean default null
)
returns void
language sql
set search_path = ''
as $$
  select cron.change_job(current_user, job_id, schedule, command, database, username, active)
$$;
