// A burst that is stored faster than it is projected: 12,000 deliveries wait while new ones arrive.
import { listCampaigns } from './deliveries.ts';
import { latencies, loadWebhook, report, storeBacklog, waitingEvents } from './flood-parts.ts';
import { type BenchProject, connectionId } from './project.ts';

export async function floodBacklog(project: BenchProject): Promise<void> {
  await listCampaigns(project.database, connectionId);
  for (
    const [what, rate] of [['no load', 2], ['200 new ones a second', 200], [
      '1,000 new ones a second',
      1000,
    ]] as const
  ) {
    await storeBacklog(project, 12_000);
    const last = await newestEvent(project);
    const started = performance.now();
    const load = loadWebhook(project, { connections: 32, rate, seconds: 8 });
    let took: number | undefined;
    while (took === undefined) {
      if (await waitingEvents(project, last) === 0) took = performance.now() - started;
      else await new Promise((resolve) => setTimeout(resolve, 50));
    }
    report(
      `12,000 waiting deliveries, beside ${what}`,
      `projected after ${(took / 1000).toFixed(1)} s`,
      'below 5 s',
    );
    report('… the new ones', latencies(await load));
    while (await waitingEvents(project) > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  }

  const burst = await loadWebhook(project, { connections: 64, seconds: 4 });
  const started = performance.now();
  const left = await waitingEvents(project);
  while (await waitingEvents(project) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  report(
    `a burst of ${burst.requests.toLocaleString('en')} in 4 s over 64 connections`,
    `${left.toLocaleString('en')} waited at its end, all projected ${
      ((performance.now() - started) / 1000).toFixed(1)
    } s later`,
  );
}

async function newestEvent(project: BenchProject): Promise<number> {
  const { rows } = await project.database.query<{ id: string }>(
    'select max(id) as id from private.webhook_events',
  );
  return Number(rows[0]?.id);
}
