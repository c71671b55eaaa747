// Which tables move with a client is found in the catalogue; what the catalogue does not tell is declared, and compared with it here.
import { expect, it } from 'vitest';
import { readCatalogue } from '../../local/move/catalogue.ts';
import { comparedColumns, numberedBy, planTables } from '../../local/move/plan.ts';
import {
  changesInBackground,
  leftBehind,
  mayPointElsewhere,
  numberedElsewhere,
  plainNumbers,
  rewritten,
} from '../../local/move/tables.ts';
import { withClient } from '../../local/platform/postgres/client.ts';
import { templateDatabase } from '../support/global-setup.ts';
import { sharedPostgres } from '../support/project.ts';

it('knows every table and every numbered or encrypted column', async () => {
  const catalogue = await withClient(sharedPostgres().url(templateDatabase), readCatalogue);
  const plan = planTables(catalogue);
  const columns = [...catalogue.values()].flatMap((table) =>
    table.columns.map((column) => ({ table, column, name: `${table.name}.${column.name}` }))
  );
  const moving = columns.filter(({ table }) => plan.has(table.name));
  expect(plan.size).toBeGreaterThan(90);
  expect(Object.keys(leftBehind).filter((name) => !catalogue.has(name))).toEqual([]);
  // Each bigint is an id that is shifted with its table, or counts something.
  expect(
    moving.filter(({ table, column, name }) =>
      column.type === 'bigint' && (numberedBy(table, column) === undefined) !== plainNumbers.includes(name)
    ).map(({ name }) => name),
  ).toEqual([]);
  expect(
    moving.filter(({ table, column }) =>
      /encrypted|master_key/.test(column.name) && comparedColumns(table).includes(column)
    ).map(({ name }) => name),
  ).toEqual([]);
  expect(moving.filter(({ column }) => /^(uuid|bigint)\[\]$/.test(column.type)).map(({ name }) => name))
    .toEqual([]);
  const named = [
    ...Object.keys(numberedElsewhere),
    ...plainNumbers,
    ...Object.keys(rewritten),
    ...mayPointElsewhere,
  ];
  expect(named.filter((name) => !moving.some((one) => one.name === name))).toEqual([]);
  expect(Object.keys(changesInBackground).filter((name) => !plan.has(name))).toEqual([]);
});
