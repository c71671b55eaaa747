// How a client compares, as people see it: with borders, in words only, and among too few.
import { test } from '@playwright/test';
import { lakeside } from './months.ts';
import { people, settled, shoot, signIn, sql } from './support.ts';

/** As if this many clients had been compared. */
async function compared(clients: number): Promise<void> {
  await sql('select private.sum_client_days(60)');
  await sql('select private.count_quartiles()');
  await sql(
    `update private.rate_quartiles set clients = $1, lower_border = v.a, median = v.b, upper_border = v.c
     from (values ('reply_rate', 0.021, 0.034, 0.2), ('positive_rate', 0.004, 0.009, 0.018), ('meetings_per_1000', 1, 60, 90)) as v (r, a, b, c)
     where rate = v.r::public.compared_rate`,
    [clients],
  );
}

for (const [name, clients] of [['borders', 14], ['words', 6], ['few', 3]] as const) {
  test(`standing-${name}`, async ({ page }) => {
    await compared(clients);
    await signIn(page, people.operator, `/overview?client=${lakeside}`);
    await settled(page);
    await shoot(page, `standing-${name}`, {
      // The card alone: a phone's page is longer than a picture.
      prepare: (shown) =>
        shown.getByRole('region', { name: 'Among your clients' }).evaluate((card) => {
          for (const section of document.querySelectorAll('main section')) {
            if (section !== card && section instanceof HTMLElement) section.style.display = 'none';
          }
        }),
    });
  });
}
