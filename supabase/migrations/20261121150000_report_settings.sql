-- Report settings: how operators say whether a client sees costs and its connection, what a positive reply is worth to it,
-- and its currency.

-- All settings at once, so that what is stored is what was sent; only the connection stays as it is where nothing is said.
create function private.change_report_settings(
  target_client_id uuid, new_may_see_costs boolean, new_positive_reply_value numeric, new_currency text,
  new_may_see_connection boolean
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  sees_connection boolean;
begin
  perform private.require_operator();

  if new_may_see_costs is null or coalesce(new_currency, '') !~ '^[A-Z]{3}$' or new_positive_reply_value < 0 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format(
        'Say whether may_see_costs is true or false, give the currency as three capital letters such as EUR (it is %L), and positive_reply_value as null or not below 0 (it is %L)',
        new_currency, new_positive_reply_value
      );
  end if;

  update public.clients as c
  set
    may_see_costs = new_may_see_costs,
    may_see_connection = coalesce(new_may_see_connection, c.may_see_connection),
    positive_reply_value = new_positive_reply_value,
    currency = new_currency
  where c.id = target_client_id
  returning c.may_see_connection into sees_connection;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  end if;

  perform private.write_audit(
    'report_settings_changed', 'client', target_client_id::text, target_client_id,
    jsonb_build_object(
      'may_see_costs', new_may_see_costs, 'may_see_connection', sees_connection,
      'positive_reply_value', new_positive_reply_value, 'currency', new_currency
    )
  );

  return jsonb_build_object(
    'client_id', target_client_id, 'may_see_costs', new_may_see_costs, 'may_see_connection', sees_connection,
    'positive_reply_value', new_positive_reply_value, 'currency', new_currency
  );
end
$$;

comment on function private.change_report_settings(uuid, boolean, numeric, text, boolean) is
  'The work of public.set_client_report_settings; checks the caller itself.';

-- The door to it for operators.
create function public.set_client_report_settings(
  target_client_id uuid, may_see_costs boolean, positive_reply_value numeric, currency text,
  may_see_connection boolean default null
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.change_report_settings(
    set_client_report_settings.target_client_id, set_client_report_settings.may_see_costs,
    set_client_report_settings.positive_reply_value, set_client_report_settings.currency,
    set_client_report_settings.may_see_connection
  )
$$;

comment on function public.set_client_report_settings(uuid, boolean, numeric, text, boolean) is
  'Sets whether a client sees its costs, what a positive reply is worth (null = unknown), its currency, and whether it sees and manages its dedicated connection (null = as before). Returns them with the client''s id. Operators.';

grant execute on function
  private.change_report_settings(uuid, boolean, numeric, text, boolean),
  public.set_client_report_settings(uuid, boolean, numeric, text, boolean)
to authenticated, service_role;
