// The stages of a move. Each project remembers its side in private.client_moves, so the same command continues where another run was
// killed, and the client works in at most one of them:
//   source      target
//   –           –         checked, nothing written
//   closed      –         nothing works for it any more; copied until both sides hold the same
//   closed      arriving  webhooks are given the address of the target
//   moved       arriving  the source can do nothing for it any more
//   moved       arrived   it is at work in the target
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../shared/failure.ts';
import {
  archiveNote,
  checkClient,
  checkProjects,
  findClient,
  listed,
  listOpenWork,
  listStaying,
  readMove,
  requireNothingOpen,
} from './checks.ts';
import { type Accounts, planAccounts } from './accounts.ts';
import { digestSettled, same } from './compare.ts';
import {
  copyClient,
  type CopyReport,
  countRows,
  grouped,
  ownerInTarget,
  readOwner,
  removeCopy,
} from './copy.ts';
import { cancelMove, copiedOf, finishMove, type Move } from './ending.ts';
import { bringLateDeliveries, bringLateStops } from './late-deliveries.ts';
import { inTransaction, openProject, type Project, type ProjectAccess, rowsOf } from './project.ts';
import { writeKeys } from './keys.ts';
import type { Plan } from './plan.ts';
import { registerWebhooks } from './webhooks.ts';

export interface MoveRequest {
  /** Id or name. */
  client: string;
  /** Address of the target project. */
  target: string;
  action: 'move' | 'finish' | 'cancel';
  isDryRun: boolean;
}

export interface MoveOptions {
  source: ProjectAccess;
  target: ProjectAccess;
  report: CopyReport;
  /** Milliseconds that work under way may take to end. @default five minutes */
  patience?: number;
}

/** A copy that somebody changes under it is made again, this often. */
const maxCopies = 3;

export async function moveClient(request: MoveRequest, options: MoveOptions): Promise<void> {
  const source = await openProject('source', options.source);
  try {
    const target = await openProject('target', options.target);
    try {
      const plan = await checkProjects(source, target, request.target);
      await run(request, source, target, { plan, ...options });
    } finally {
      await target.client.end();
    }
  } finally {
    await source.client.end();
  }
}

async function run(
  request: MoveRequest,
  source: Project,
  target: Project,
  { plan, report, patience = 300_000 }: MoveOptions & { plan: Plan },
): Promise<void> {
  const client = await findClient(source, request.client);
  if (!client) {
    const arrived = await findClient(target, request.client);
    if (arrived && (await readMove(target, arrived.id))?.other_project === source.url) {
      report.line(`"${arrived.name}" is in the target, and nothing of it is left in the source`);
      return;
    }
    throw new Failure(`The source has no client "${request.client}"; give its id or its exact name`);
  }
  const here = await readMove(source, client.id);
  const there = await readMove(target, client.id);
  if (here && here.state !== 'arrived' && here.other_project !== target.url) {
    throw new Failure(`"${client.name}" is on its way to ${here.other_project}, not to ${target.url}`);
  }
  const move: Move = {
    source,
    target,
    plan,
    clientId: client.id,
    client,
    here,
    // What the source does not remember is no copy of this move.
    there: here?.state === 'closed' || here?.state === 'moved' ? there : undefined,
    report,
    patience,
  };
  if (request.action === 'cancel') return await cancelMove(move, request.isDryRun);
  if (request.action === 'finish') return await finishMove(move, request.isDryRun);
  if (here?.state === 'moved') return await arrive(move, request.isDryRun);
  if (request.isDryRun) return await preview(move);
  await prepare(move);
  await switchOver(move);
}

async function preview({ source, target, plan, client, there, report }: Move): Promise<void> {
  if (there) {
    report.line(
      `"${client.name}" is copied; the next run compares again, switches the webhooks and opens it there`,
    );
    return;
  }
  const { accounts, owner, keys } = await checkClient(source, target, plan, client);
  const counts = await countRows(source, plan, owner);
  const all = counts.reduce((sum, { rows }) => sum + rows, 0);
  report.line(`"${client.name}" can move to ${target.url}: ${grouped(all)} rows of ${counts.length} tables`);
  for (const { name, rows } of counts) report.line(`  ${grouped(rows).padStart(12)}  ${name}`);
  for (const line of await listStaying(source, owner)) report.line(line);
  report.line(
    `${owner.connections.length} workspaces, ${keys} keys and secrets, ${accounts.people.length} people, ${accounts.made.length} of them with a new account there`,
  );
  const open = await listOpenWork(source, client.id);
  if (open.length > 0) report.line(`It would wait for ${listed(open)}`);
  report.line('Nothing was changed');
}

/** Closes and copies until nothing changed under the copy. */
async function prepare(move: Move): Promise<void> {
  const { source, target, plan, client, report } = move;
  if (!move.there) {
    await report.step('everything checked', () => checkClient(source, target, plan, client));
    await report.step(
      'closed in the source',
      () => source.client.query('select private.close_client($1, $2)', [client.id, target.url]),
    );
    move.here = await readMove(source, client.id);
  }
  for (let copies = 1;; copies++) {
    if (move.there) {
      const changed = await report.step('the source as it was copied', () => changedSince(move));
      if (changed.length === 0) return;
      report.line(`  ${changed.join(', ')} changed since; copying again`);
      await removeCopy(move, copiedOf(move.there).accounts);
    }
    if (copies > maxCopies) {
      throw new Failure(
        `The data of "${client.name}" changes while it is copied; find out who works on it, then run the command again`,
      );
    }
    await report.step('nothing under way', () => settle(move));
    const accounts = await planAccounts(source, target, client.id);
    await copyClient(move, accounts, move.here?.was, report);
    move.there = await readMove(target, client.id);
  }
}

async function changedSince({ source, plan, clientId, there }: Move): Promise<string[]> {
  const { settled, shifts, accounts } = copiedOf(there);
  return await inTransaction(source, async () => {
    const owner = await readOwner(source, clientId, accounts);
    const now = await digestSettled(source, plan, owner, { shifts, accounts: accounts.ids });
    return Object.keys(now).filter((name) => !same(now[name], settled[name]));
  }, 'isolation level repeatable read read only');
}

/** Waits for work under way; what can be projected is, so that only what the closed client holds is left. */
async function settle({ source, client, patience }: Move): Promise<void> {
  const endsAt = Date.now() + patience;
  for (;;) {
    for (;;) {
      const [batch] = await rowsOf<{ claimed: number }>(
        source,
        `select (worker.process_webhook_events(500) ->> 'claimed')::int as claimed`,
      );
      if (!batch?.claimed) break;
    }
    const open = await listOpenWork(source, client.id);
    if (open.length === 0) return;
    if (Date.now() > endsAt || open.some(({ is_short }) => !is_short)) {
      return await requireNothingOpen(source, client, true);
    }
    await sleep(Math.min(1_000, patience));
  }
}

/** From the closed source to the open target. */
async function switchOver(move: Move): Promise<void> {
  const { source, target, plan, client, report } = move;
  const { accounts } = copiedOf(move.there);
  const owner = await readOwner(source, client.id, accounts);
  // Again, because a run before may have been given another master key.
  await writeKeys(source, target, plan, { source: owner, target: ownerInTarget(owner, accounts) });
  await report.step('webhooks lead to the target', () => registerWebhooks(target, owner.connections));
  await bringLate(move, owner.connections);
  await report.step(
    'the source is left',
    () => source.client.query('select private.leave_client($1)', [client.id]),
  );
  await arrive(move, false);
}

/** The source is left: opens the target, and brings what still came to the source. Safe to repeat. */
async function arrive(move: Move, isDryRun: boolean): Promise<void> {
  const { source, target, client, report } = move;
  const there = await readMove(target, client.id);
  if (!there) throw new Failure(`"${client.name}" has left the source, and the target does not know it`);
  if (isDryRun) {
    report.line(
      there.state === 'arrived'
        ? `"${client.name}" is at work in ${target.url}; --finish would remove it from the source`
        : `"${client.name}" has left the source; the next run opens it in ${target.url}`,
    );
    return;
  }
  const copied = copiedOf(there);
  const { connections } = await readOwner(source, client.id, copied.accounts);
  if (there.state === 'arriving') {
    await report.step(
      'opened in the target',
      () => target.client.query('select private.arrive_client($1)', [client.id]),
    );
  }
  await bringLateStops(source, target, client.id);
  await bringLate({ ...move, there }, connections);
  if (there.state === 'arriving') await startSyncs(target, connections);
  report.line(`"${client.name}" is at work in ${target.url}`);
  await tellRest(move, copied.accounts);
}

async function bringLate({ source, target, there, report }: Move, connections: string[]): Promise<void> {
  const late = await bringLateDeliveries(source, target, connections, copiedOf(there));
  if (late > 0) report.line(`  ${grouped(late)} deliveries that came to the source meanwhile`);
}

async function startSyncs(target: Project, connections: string[]): Promise<void> {
  await target.client.query(
    `select private.wake_job((j.value ->> 'job_id')::uuid, 'sync')
     from public.provider_connections as c
     join public.clients as k on k.id = c.client_id and k.integration_enabled
     cross join lateral jsonb_array_elements(worker.request_sync(c.id, null, false, null)) as j
     where c.id = any ($1) and c.status = 'active' and c.removed_at is null
       and exists (select from private.provider_keys as p where p.connection_id = c.id)`,
    [connections],
  );
}

async function tellRest({ report, source, clientId }: Move, accounts: Accounts): Promise<void> {
  if (accounts.people.length > 0) {
    report.line(
      `  ${accounts.people.length} people sign in at the target with ${
        accounts.made.length === accounts.people.length
          ? 'the passwords they have'
          : 'the accounts they have there'
      }; who had not accepted an invitation needs a new one`,
    );
  }
  const [archive] = await rowsOf<{ files: number }>(
    source,
    'select count(*)::int as files from private.archive_parts where owner_id = $1',
    [clientId],
  );
  if (archive?.files) report.line(`  ${archiveNote(archive.files, clientId)}`);
  report.line(
    `  It stays closed in ${source.url}. When the target has run for a while: the same command with --finish removes it there`,
  );
}
