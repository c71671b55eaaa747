import { notFound } from '../errors.ts';
import { limitOf, pageOf, textOf } from '../paging.ts';
import { flag, object, paging, text, uuid } from '../schemas.ts';
import { dayOf } from '../tally.ts';
import type { Route, RouteContext } from '../router.ts';
import type { DeliveryLogRow, JsonObject } from '../types.ts';

const window = { from: { type: 'string', format: 'date' }, to: { type: 'string', format: 'date' } };
const scope = ['webhook_events', 'read'] as const;

function show({ workspace }: RouteContext, row: DeliveryLogRow): JsonObject {
  return {
    id: row.id,
    timestamp_created: new Date(row.at).toISOString(),
    timestamp_created_date: dayOf(row.at),
    organization_id: workspace.id,
    payload: JSON.parse(row.body) as unknown,
    success: row.success,
    retry_count: row.retryCount,
    will_retry: row.willRetry,
    webhook_url: row.url,
    status_code: row.statusCode,
    error_message: row.error,
    timestamp_next_retry: row.nextRetry === null ? null : new Date(row.nextRetry).toISOString(),
    retry_group_id: row.group,
    retry_successful: row.groupSucceeded,
    lead_email: row.leadEmail,
    response_time_ms: row.milliseconds,
  };
}

/** Both ends of the window are included. */
function inWindow({ query }: RouteContext, row: DeliveryLogRow): boolean {
  const day = dayOf(row.at);
  return (typeof query.from !== 'string' || day >= query.from) &&
    (typeof query.to !== 'string' || day <= query.to);
}

function list(context: RouteContext): unknown {
  const { query, workspace } = context;
  return pageOf(context, workspace.record.log, {
    limit: limitOf(query),
    after: textOf(query.starting_after),
    keyOf: (row) => row.id,
    order: 'newest-first',
    accepts: (row) =>
      inWindow(context, row) && (query.success === undefined || row.success === query.success) &&
      (query.search === undefined || row.url === query.search || row.leadEmail === query.search),
    show: (row) => show(context, row),
  });
}

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);

function summary(context: RouteContext): unknown {
  const rows = context.workspace.record.log.filter((row) => inWindow(context, row));
  const successful = rows.filter((row) => row.success).length;
  return {
    total_events: rows.length,
    successful_events: successful,
    failed_events: rows.length - successful,
    success_rate: percent(successful, rows.length),
    failure_rate: percent(rows.length - successful, rows.length),
  };
}

function summaryByDate(context: RouteContext): unknown {
  const days = new Map<string, { total: number; successful: number }>();
  for (const row of context.workspace.record.log) {
    if (!inWindow(context, row)) continue;
    const day = days.get(dayOf(row.at)) ?? { total: 0, successful: 0 };
    day.total += 1;
    if (row.success) day.successful += 1;
    days.set(dayOf(row.at), day);
  }
  const items = [...days].sort(([one], [other]) => (one < other ? -1 : 1)).map((
    [date, { total, successful }],
  ) => ({
    date,
    total_events: total,
    successful_events: successful,
    failed_events: total - successful,
    success_rate: percent(successful, total),
  }));
  return { items };
}

function findOne(context: RouteContext): unknown {
  const row = context.workspace.record.log.find(({ id }) => id === context.parameters.id);
  if (row === undefined) throw notFound();
  return show(context, row);
}

export const webhookEventRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/webhook-events',
    scope,
    query: object({ ...paging, ...window, success: flag, search: text }),
    handle: list,
  },
  { method: 'GET', path: '/webhook-events/summary', scope, query: object(window), handle: summary },
  {
    method: 'GET',
    path: '/webhook-events/summary-by-date',
    scope,
    query: object(window),
    handle: summaryByDate,
  },
  { method: 'GET', path: '/webhook-events/:id', scope, parameters: object({ id: uuid }), handle: findOne },
];
