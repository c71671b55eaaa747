// What people do with a deal in HubSpot comes back, and what happens here reaches it only where no person was before.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CrmScene, portalId, startCrm } from '../support/crm-scene.ts';

let scene: CrmScene;

beforeAll(async () => {
  scene = await startCrm();
});
afterAll(() => scene.stop());
beforeEach(() => scene.reset());

describe('a deal', () => {
  it('tells the meeting: booked, won with its amount, and taken back', async () => {
    await scene.connect();
    const lead = await scene.positiveLead();
    await scene.readNow();
    // Our own push is no change of a person.
    expect(await scene.meetingOf(lead.id)).toBeUndefined();
    const [deal] = scene.dealOf(lead.id);
    const move = async (properties: Record<string, string>) => {
      scene.hubspot.change('deals', portalId, deal?.id ?? '', properties);
      await scene.readNow();
      return await scene.meetingOf(lead.id);
    };
    expect(await move({ dealstage: 'appointmentscheduled' })).toMatchObject({
      status: 'booked',
      source: 'crm',
    });
    expect(await move({ dealstage: 'contractsent' })).toMatchObject({ status: 'booked' });
    expect(await move({ dealstage: 'closedwon', amount: '12500.50' })).toMatchObject({
      status: 'won',
      value: '12500.50',
      currency: 'EUR',
    });
    // Odd values change nothing that is known.
    expect(await move({ amount: 'a lot', deal_currency_code: 'gold' })).toMatchObject({ status: 'won' });
    expect(await move({ amount: '13000', deal_currency_code: 'USD' })).toMatchObject({
      value: '13000.00',
      currency: 'USD',
    });
    // Opened again: the meeting is what it was before; back at the start it is none.
    expect(await move({ dealstage: 'qualifiedtobuy' })).toMatchObject({ status: 'booked' });
    expect(await move({ dealstage: 'newreply' })).toBeUndefined();
    expect(await move({ dealstage: '1300551' })).toBeUndefined();
    // Reading the same again changes nothing.
    const before = await scene.project.sql('select * from public.meeting_changes order by id');
    await scene.readNow();
    expect(await scene.project.sql('select * from public.meeting_changes order by id')).toEqual(before);
  });

  it('moves on with a booked meeting, but not where a person moved it', async () => {
    await scene.connect();
    const book = (leadId: string) =>
      scene.project.sql(
        `select private.record_meeting($1, 'provider', 'booked', now(), happened_at => now())`,
        [leadId],
      );
    const lead = await scene.positiveLead();
    await book(lead.id);
    await scene.logged(lead.id, { state: 'delivered', type: 'meeting.booked' });
    expect(scene.dealOf(lead.id)).toMatchObject([{ properties: { dealstage: 'appointmentscheduled' } }]);
    await scene.readNow();
    expect(await scene.meetingOf(lead.id)).toMatchObject({ source: 'provider' });

    const other = await scene.positiveLead();
    scene.hubspot.change('deals', portalId, scene.dealOf(other.id)[0]?.id ?? '', {
      dealstage: 'contractsent',
    });
    await book(other.id);
    expect((await scene.logged(other.id, { state: 'delivered', type: 'meeting.booked' }))['note']).toContain(
      'stays in its stage',
    );
    expect(scene.dealOf(other.id)).toMatchObject([{ properties: { dealstage: 'contractsent' } }]);
  });

  it('that was deleted is not made again; one that was merged is followed', async () => {
    await scene.connect();
    const lead = await scene.positiveLead();
    const [deal] = scene.dealOf(lead.id);
    scene.hubspot.change('deals', portalId, deal?.id ?? '', { dealstage: 'closedwon' });
    await scene.readNow();
    expect(await scene.meetingOf(lead.id)).toMatchObject({ status: 'won' });
    scene.hubspot.remove('deals', portalId, deal?.id ?? '');
    await scene.project.sql(`update public.crm_records set checked_at = now() - interval '7 hours'`);
    await scene.readNow();
    expect(await scene.meetingOf(lead.id)).toBeUndefined();
    expect(await scene.recordOf(lead.id)).toMatchObject({ deal_gone_at: expect.any(Date) as unknown });
    await scene.call({ action: 'push', lead_id: lead.id });
    expect((await scene.logged(lead.id, { state: 'delivered', is_by_hand: true }))['note']).toContain(
      'deleted',
    );
    expect(scene.dealOf(lead.id)).toEqual([]);

    const merged = await scene.positiveLead();
    const kept = await scene.positiveLead();
    const [gone, survivor] = [scene.dealOf(merged.id)[0]?.id ?? '', scene.dealOf(kept.id)[0]?.id ?? ''];
    scene.hubspot.merge('deals', portalId, survivor, gone);
    const [first, second] = [scene.portal.contacts.at(-2)?.id ?? '', scene.portal.contacts.at(-1)?.id ?? ''];
    scene.hubspot.merge('contacts', portalId, second, first);
    await scene.call({ action: 'push', lead_id: merged.id });
    await scene.logged(merged.id, { state: 'delivered', is_by_hand: true });
    expect(scene.portal.contacts.filter(({ archived }) => !archived)).toHaveLength(2);
    expect(scene.portal.deals.filter(({ archived }) => !archived)).toHaveLength(1);
    // A deal counts for one lead.
    expect(await scene.recordOf(merged.id)).toMatchObject({ deal_gone_at: expect.any(Date) as unknown });
    scene.hubspot.change('deals', portalId, survivor, { dealstage: 'closedwon' });
    await scene.readNow();
    expect([await scene.meetingOf(merged.id), await scene.meetingOf(kept.id)]).toMatchObject([undefined, {
      status: 'won',
    }]);
  });
});

describe('an unsubscribe', () => {
  it('marks a contact that is there, and makes none', async () => {
    await scene.connect();
    const stop = (email: string) =>
      scene.project.sql(
        `insert into public.suppressions (client_id, email, reason, suppressed_at) values ($1, $2, 'unsubscribed', now())`,
        [scene.tenant.clientId, email],
      );
    const stranger = await scene.addLead();
    await stop(stranger.email);
    expect((await scene.logged(stranger.id, { state: 'delivered', type: 'lead.unsubscribed' }))['note'])
      .toContain('no contact');
    expect(scene.portal.contacts).toEqual([]);
    const lead = await scene.positiveLead();
    await stop(lead.email);
    await scene.logged(lead.id, { state: 'delivered', type: 'lead.unsubscribed' });
    expect(scene.portal.contacts[0]?.properties).toMatchObject({ outreach_stopped: 'true' });
  });
});
