-- The work of every minute: small batches, one kind after the other, for less than a second.

-- The kind that was checked longest ago comes first, so that a large one does not keep the others waiting. One that fails says
-- so in the run's details and stops no other.
create function private.apply_retention()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  batch constant integer := 250;
  ends_at constant timestamptz := clock_timestamp() + interval '700 milliseconds';
  due private.retention_settings;
  kinds text[];
  removed integer;
  in_all integer := 0;
begin
  kinds := array(
    select s.kind from private.retention_settings as s where s.keep_days is not null order by s.checked_at nulls first, s.place
  );

  while cardinality(kinds) > 0 and clock_timestamp() < ends_at loop
    select s.* into due from private.retention_settings as s where s.kind = kinds[1] for update;

    begin
      removed := private.remove_old(due.kind, now() - make_interval(days => due.keep_days), batch);
    exception
      when others then
        raise warning 'Old rows of the kind % were not removed: % (%). The next run retries', due.kind, sqlerrm, sqlstate;
        removed := 0;
    end;

    update private.retention_settings as s
    set
      checked_at = clock_timestamp(),
      removed_rows = case
        when removed = 0 then s.removed_rows
        when (s.removed_at at time zone 'UTC')::date = (now() at time zone 'UTC')::date then s.removed_rows + removed
        else removed
      end,
      removed_at = case when removed > 0 then now() else s.removed_at end,
      removed_in_all = s.removed_in_all + removed
    where s.kind = due.kind;

    in_all := in_all + removed;
    -- What has more goes to the end of the row, behind those that were not checked yet.
    kinds := kinds[2:] || case when removed >= batch then kinds[1:1] else '{}' end;
  end loop;

  return in_all;
end
$$;

comment on function private.apply_retention() is
  'Every minute: removes what is older than private.retention_settings allows, in batches, for less than a second; returns how many rows.';
