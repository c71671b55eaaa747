import process from 'node:process';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../local/cli/supabase-cli.ts';
import { isMeasured } from '../coverage/places.ts';
import { createDatabase, startThrowAwayPostgres } from '../../local/stack/testing.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresPort: number;
  }
}

/** The migrated database that each test file copies; copying takes 0.1 s, migrating 2. */
export const templateDatabase = 'replyloop_template';

/** One Postgres for the whole run, with the real migrations applied by the real CLI. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!('WebSocket' in globalThis)) {
    console.warn(
      `Node ${process.versions.node} is too old for supabase-js: run "npm test -- <files>", which brings Node 22`,
    );
  }
  const postgres = await startThrowAwayPostgres({
    settings: { max_connections: '300', ...(isMeasured ? { track_functions: 'all' } : {}) },
  });
  try {
    await createDatabase(postgres, templateDatabase);
    await migrate(postgres.url(templateDatabase));
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  project.provide('postgresPort', postgres.port);
  return () => postgres.stop();
}
