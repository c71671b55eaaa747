// Campaigns go to a provider, one after the other; everybody is there once afterwards, and no one who must not be.
import { deliverable } from '../../support/businesses.ts';
import type { ProviderDriver } from '../../support/providers.ts';
import { callUntil, type Finding, finding, type Flow, jobEnded, type Lap } from '../flow.ts';
import type { World } from '../world.ts';

export async function exportFlow(world: World, provider: ProviderDriver): Promise<Flow> {
  const { project } = world;
  const tenant = await project.createTenant('Export');
  const connection = await project.createConnection(tenant.clientId, undefined, provider.name);
  await project.sql(
    `insert into private.connection_rate_limits (connection_id, span, calls)
     values ($1, '1 second', 1000), ($1, '1 minute', 10000), ($1, '1 hour', 100000)`,
    [connection.id],
  );
  let campaigns: { id: string; name: string; people: number }[] = [];
  let number = 0;
  let startedAgain = 0;
  let exported = 0;

  async function exportOne(lap: Lap): Promise<void> {
    const name = `${provider.name} export ${++number}.`;
    const people = 500 + lap.random.integer(800);
    const prefix = `${provider.name}-${number}-`;
    const [row] = await world.sql<{ id: string }>(
      `insert into public.campaigns (client_id, connection_id, name, generation_status)
       values ($1, $2, $3, 'completed') returning id`,
      [tenant.clientId, connection.id, name],
    );
    const id = String(row?.id);
    const rows = deliverable(people, prefix);
    await world.sql(
      `with given as (select * from jsonb_populate_recordset(null::public.businesses, $3::jsonb))
       insert into public.businesses
         (client_id, campaign_id, name, email, icebreaker, subject_line, email_deliverability)
       select $1, $2, g.name, g.email, g.icebreaker, g.subject_line, 'deliverable' from given as g
       where not exists (select from public.businesses as b where b.campaign_id = $2)`,
      [tenant.clientId, id, JSON.stringify(rows)],
    );
    await world.sql(
      `insert into public.suppressions (client_id, email, reason) values ($1, $2, 'unsubscribed')
       on conflict do nothing`,
      [tenant.clientId, `${prefix}0@export.test`],
    );
    campaigns.push({ id, name, people });
    // Pressed again, as people do, until it is done.
    for (;;) {
      const body = await callUntil(world, 'export-campaign', { campaign_id: id }, [202]);
      const { status } = await jobEnded(world, String(body['job_id']));
      if (status === 'completed') return;
      startedAgain++;
    }
  }

  return {
    name: `export to ${provider.name}`,
    async run(lap) {
      campaigns = [];
      while (!lap.isCalm) await exportOne(lap);
    },
    async check(): Promise<Finding[]> {
      const wrong: string[] = [];
      for (const { id, name, people } of campaigns) {
        const there = await provider.leadsAt(project, connection, name);
        const receipts = await project.one<{ sent: number; suppressed: number; open: number }>(
          `select count(distinct email) filter (where outcome in ('created', 'duplicate'))::int as sent,
             count(*) filter (where outcome in ('planned', 'sending'))::int as open,
             count(distinct email) filter (where outcome::text like 'skip%')::int as suppressed
           from public.export_receipts as r
           where r.campaign_id = $1
             and exists (select from private.jobs as j where j.id = r.export_id and j.status = 'completed')`,
          [id],
        );
        const is = {
          there: there.length,
          different: new Set(there).size,
          sent: receipts.sent,
          open: receipts.open,
        };
        exported += there.length;
        const must = { there: people - 1, different: people - 1, sent: people - 1, open: 0 };
        if (JSON.stringify(is) !== JSON.stringify(must)) {
          wrong.push(`${name} ${JSON.stringify(is)} instead of ${JSON.stringify(must)}`);
        }
        if (there.some((email) => /-0@/.test(email))) wrong.push(`${name} has a suppressed person`);
      }
      return [finding(
        'No lead is sent twice',
        wrong.length === 0,
        `${provider.name}: ${number} campaigns, ${exported} people at the provider by its own record, each once, ` +
          `no one suppressed; ${startedAgain} exports were started again` +
          (wrong.length === 0 ? '' : `; wrong: ${wrong.slice(0, 3).join('; ')}`),
      )];
    },
  };
}
