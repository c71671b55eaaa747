// Replies of 900 KB from a verified sender, thirty at the same moment.
import { latencies, loadWebhook, peakMemory, report } from './flood-parts.ts';
import { nextDelivery } from './deliveries.ts';
import { type BenchProject, connectionId, webhookSecret } from './project.ts';

const atOnce = 30;

export async function floodLargeBodies(project: BenchProject): Promise<void> {
  await loadWebhook(project, { connections: 8, seconds: 2 });
  const url = `${project.stack.functionsUrl}/instantly-webhook/${connectionId}`;
  for (let round = 1; round <= 3; round++) {
    const bodies = Array.from({ length: atOnce }, () => {
      const body = JSON.parse(nextDelivery()) as Record<string, unknown>;
      return JSON.stringify({ ...body, event_type: 'reply_received', reply_text: 'x'.repeat(900_000) });
    });
    const started = performance.now();
    const [beside, statuses] = await Promise.all([
      loadWebhook(project, { connections: 16, rate: 100, seconds: 3 }),
      Promise.all(bodies.map((body) => send(url, body))),
    ]);
    const last = Math.max(...statuses.map((one) => one.at)) - started;
    const failed = statuses.filter((one) => one.status !== 200).length;
    report(
      `30 bodies of 900 KB at once, round ${round}`,
      `${failed} failed, the last answered after ${(last / 1000).toFixed(1)} s`,
      'none failed',
    );
    report('… valid deliveries beside them, 100/s', latencies(beside));
  }
  report('memory of the function at its peak', `${peakMemory(project).toFixed(0)} MiB`);
}

async function send(url: string, body: string): Promise<{ status: number; at: number }> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-webhook-secret': webhookSecret },
    body,
  });
  await answer.arrayBuffer();
  return { status: answer.status, at: performance.now() };
}
