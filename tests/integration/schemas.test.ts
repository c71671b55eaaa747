// supabase/schemas is what people write, supabase/migrations is what is shipped: both make the same database.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFromSchemas, outdatedMigrations } from '../../local/cli/migrations.ts';
import { catalogue } from '../support/catalogue.ts';
import { templateDatabase } from '../support/global-setup.ts';
import { sharedPostgres } from '../support/project.ts';

const schemas = join(import.meta.dirname, '..', '..', 'supabase', 'schemas');

describe('the schemas', () => {
  it('are what "npm run migrations" wrote into the migrations', () => {
    expect(outdatedMigrations()).toEqual([]);
  });

  it('make the same database as the migrations: objects, grants, policies, comments, cron jobs', async () => {
    const postgres = sharedPostgres();
    await createFromSchemas(postgres, 'from_schemas');
    const wanted = await catalogue(postgres.adminUrl('from_schemas'));
    expect(wanted.length).toBeGreaterThan(2_000);
    expect(await catalogue(postgres.adminUrl(templateDatabase))).toEqual(wanted);
  });

  it('create every function after those that it calls', () => {
    const files = readdirSync(schemas, { recursive: true }).map(String).filter((name) =>
      name.endsWith('.sql')
    ).sort();
    const sql = files.map((name) => readFileSync(join(schemas, name), 'utf8')).join('\n').replaceAll(
      /--.*$/gm,
      '',
    );
    const created = [...sql.matchAll(/create function (\w+\.\w+)\s*\([\s\S]*?\bas (\$\$)[\s\S]*?\$\$/g)].map((
      match,
    ) => ({
      name: match[1] ?? '',
      calls: [...match[0].slice(match[0].indexOf('$$')).matchAll(/\b(?:public|private|worker)\.\w+(?=\()/g)]
        .map(String),
    }));
    expect(created.length).toBeGreaterThan(200);
    const places = new Map(created.map(({ name }, place) => [name, place]));
    const early = created.flatMap(({ name, calls }, place) =>
      calls.filter((called) => (places.get(called) ?? 0) > place).map((called) => `${name} calls ${called}`)
    );
    expect(early).toEqual([]);
  });

  it('schedule jobs last, so that none is due before what it calls is there', () => {
    const files = readdirSync(schemas, { recursive: true }).map(String).filter((name) =>
      name.endsWith('.sql')
    )
      .sort();
    const scheduling = files.filter((name) =>
      readFileSync(join(schemas, name), 'utf8').includes('cron.schedule(')
    );
    expect(scheduling).toEqual(files.slice(-1));
  });
});
