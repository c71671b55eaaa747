import { z } from 'zod';
import { readRows } from '../reading.ts';
import { defineTool } from '../tool.ts';
import { age, clip, number, oneLine } from '../words.ts';

const connection = z.object({
  connection_id: z.string().nullable(),
  connection_name: z.string().nullable(),
  client_name: z.string().nullable().describe('null: shared by several clients'),
  provider: z.string().nullable(),
  health: z.string().nullable().describe('ok, waiting, degraded or down'),
  reason: z.string().nullable().describe('the most serious problem; null: none'),
  last_webhook_at: z.string().nullable(),
  sync_age_seconds: z.number().nullable(),
  waiting: z.number().nullable().describe('deliveries that are not counted yet'),
  dead_letters: z.number().nullable().describe('deliveries that could not be counted'),
  quarantined: z.number().nullable().describe('deliveries of campaigns without a client'),
  failing_jobs: z.number().nullable(),
});

const incident = z.object({
  id: z.string(),
  title: z.string().nullable(),
  client_name: z.string().nullable(),
  connection_name: z.string().nullable(),
  text: z.string().nullable().describe('what happened and what to do'),
  opened_at: z.string(),
  acknowledged_at: z.string().nullable(),
});

const maxConnections = 50;
const maxIncidents = 20;
/** The worst first; the words do not sort that way. */
const ranks = ['down', 'degraded', 'waiting', 'ok'];

export const health = defineTool({
  name: 'health',
  title: 'Health',
  description:
    'For the agency: whether each workspace at the providers works (webhooks, syncs, jobs), the most serious problem of each, and the open incidents with what to do.',
  forOperators: true,
  input: z.object({
    only_problems: z.boolean().default(false).describe('Leaves out what is ok'),
  }),
  output: z.object({
    connections: z.array(connection),
    incidents: z.array(incident),
    has_more: z.boolean(),
  }),
  answer: async ({ only_problems }, { database }) => {
    const query = database.from('operator_health').select(
      'connection_id, connection_name, client_name, provider, health, reason, last_webhook_at, sync_age_seconds, waiting, dead_letters, quarantined, failing_jobs',
    );
    const [found, open] = await Promise.all([
      readRows(
        (only_problems ? query.neq('health', 'ok') : query).order('connection_name').limit(1_000),
        connection,
      ),
      readRows(
        database.from('alerts')
          .select('id, title, client_name, connection_name, text, opened_at, acknowledged_at')
          .is('closed_at', null).order('opened_at', { ascending: false }).limit(maxIncidents + 1),
        incident,
      ),
    ]);
    const rank = (value: string | null) => ranks.indexOf(value ?? 'ok');
    const sorted = found.sort((left, right) => rank(left.health) - rank(right.health));
    const connections = sorted.slice(0, maxConnections);
    const incidents = open.slice(0, maxIncidents).map((row) => ({
      ...row,
      text: row.text === null ? null : clip(row.text, 500),
    }));
    const hasMore = found.length > maxConnections || open.length > maxIncidents;
    return {
      data: { connections, incidents, has_more: hasMore },
      text: [
        connections.length === 0 ? 'No connection with a problem.' : 'Connections, the worst first:',
        ...connections.map((row) =>
          `- ${oneLine(row.connection_name ?? 'Connection')}${
            row.client_name === null ? ' (shared)' : ` of ${oneLine(row.client_name)}`
          }: ${row.health ?? 'unknown'}${
            row.reason === null ? '' : `, ${oneLine(row.reason, 300)}`
          }; numbers from the provider ${age(row.sync_age_seconds)}, ${
            number(row.waiting ?? 0)
          } deliveries wait, ${number(row.dead_letters ?? 0)} failed`
        ),
        incidents.length === 0 ? 'No open incident.' : 'Open incidents:',
        ...incidents.map((row) =>
          `- since ${row.opened_at}: ${oneLine(row.title ?? 'Incident')}${
            row.text === null ? '' : `. ${oneLine(row.text, 500)}`
          }`
        ),
        ...(hasMore ? ['There are more; the dashboard lists all.'] : []),
      ].join('\n'),
    };
  },
});
