-- What a sequence may look like: the same rules as supabase/functions/_shared/export/sequence.ts, which a test compares.

-- What is wrong with one mail of a step, or null.
create function private.mail_problem(mail jsonb, place text)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when jsonb_typeof(mail) is distinct from 'object' then place || ' is no mail'
    when jsonb_typeof(mail -> 'subject') is distinct from 'string' then place || ' has no subject; an empty one continues the thread'
    when jsonb_typeof(mail -> 'body') is distinct from 'string' or mail ->> 'body' !~ '\S' then place || ' has no text'
    when length(mail ->> 'subject') > 250 then place || ' has a subject of more than 250 characters'
    when mail ->> 'subject' ~ '[\n\r]' then place || ' has a subject of more than one line'
    when length(mail ->> 'body') > 20000 then place || ' has a text of more than 20,000 characters'
    when regexp_count((mail ->> 'subject') || ' ' || (mail ->> 'body'), '\{\{') <> regexp_count((mail ->> 'subject') || ' ' || (mail ->> 'body'), '\}\}')
      then place || ' has a variable whose braces are not closed'
  end
$$;

comment on function private.mail_problem(jsonb, text) is 'What is wrong with a mail { subject, body } of a sequence, as a part of a sentence; null = nothing.';

-- What is wrong with a sequence, or null. Null as a sequence means the default one.
create function private.sequence_problem(sequence jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  step jsonb;
  mail jsonb;
  number integer := 0;
  letter integer;
  problem text;
begin
  if sequence is null or sequence = 'null' then
    return null;
  elsif jsonb_typeof(sequence) <> 'array' or jsonb_array_length(sequence) not between 1 and 20 then
    return 'A sequence is a list of 1 to 20 steps';
  end if;

  for step in select * from jsonb_array_elements(sequence) loop
    number := number + 1;

    if jsonb_typeof(step) <> 'object' then
      return format('Step %s is no step', number);
    elsif exists (select from jsonb_object_keys(step) as k (name) where k.name not in ('delay_days', 'subject', 'body', 'variants')) then
      return format('Step %s has a field besides delay_days, subject, body and variants', number);
    elsif step ? 'delay_days' and (
      jsonb_typeof(step -> 'delay_days') <> 'number' or (step ->> 'delay_days')::numeric not between 0 and 90
      or (step ->> 'delay_days')::numeric % 1 <> 0
    ) then
      return format('Step %s waits for no whole number of days from 0 to 90', number);
    elsif step ? 'variants' and (jsonb_typeof(step -> 'variants') <> 'array' or jsonb_array_length(step -> 'variants') > 4) then
      return format('Step %s has more than 5 variants', number);
    end if;

    letter := 0;

    for mail in
      select step
      union all
      select v.variant from jsonb_array_elements(coalesce(step -> 'variants', '[]')) as v (variant)
    loop
      problem := private.mail_problem(mail, format('Step %s, variant %s', number, chr(65 + letter)));

      if problem is not null then
        return problem;
      elsif number = 1 and mail ->> 'subject' !~ '\S' then
        return format('Step 1, variant %s has no subject; only a follow-up may leave it empty, which continues the thread', chr(65 + letter));
      end if;

      letter := letter + 1;
    end loop;
  end loop;

  if length(sequence::text) > 200000 then
    return 'The sequence is larger than 200,000 characters';
  end if;

  return null;
end
$$;

comment on function private.sequence_problem(jsonb) is
  'What is wrong with a sequence [{ delay_days, subject, body, variants }], as a sentence; null = it can be sent.';

grant execute on function private.mail_problem(jsonb, text) to service_role;
grant execute on function private.sequence_problem(jsonb) to service_role;
