import { get } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  addLeads,
  createCampaign,
  key,
  leadEmail,
  leadRows,
  prepare,
  readAll,
  schedule,
  withSimulator,
  workspaceId,
} from './helpers.ts';
import type { Json } from './helpers.ts';

describe('the edge', () => {
  it('wants the key in the address and never shows it in the request log', () =>
    withSimulator({}, async ({ simulator, call }) => {
      expect((await call('GET', '/client/')).status).toBe(200);
      for (const query of ['', '?api_key=wrong']) {
        const answer = await fetch(`${simulator.url}/api/v1/client/${query}`, {
          headers: { authorization: `Bearer ${key}` },
        });
        expect([answer.status, await answer.json()]).toEqual([401, { message: 'Invalid API Key' }]);
      }
      expect(simulator.requests().map(({ query }) => query.api_key)).toEqual([
        '[redacted]',
        undefined,
        '[redacted]',
      ]);
      expect(JSON.stringify(simulator.requests())).not.toContain(key);
    }));

  it('plays a revoked key, a plan without API access and a refused user agent', () =>
    withSimulator({}, async ({ simulator, call }) => {
      simulator.setAccess(workspaceId, 'unauthorized');
      expect((await call('GET', '/campaigns/')).status).toBe(401);
      simulator.setAccess(workspaceId, 'payment-required');
      expect((await call('GET', '/campaigns/')).status).toBe(403);
      simulator.setAccess(workspaceId, 'ok');
      const blocked = await new Promise<[number | undefined, string]>((resolve, reject) => {
        get(`${simulator.url}/api/v1/client?api_key=${key}`, (response) => {
          response.setEncoding('utf8').on('data', (text: string) => resolve([response.statusCode, text]));
        }).on('error', reject);
      });
      expect(blocked).toEqual([403, 'error code: 1010']);
    }));

  it('answers unknown routes in plain text, like Express', () =>
    withSimulator({}, async ({ call }) => {
      for (const method of ['GET', 'POST']) {
        const answer = await call(method, '/webhooks');
        expect([answer.status, answer.text]).toEqual([404, `Cannot ${method} /api/v1/webhooks`]);
      }
      expect((await call('GET', '/campaigns/1/top-level-analytics')).status).toBe(404);
    }));

  it('answers 200 with nothing for what is not there, and 404 when told so', async () => {
    const paths = [
      '/campaigns/77',
      '/campaigns/77/statistics',
      '/campaigns/77/leads',
      '/leads/?email=no@one.example',
    ];
    await withSimulator({}, async ({ call }) => {
      for (const path of paths) {
        const answer = await call('GET', path);
        expect([answer.status, answer.text]).toEqual([200, '{}']);
      }
      expect((await call('POST', '/campaigns/77/status', { status: 'START' })).status).toBe(404);
    });
    await withSimulator({ behaviour: { missing: 'empty-body' } }, async ({ call }) => {
      expect(await call('GET', '/campaigns/77')).toMatchObject({ status: 200, text: '' });
    });
    await withSimulator({ behaviour: { missing: 'not-found', errorScheme: 'nested' } }, async ({ call }) => {
      expect(await call('GET', '/campaigns/77')).toMatchObject({
        status: 404,
        body: { error: { code: 'NOT_FOUND', message: 'Campaign not found' } },
      });
    });
  });

  it('refuses what it does not know, in the words of Joi and as each document has it', async () => {
    const body = { lead_list: leadRows(1), settings: { update: true } };
    const shapes = {
      live: { message: '"settings.update" is not allowed' },
      flat: { error: '"settings.update" is not allowed' },
      nested: { error: { code: 'VALIDATION_ERROR', message: '"settings.update" is not allowed' } },
    };
    for (const errorScheme of ['live', 'flat', 'nested'] as const) {
      const validationStatus = errorScheme === 'nested' ? 422 : 400;
      await withSimulator({ behaviour: { errorScheme, validationStatus } }, async (bench) => {
        const id = await createCampaign(bench);
        expect(await bench.call('POST', `/campaigns/${id}/leads`, body)).toMatchObject({
          status: validationStatus,
          body: shapes[errorScheme],
        });
      });
    }
  });
});

describe('campaigns', () => {
  it('are a bare array, newest first, with other names to read than to write', () =>
    withSimulator({}, async (bench) => {
      const first = await createCampaign(bench);
      const second = await createCampaign(bench, { client_id: 5000 });
      await bench.call('POST', `/campaigns/${first}/settings`, { track_settings: ['DONT_TRACK_EMAIL_OPEN'] });
      const { rows } = await bench.call('GET', '/campaigns/');
      expect(rows.map(({ id }) => id)).toEqual([second, first]);
      expect(rows[1]).toMatchObject({
        status: 'DRAFTED',
        track_settings: ['DONT_EMAIL_OPEN'],
        min_time_btwn_emails: schedule.min_time_btw_emails,
        max_leads_per_day: schedule.max_new_leads_per_day,
        scheduler_cron_value: {
          tz: 'Etc/UTC',
          days: schedule.days_of_the_week,
          startHour: '08:00',
          endHour: '18:00',
        },
        parent_campaign_id: null,
        client_id: null,
      });
      const refused = await bench.call('POST', `/campaigns/${first}/settings`, {
        track_settings: ['DONT_EMAIL_OPEN'],
      });
      expect(refused.status).toBe(400);
      expect((await bench.call('GET', '/campaigns/?client_id=5000')).rows.map(({ id }) => id)).toEqual([
        second,
      ]);
      const steps = await bench.call('GET', `/campaigns/${first}/sequences`);
      expect(steps.rows.map(({ seq_delay_details }) => seq_delay_details)).toEqual([
        { delayInDays: 0 },
        { delayInDays: 2 },
      ]);
      expect(steps.rows[0]).toMatchObject({
        sequence_variants: [{ variant_label: 'A' }, { variant_label: 'B' }],
      });
      await bench.call('POST', `/campaigns/${first}/sequences`, { sequences: [] });
      expect((await bench.call('GET', `/campaigns/${first}/sequences`)).rows).toEqual([]);
    }));

  it('start with START, which reads as ACTIVE, and only when they are complete', () =>
    withSimulator({}, async (bench) => {
      const { body } = await bench.call('POST', '/campaigns/create', { name: 'Empty' });
      expect((await bench.call('POST', `/campaigns/${body.id}/status`, { status: 'START' })).status).toBe(
        400,
      );
      const id = await createCampaign(bench);
      expect(await bench.call('POST', `/campaigns/${id}/status`, { status: 'ACTIVE' })).toMatchObject({
        status: 400,
        body: { message: '"status" must be one of [START, PAUSED, STOPPED]' },
      });
      expect((await bench.call('POST', `/campaigns/${id}/status`, { status: 'START' })).body).toEqual({
        ok: true,
      });
      expect((await bench.call('GET', `/campaigns/${id}`)).body.status).toBe('ACTIVE');
      expect((await bench.call('DELETE', `/campaigns/${id}`)).body).toEqual({ ok: true });
      expect((await bench.call('GET', `/campaigns/${id}`)).body).toEqual({});
    }));

  it('number the weekdays from Sunday or from Monday', () =>
    withSimulator({ behaviour: { weekdays: 'monday-is-1' } }, async (bench) => {
      const id = await createCampaign(bench);
      const set = (days: number[]) =>
        bench.call('POST', `/campaigns/${id}/schedule`, { ...schedule, days_of_the_week: days });
      expect((await set([0])).status).toBe(400);
      expect((await set([7])).status).toBe(200);
    }));
});

describe('leads', () => {
  it('are counted as the live service counts', () =>
    withSimulator({}, async (bench) => {
      const id = await createCampaign(bench);
      await addLeads(bench, id, [{ email: leadEmail }]);
      const { body } = await bench.call('POST', `/campaigns/${id}/leads`, {
        lead_list: [
          ...leadRows(2),
          { email: 'LEAD0@company0.example' },
          { email: leadEmail, first_name: 'Ingrid' },
          { email: 'not-an-address' },
          { email: 'a@blocked-co.example' },
          { email: 'gone@company1.example' },
        ],
        settings: { return_lead_ids: true },
      });
      expect(body).toMatchObject({
        ok: true,
        upload_count: 7,
        total_leads: 2,
        duplicate_count: 1,
        already_added_to_campaign: 1,
        invalid_email_count: 1,
        invalid_emails: ['not-an-address'],
        block_count: 1,
        bounce_count: 1,
        unsubscribed_leads: [],
        is_lead_limit_exhausted: false,
      });
      const map = body.emailToLeadIdMap as Record<string, Record<string, number>>;
      expect(Object.keys(map.newlyAddedLeads ?? {})).toHaveLength(2);
      expect(map.existingLeads).toEqual({ [leadEmail]: expect.any(Number) as number });
      // Beyond 32 bits, as the real ids are.
      expect(map.existingLeads?.[leadEmail]).toBeGreaterThan(2 ** 31);
      expect(body).not.toHaveProperty('inserted_count');
    }));

  it('take 400 a call, text values only, and as many as the plan has left', () =>
    withSimulator({}, async (bench) => {
      const id = await createCampaign(bench);
      const add = (lead_list: Json[]) => bench.call('POST', `/campaigns/${id}/leads`, { lead_list });
      expect(await add(leadRows(401))).toMatchObject({
        status: 400,
        body: { message: '"lead_list" must contain less than or equal to 400 items' },
      });
      expect((await add([{ email: 'a@b.example', custom_fields: { employees: 240 } }])).body.message).toBe(
        '"lead_list[0].custom_fields.employees" must be a string',
      );
      expect((await add([{ email: 'a@b.example', job: 'CFO' }])).body.message).toBe(
        '"lead_list[0].job" is not allowed',
      );
      const { id: other } = bench.simulator.createWorkspace({ keys: ['small'], remainingInPlan: 2 });
      expect(other).not.toBe(workspaceId);
      const api = (path: string, body: Json) =>
        fetch(`${bench.simulator.url}/api/v1${path}?api_key=small`, {
          method: 'POST',
          body: JSON.stringify(body),
        })
          .then((answer) => answer.json() as Promise<Json>);
      const made = await api('/campaigns/create', { name: 'Small' });
      expect(await api(`/campaigns/${made.id}/leads`, { lead_list: leadRows(5) })).toMatchObject({
        total_leads: 2,
        is_lead_limit_exhausted: true,
        lead_import_stopped_count: 3,
      });
    }));

  it('can be taken with 200 and not added, and then added by the same call', () =>
    withSimulator({}, async (bench) => {
      const id = await createCampaign(bench);
      bench.simulator.faults.set({
        requests: [{ kind: 'nothing-added', method: 'POST', path: '/api/v1/campaigns/*/leads', times: 1 }],
      });
      expect(await addLeads(bench, id, leadRows(3))).toMatchObject({
        ok: true,
        upload_count: 3,
        total_leads: 0,
      });
      expect((await bench.call('GET', `/campaigns/${id}/leads`)).body.total_leads).toBe('0');
      expect(await addLeads(bench, id, leadRows(3))).toMatchObject({ total_leads: 3 });
    }));

  it('are one person in all campaigns; a paused one stays paused when it is added again', () =>
    withSimulator({}, async (bench) => {
      const { id } = await prepare(bench);
      const second = await createCampaign(bench);
      const { rows: [row] } = await bench.call('GET', `/campaigns/${id}/leads`);
      const leadId = (row?.lead as Json).id;
      await bench.call('POST', `/campaigns/${id}/leads/${leadId}/pause`);
      await addLeads(bench, second, [{ email: leadEmail, first_name: 'Inga' }]);
      expect(await addLeads(bench, id, [{ email: leadEmail }])).toMatchObject({
        already_added_to_campaign: 1,
      });
      const after = await bench.call('GET', `/campaigns/${id}/leads?status=PAUSED`);
      expect(after.rows[0]).toMatchObject({ status: 'PAUSED', lead: { id: leadId, first_name: 'Inga' } });
      const person = await bench.call('GET', `/leads/?email=${leadEmail}`);
      expect((person.body.lead_campaign_data as Json[]).map(({ campaign_id }) => campaign_id)).toEqual([
        id,
        second,
      ]);
      const single = await bench.call('GET', `/leads/${leadId}`);
      expect(single.body).toMatchObject({ ok: true, data: [{ email: leadEmail }] });
    }));

  it('read the flag for leads of other campaigns in both ways', async () => {
    for (const duplicatesFlag of ['true-skips', 'true-allows'] as const) {
      await withSimulator({ behaviour: { duplicatesFlag } }, async (bench) => {
        await prepare(bench);
        const other = await createCampaign(bench);
        const { body } = await bench.call('POST', `/campaigns/${other}/leads`, {
          lead_list: [{ email: leadEmail }],
          settings: { ignore_duplicate_leads_in_other_campaign: true },
        });
        expect(body.total_leads).toBe(duplicatesFlag === 'true-skips' ? 0 : 1);
        const third = await createCampaign(bench);
        expect((await addLeads(bench, third, [{ email: leadEmail }])).total_leads).toBe(
          duplicatesFlag === 'true-skips' ? 1 : 0,
        );
      });
    }
  });

  it('are paged by offset, at most 100, with the total as text, and exported as CSV', () =>
    withSimulator({}, async (bench) => {
      const id = await createCampaign(bench);
      await addLeads(bench, id, leadRows(250));
      const rows = await readAll(bench, `/campaigns/${id}/leads`, 100);
      expect(new Set(rows.map(({ campaign_lead_map_id }) => campaign_lead_map_id)).size).toBe(250);
      const page = await bench.call('GET', `/campaigns/${id}/leads?offset=200&limit=100`);
      expect([page.body.total_leads, page.rows.length]).toEqual(['250', 50]);
      expect((await bench.call('GET', `/campaigns/${id}/leads?limit=1000`)).status).toBe(400);
      const csv = await bench.call('GET', `/campaigns/${id}/leads-export`);
      expect(csv.headers.get('content-type')).toContain('text/csv');
      expect(csv.text.split('\n')).toHaveLength(251);
    }));

  it('go with one bare word', () =>
    withSimulator({}, async (bench) => {
      const { id } = await prepare(bench);
      const leadId = (await bench.call('GET', `/leads/?email=${leadEmail}`)).body.id;
      expect((await bench.call('DELETE', `/campaigns/${id}/leads/${leadId}`)).text).toBe('success');
      expect((await bench.call('GET', `/campaigns/${id}/leads`)).body.total_leads).toBe('0');
      expect((await bench.call('GET', `/campaigns/${id}/leads/${leadId}/message-history`)).body).toEqual({});
    }));

  it('keep an unsubscribe for the client of the campaign, or for all when asked', () =>
    withSimulator({}, async (bench) => {
      const { id, emit } = await prepare(bench, undefined, { client_id: 5000 });
      emit('lead_unsubscribed');
      const { body } = await bench.call('GET', `/leads/?email=${leadEmail}`);
      expect(body).toMatchObject({ is_unsubscribed: false, unsubscribed_client_id_map: { 5000: true } });
      const mine = await createCampaign(bench, { client_id: 5000 });
      const others = await createCampaign(bench);
      expect(await addLeads(bench, mine, [{ email: leadEmail }])).toMatchObject({
        unsubscribed_leads: [leadEmail],
      });
      expect(await addLeads(bench, others, [{ email: leadEmail }])).toMatchObject({ total_leads: 1 });
      await bench.call('POST', `/leads/${body.id}/unsubscribe`);
      expect(bench.simulator.truth(others)[0]?.unsubscribed).toBe(1);
      expect(bench.simulator.truth(id)[0]?.unsubscribed).toBe(1);
      expect((await bench.call('GET', `/leads/?email=${leadEmail}`)).body.is_unsubscribed).toBe(true);
    }));
});

describe('mailboxes, clients and categories', () => {
  it('hand out passwords, and the reputation in two forms', () =>
    withSimulator({}, async (bench) => {
      const { rows } = await bench.call('GET', '/email-accounts/?offset=0&limit=100');
      expect(rows).toHaveLength(2);
      expect(rows[0]).toMatchObject({ password: 'password-of-mia@try-lakeside.example', type: 'SMTP' });
      expect(rows[0]?.imap_password).toEqual(expect.stringContaining('password-of'));
      const reputation = (row: Json | undefined) => (row?.warmup_details as Json).warmup_reputation;
      const single = await bench.call('GET', `/email-accounts/${rows[0]?.id}`);
      expect(reputation(rows[0])).toBe(`${reputation(single.body)}%`);
      expect((await bench.call('GET', '/email-accounts/?limit=101')).status).toBe(400);
      expect((await bench.call('GET', '/email-accounts/?offset=1&limit=1')).rows).toHaveLength(1);
      expect((await bench.call('GET', `/email-accounts/${rows[0]?.id}/warmup-stats`)).body.stats_by_date)
        .toHaveLength(7);
    }));

  it('list the clients and the categories, built-in ones with low ids', () =>
    withSimulator({}, async (bench) => {
      expect((await bench.call('GET', '/client/')).rows.map(({ name }) => name)).toEqual([
        'Lakeside',
        'Harbour',
      ]);
      const { rows } = await bench.call('GET', '/leads/fetch-categories');
      expect(rows).toHaveLength(8);
      expect(rows[5]).toMatchObject({ id: 6, name: 'Out Of Office', sentiment_type: 'neutral' });
      expect(rows[7]).toMatchObject({ name: 'Send deck later', sentiment_type: 'positive' });
      expect(rows[7]?.id).toBeGreaterThan(1000);
    }));
});
