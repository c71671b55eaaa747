// The two ends of a move: given up before the client works in the target, or removed from the source after it does.
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../shared/failure.ts';
import type { Client, MoveRow } from './checks.ts';
import {
  type Copied,
  type CopyReport,
  countRows,
  grouped,
  readOwner,
  removeCopy,
  type Sides,
} from './copy.ts';
import { bringLateDeliveries, bringLateStops } from './late-deliveries.ts';
import { callFunction, rowOf } from './project.ts';
import { countOldWebhooks, registerWebhooks } from './webhooks.ts';

export interface Move extends Sides {
  client: Client;
  /** What the source and the target remember of the move. */
  here: MoveRow | undefined;
  there: MoveRow | undefined;
  report: CopyReport;
  patience: number;
}

export function copiedOf(row: MoveRow | undefined): Copied {
  if (!row) throw new Failure('The target does not know of this move');
  return row.copied as Copied;
}

/** Opens the client in the source again. */
export async function cancelMove(move: Move, isDryRun: boolean): Promise<void> {
  const { source, target, client, here, there, report } = move;
  if (here?.state !== 'closed') {
    throw new Failure(
      here?.state === 'moved'
        ? `"${client.name}" has moved already; it comes back by a move in the other direction, after --finish`
        : `"${client.name}" is not being moved`,
    );
  }
  if (isDryRun) {
    report.line(
      `"${client.name}" would be opened in the source again${there ? ', and its copy removed' : ''}`,
    );
    return;
  }
  if (there) {
    const copied = copiedOf(there);
    const { connections } = await readOwner(source, client.id, copied.accounts);
    await report.step('webhooks lead to the source', () => registerWebhooks(source, connections));
    // The target may have got deliveries already.
    await bringLateDeliveries(target, source, connections, { receivedAfter: there.started_at });
    await report.step('the copy removed from the target', () => removeCopy(move, copied.accounts));
  }
  await source.client.query('select private.cancel_client_move($1)', [client.id]);
  report.line(`"${client.name}" is at work in the source again`);
}

/** For this long no delivery may have come to the source before it is removed there. */
const quietFor = '15 minutes';

/** Removes the client from the source, as deleting a client does. */
export async function finishMove(move: Move, isDryRun: boolean): Promise<void> {
  const { source, target, plan, client, here, there, report } = move;
  if (here?.state !== 'moved' || there?.state !== 'arrived') {
    throw new Failure(
      `"${client.name}" is not at work in the target yet; run the command without --finish first`,
    );
  }
  const copied = copiedOf(there);
  const owner = await readOwner(source, client.id, copied.accounts);
  await requireQuiet(move, owner.connections);
  if (isDryRun) {
    const counts = await countRows(source, plan, owner);
    const all = counts.reduce((sum, { rows }) => sum + rows, 0);
    report.line(`${grouped(all)} rows of "${client.name}" would be removed from ${source.url}`);
    return;
  }
  // Marked as removed, so that the removal asks no provider: the webhooks are those of the target by now. From here on the source takes no
  // delivery, and what it took is brought.
  await source.client.query(
    'select worker.remove_connection(c.id) from public.provider_connections as c where c.id = any ($1) and c.removed_at is null',
    [owner.connections],
  );
  await bringLateStops(source, target, client.id);
  await bringLateDeliveries(source, target, owner.connections, copied);
  const job = await rowOf<{ id: string }>(
    source,
    `select private.request_client_removal($1, $2) ->> 'job_id' as id`,
    [client.id, client.name],
  );
  await report.step('removed from the source', () => removal(move, job!.id));
  await source.client.query(
    `select private.write_audit('client_move_finished', 'client', $1, null, jsonb_build_object('name', $2::text, 'to', $3::text))`,
    [client.id, client.name, target.url],
  );
  report.line(`"${client.name}" is in ${target.url} only`);
}

async function requireQuiet({ source, target, client }: Move, connections: string[]): Promise<void> {
  const old = await countOldWebhooks(target, connections);
  if (old > 0) {
    throw new Failure(
      `The webhooks of ${old} campaigns of "${client.name}" still have the address of the source; the syncs of the target change them, so wait for the next`,
    );
  }
  const last = await rowOf<{ at: string }>(
    source,
    `select to_char(max(w.received_at), 'YYYY-MM-DD HH24:MI') as at from private.webhook_events as w
     where w.connection_id = any ($1) having max(w.received_at) > now() - $2::interval`,
    [connections, quietFor],
  );
  if (last) {
    throw new Failure(
      `The last delivery for "${client.name}" came to the source at ${last.at} UTC; wait until none came for ${quietFor}, then finish`,
    );
  }
}

/** Its schedule would do it too; called here it begins at once, and where the schedule is stopped. */
async function removal({ source, report }: Move, jobId: string): Promise<void> {
  let calledAt = -Infinity;
  let removed = 0;
  for (;;) {
    const job = await rowOf<{ status: string; done: number; error: string | null }>(
      source,
      'select j.status::text, j.done, j.error_message as error from private.jobs as j where j.id = $1',
      [jobId],
    );
    if (!job || job.status === 'completed') return;
    if (job.status === 'failed') {
      throw new Failure(`The removal broke off: ${job.error ?? 'see operator_jobs'}; run the command again`);
    }
    if (job.done > removed + 100_000) {
      removed = job.done;
      report.line(`  ${grouped(removed)} rows removed`);
    }
    if (performance.now() - calledAt > 30_000) {
      await callFunction(source, 'remove-client', { job_id: jobId });
      calledAt = performance.now();
    }
    await sleep(200);
  }
}
