// Bodies of 1 MiB with a wrong secret: 999 elements nested 202 deep and padding, the most expensive to parse.
import { latencies, loadWebhook, peakMemory, processorSeconds, report } from './flood-parts.ts';
import type { BenchProject } from './project.ts';

const seconds = 10;
// 429 once there were too many of them in a minute.
const strangers = { headers: { 'x-webhook-secret': 'wrong' }, expected: [401, 429], body: hostileBody() };
const valid = { connections: 32, rate: 200 };

export async function floodStrangers(project: BenchProject): Promise<void> {
  await loadWebhook(project, { ...valid, seconds: 3 });
  report('valid deliveries alone, 200/s', latencies(await loadWebhook(project, { ...valid, seconds })));

  const booked = processorSeconds(project);
  const alone = await loadWebhook(project, { ...strangers, connections: 1, seconds: 3 });
  const each = 1000 * (processorSeconds(project) - booked) / alone.requests;
  report(
    'a 1 MiB body with a wrong secret',
    `${each.toFixed(1)} ms of processor time, ${latencies(alone)}`,
    'below 20 ms',
  );

  const [beside, flood] = await Promise.all([
    loadWebhook(project, { ...valid, seconds }),
    loadWebhook(project, { ...strangers, connections: 50, seconds, rate: 50 }),
  ]);
  report(
    'valid deliveries, 200/s, beside 50 such bodies a second',
    latencies(beside),
    'p99 below 250 ms, none failed',
  );
  report('… the 50 bodies a second', latencies(flood));

  const [throughout, endless] = await Promise.all([
    loadWebhook(project, { ...valid, seconds }),
    loadWebhook(project, { ...strangers, connections: 50, seconds }),
  ]);
  report('valid deliveries, 200/s, beside 50 senders without a pause', latencies(throughout));
  report('… their bodies', `${endless.perSecond.toFixed(0)}/s, ${latencies(endless)}`);
  report('memory of the function at its peak', `${peakMemory(project).toFixed(0)} MiB`);
}

function hostileBody(): string {
  const element = `${'['.repeat(202)}${']'.repeat(202)}`;
  const elements = `[${Array(999).fill(element).join(',')},"`;
  return `${elements}${'p'.repeat(1024 * 1024 - elements.length - 2)}"]`;
}
