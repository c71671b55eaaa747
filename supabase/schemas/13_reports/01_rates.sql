-- How every rate is made, and from which size on it means something.

-- Below this many contacted leads a rate says nothing yet. In plpgsql, as the next one, so that its plan is kept.
create function private.minimum_sample()
returns integer
language plpgsql
immutable
set search_path = ''
as $$
begin
  return 100;
end
$$;

comment on function private.minimum_sample() is 'Contacted leads below which rates carry enough_signal = false.';

grant execute on function private.minimum_sample() to authenticated, service_role;

-- A share as a fraction between 0 and 1 with four decimals; null when there is nothing to divide by. Never above 1: a lead that did
-- something belongs to those who could, also if what came before fell into another range or was never reported.
create function private.rate(part bigint, whole bigint)
returns numeric
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case when whole > 0 then round(least(part::numeric / whole, 1), 4) end;
end
$$;

comment on function private.rate(bigint, bigint) is 'part / whole rounded to four decimals, at most 1, null for an empty whole.';

grant execute on function private.rate(bigint, bigint) to authenticated, service_role;

-- Mails that a variant must have sent before it is compared, and replies that either side must be expected to have; with
-- fewer the z-test promises more than it knows.
create function private.minimum_expected_replies()
returns integer
language sql
immutable
set search_path = ''
as $$
  select 5
$$;

comment on function private.minimum_expected_replies() is
  'Replies that both sides of a comparison must be expected to have at their common rate, or there is not enough signal.';

grant execute on function private.minimum_expected_replies() to authenticated, service_role;

-- erfc(x) for x from 0 on. Postgres has it from version 16 on, and projects on 15 exist; with one formula all show the same value. It is the
-- Chebyshev fit of Numerical Recipes (chapter 6.2), exact to 1.2e-7; beyond 26 the result is below every number of four decimals.
create function private.complementary_error(x float8)
returns float8
language plpgsql
immutable
set search_path = ''
as $$
declare
  t constant float8 := 1 / (1 + 0.5 * x);
begin
  return case when x > 26 then 0 else
    t * exp(-x * x - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806 + t * (
      0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))))
  end;
end
$$;

comment on function private.complementary_error(float8) is
  'Complementary error function erfc(x) of x >= 0, to 1.2e-7: the two-sided probability of a normal value beyond x times the root of 2.';

grant execute on function private.complementary_error(float8) to authenticated, service_role;

-- How likely a difference at least this big is by chance alone, if both had the same rate: the two-sided two-proportion z-test
-- with the pooled rate. Null where both rates are 0 or both are 1, for then there is nothing to tell apart.
create function private.two_proportion_p_value(part_one bigint, whole_one bigint, part_two bigint, whole_two bigint)
returns numeric
language plpgsql
immutable
set search_path = ''
as $$
declare
  pooled float8;
begin
  if (whole_one > 0 and whole_two > 0) is not true then
    return null;
  end if;
  pooled := (part_one + part_two)::float8 / (whole_one + whole_two);
  if (pooled > 0 and pooled < 1) is not true then
    return null;
  end if;
  return round(
    private.complementary_error(
      abs(part_one::float8 / whole_one - part_two::float8 / whole_two)
        / sqrt(pooled * (1 - pooled) * (1.0 / whole_one + 1.0 / whole_two)) / sqrt(2.0::float8)
    )::numeric,
    4
  );
end
$$;

comment on function private.two_proportion_p_value(bigint, bigint, bigint, bigint) is
  'Two-sided p-value of the two-proportion z-test (pooled), four decimals.';

grant execute on function private.two_proportion_p_value(bigint, bigint, bigint, bigint) to authenticated, service_role;

-- What a campaign's positive leads are worth: the client's own value of a positive reply where an operator has set one, else the
-- value of the opportunities as the provider states it.
create function private.estimated_revenue(positive bigint, positive_reply_value numeric, opportunity_value numeric)
returns numeric
language sql
immutable
set search_path = ''
as $$
  select case
    when positive_reply_value is not null then round(positive * positive_reply_value, 2)
    when opportunity_value > 0 then opportunity_value
  end
$$;

comment on function private.estimated_revenue(bigint, numeric, numeric) is
  'Positive leads times the client''s value of one; without that value the provider''s opportunity value where it is above 0; else null.';

grant execute on function private.estimated_revenue(bigint, numeric, numeric) to authenticated, service_role;
