// What a client is answered when it names something of the other tenant in an argument: what it is answered for something that does not exist.
// Run by tests/integration/isolation.test.ts.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { functions } from '../../supabase/access/functions.ts';
import { fingerprint } from './audience.ts';
import {
  ask,
  heard,
  otherOf,
  type Parameters,
  parametersOf,
  parties,
  project,
  relations,
  type TenantName,
  tenants,
} from './isolation-scene.ts';

/** The things of a tenant that the functions of clients take, by the name of the parameter. */
async function thingsOf(name: TenantName): Promise<Record<string, string>> {
  const { clientId, ownCampaign } = parties[name];
  const things = await project.one<Record<'lead' | 'message' | 'meeting' | 'approval' | 'import', string>>(
    `select m.lead_id as lead, m.id as message,
       (select i.id from public.meetings as i where i.lead_id = m.lead_id limit 1) as meeting,
       (select a.id from public.campaign_approvals as a where a.client_id = $1 limit 1) as approval,
       (select i.id from public.imports as i where i.client_id = $1 limit 1) as import
     from public.messages as m
     where m.client_id = $1 and m.direction = 'received' and exists (select from public.meetings as i where i.lead_id = m.lead_id)
     order by m.id
     limit 1`,
    [clientId],
  );
  return {
    target_client_id: clientId,
    only_client: clientId,
    target_campaign_id: ownCampaign,
    only_campaign: ownCampaign,
    target_lead_id: things.lead,
    target_message_id: things.message,
    target_meeting_id: things.meeting,
    approval_id: things.approval,
    target_import_id: things.import,
  };
}

/** Arguments that name no one. */
const plain: Record<string, unknown> = {
  from_day: '2026-09-01',
  to_day: '2026-11-30',
  from_month: '2026-10-01',
  to_month: '2026-10-01',
  new_class: 'interested',
  new_verdict: 'neutral',
  new_status: 'booked',
  answer: 'approved',
};

/** The functions that work for a client, with the parameters that name something. */
async function ownFunctions(): Promise<(Parameters & { naming: string[] })[]> {
  const all = await parametersOf('public');
  return all.filter(({ name }) => functions[name] === 'own').map((one) => ({
    ...one,
    naming: Object.keys(one.types).filter((parameter) => one.types[parameter] === 'uuid'),
  }));
}

function argumentsOf({ types }: Parameters, things: Record<string, unknown>): Record<string, unknown> {
  const all: Record<string, unknown> = { ...plain, ...things };
  const given = Object.keys(types).filter((parameter) => parameter in all);
  return Object.fromEntries(given.map((parameter) => [parameter, all[parameter]]));
}

async function answer(name: TenantName, rpc: string, values: Record<string, unknown>, id: string) {
  const { rows, error } = await ask(name, (client) => client.rpc(rpc, values));
  const blank = JSON.stringify(error ? [error.code, error.message, error] : rows).replaceAll(id, '…');
  // An answer repeats the id that was asked for, which is no news to who asked.
  heard[name].push((heard[name].pop() ?? '').replaceAll(id, '…'));
  return blank;
}

export function argumentsReachNoOther(): void {
  it('is declared with all that the functions of clients take', async () => {
    const known = Object.keys(await thingsOf('aurora'));
    const naming = new Set((await ownFunctions()).flatMap((one) => one.naming));
    expect([...naming].sort()).toEqual(known.sort());
  });

  it.each(tenants)('is answered to %s as if it did not exist, and changes nothing', async (name) => {
    const own = await thingsOf(name);
    const foreign = await thingsOf(otherOf[name]);
    const query = parties[otherOf[name]].marker;
    const before = await fingerprint(project, relations);
    const news: string[] = [];
    for (const one of await ownFunctions()) {
      const [first = ''] = one.naming;
      for (const parameter of one.naming) {
        const [there = '', nowhere] = [foreign[parameter], randomUUID()];
        // Beside it all of one's own, or as little as there must be.
        for (const things of [{ ...own, query }, { [first]: own[first], query }]) {
          const found = await answer(
            name,
            one.name,
            argumentsOf(one, { ...things, [parameter]: there }),
            there,
          );
          const nothing = await answer(
            name,
            one.name,
            argumentsOf(one, { ...things, [parameter]: nowhere }),
            nowhere,
          );
          if (found !== nothing) news.push(`${one.name}(${parameter}): ${found} instead of ${nothing}`);
        }
      }
    }
    expect(news).toEqual([]);
    expect(await fingerprint(project, relations)).toEqual(before);
  });

  it('is more where it is one’s own', async () => {
    const own = await thingsOf('aurora');
    const same: string[] = [];
    for (const one of await ownFunctions()) {
      const [first] = one.naming;
      if (first === undefined) continue;
      const query = parties.aurora.marker;
      const mine = await answer('aurora', one.name, argumentsOf(one, { [first]: own[first], query }), '-');
      const nowhere = randomUUID();
      const nothing = await answer(
        'aurora',
        one.name,
        argumentsOf(one, { [first]: nowhere, query }),
        nowhere,
      );
      if (mine === nothing) same.push(`${one.name}: ${mine}`);
    }
    expect(same).toEqual([]);
  });
}
