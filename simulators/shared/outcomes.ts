import { between, createRandom, hashText, type Random } from './random.ts';
import { replyText } from './texts.ts';
import { hour, minute } from './time.ts';
import type { Agenda } from './agenda.ts';
import type { CommonRates } from './options.ts';
import type { EventRecorder } from './recorder.ts';
import type { AgendaItem, EventDetails, EventType } from './records.ts';
import type { LeadPlace, Workspace } from './state.ts';

/** Own numbers for each decision about a lead, so one campaign never changes what happens in another. */
export function streamFor(seed: number, { campaign, lead }: LeadPlace, decision: string): Random {
  return createRandom(hashText(`${seed} ${campaign.record.ordinal} ${lead.email ?? ''} ${decision}`));
}

type Plan = (action: AgendaItem['action'], delay: number, label?: number) => void;

export class Outcomes {
  constructor(readonly recorder: EventRecorder, readonly agenda: Agenda, readonly rates: CommonRates) {}

  act(place: LeadPlace, item: AgendaItem): void {
    const { workspace, campaign, lead } = place;
    const { recorder: { rules, world }, rates } = this;
    const { at, step, variant, action } = item;
    const decision = `${action} ${step} ${item.label ?? ''} ${lead.opens}`;
    const random = streamFor(world.seed, place, decision);
    const record = (type: EventType, more: EventDetails = {}): void => {
      this.recorder.record(place, { type, at, step, variant, ...more });
    };
    const then: Plan = (next, delay, label) => {
      const planned = { ...item, action: next, at: at + Math.floor(delay) };
      this.agenda.add(label === undefined ? planned : { ...planned, label });
    };
    switch (action) {
      case 'send':
        if (!campaign.leads.isActive(lead)) return;
        // A mail planned for a paused campaign is not lost; it goes out after the campaign starts again.
        if (campaign.data.status !== rules.active) {
          campaign.record.progress.followUps.unshift({ lead: lead.id, step });
          return;
        }
        record('email_sent');
        return this.#afterSending(place, item, random, then);
      case 'follow-up':
        if (campaign.leads.isActive(lead)) {
          campaign.record.progress.followUps.push({ lead: lead.id, step: step + 1 });
        }
        return;
      case 'open':
        record('email_opened');
        if (random() < rates.repeatedOpen) then('open', between(random, minute, 30 * hour));
        return;
      case 'click':
        return record('link_clicked');
      case 'bounce':
        return record('email_bounced');
      case 'unsubscribe':
        if (rules.mayUnsubscribe(lead)) record('lead_unsubscribed');
        return;
      case 'auto-reply': {
        record('auto_reply_received', { text: replyText(random, 'automatic') });
        const away = rules.outOfOffice(workspace);
        if (away !== undefined && random() < 0.5) then('label', between(random, minute, 10 * minute), away);
        return;
      }
      case 'reply': {
        let label = rules.firstLabel(workspace, random);
        // Of the sure ones a person is to read the answer: no machine writes it.
        for (let tries = 0; tries < 50 && this.#surelyReplies(place, step); tries++) {
          if (rules.moodOf(workspace, label) !== 'automatic') break;
          label = rules.firstLabel(workspace, random);
        }
        record('reply_received', { text: replyText(random, rules.moodOf(workspace, label)) });
        if (label !== undefined && random() < rates.labelled) {
          then('label', between(random, minute, 90 * minute), label);
        }
        return;
      }
      case 'label': {
        const label = item.label ?? null;
        if (label === lead.label) return;
        record('label_changed', { label });
        if (label !== null) this.#afterLabel(workspace, label, random, then);
      }
    }
  }

  /** For somebody who tries it out with a handful of leads, of whom chance lets none answer. */
  #surelyReplies({ campaign, lead }: LeadPlace, step: number): boolean {
    return step === 1 && campaign.leads.items.slice(0, this.rates.sureReplies).includes(lead);
  }

  #afterSending(place: LeadPlace, { step, at }: AgendaItem, random: Random, then: Plan): void {
    const { campaign, lead } = place;
    const { recorder: { rules }, rates } = this;
    const surelyReplies = this.#surelyReplies(place, step);
    if (step === 1 && random() < rates.bounce && !surelyReplies) {
      return then('bounce', between(random, minute, 8 * minute));
    }
    const tracks = rules.tracks(campaign);
    const opens = random() < rates.open && tracks.opens;
    const openDelay = between(random, 2 * minute, 26 * hour) * random();
    if (opens) then('open', openDelay);
    if (random() < rates.click && tracks.clicks) {
      then('click', openDelay + between(random, minute, 20 * minute));
    }
    const fate = random();
    if (surelyReplies) then('reply', between(random, 20 * minute, 110 * minute));
    else if (fate < rates.reply) then('reply', between(random, 20 * minute, 44 * hour));
    else if (fate < rates.reply + rates.autoReply) then('auto-reply', between(random, minute, 6 * minute));
    else if (fate < rates.reply + rates.autoReply + rates.unsubscribe) {
      then('unsubscribe', between(random, minute, 30 * hour));
    }
    const delay = rules.delayAfter(campaign, step);
    if (delay !== undefined) then('follow-up', delay);
    else if (campaign.leads.isActive(lead)) {
      this.recorder.record(place, { type: 'lead_completed', at });
    }
  }

  /** Positive leads move on, or turn out not to be positive after all; one reply can be labelled many times. */
  #afterLabel(workspace: Workspace, label: number, random: Random, then: Plan): void {
    const onward = this.recorder.rules.onward(workspace, label);
    if (onward === undefined) return;
    const { relabel, progress } = this.rates;
    const fate = random();
    if (fate < relabel) then('label', between(random, 2 * hour, 40 * hour), onward.lost);
    else if (fate < relabel + progress && onward.next !== undefined) {
      then('label', between(random, 5 * hour, 72 * hour), onward.next);
    }
  }
}
