import type { Random } from './random.ts';
import type { LeadState } from './records.ts';
import type { ReplyMood } from './texts.ts';
import type { Campaign, LeadScene, Place, Workspace } from './state.ts';
import type { SendingWindow } from './time.ts';

export interface Mailbox {
  email: string;
  daily_limit: number;
}

/** In what the providers differ when campaigns send and things happen. Methods, so that each takes its own types. */
export interface Rules {
  /** The status of a campaign that sends, and of one that is done. */
  active: string | number;
  completed: string | number;
  /** The window the campaign is in, if it may send at all. */
  window(campaign: Campaign, at: number): SendingWindow | undefined;
  mailboxes(place: Place): Mailbox[];
  dailyLimit?(campaign: Campaign): number;
  newLeadsPerDay(campaign: Campaign): number;
  newLeadsFirst?(campaign: Campaign): boolean;
  variantsOf(campaign: Campaign, step: number): number[];
  /** Milliseconds until the next step; undefined after the last one. */
  delayAfter(campaign: Campaign, step: number): number | undefined;
  tracks(campaign: Campaign): { opens: boolean; clicks: boolean };
  /** Whether a campaign is done when nobody is left to write to. */
  completes(place: Place): boolean;

  /** Step and variant of what happens to a lead that was not written to yet. */
  unsent: { step: number; variant: number } | null;
  /** Moves the lead; opens, clicks, replies and the label are counted already. */
  apply(scene: LeadScene): void;
  ends(scene: LeadScene): boolean;
  /** What the provider does by itself once everybody knows of the event. */
  after?(scene: LeadScene): void;
  mayUnsubscribe(lead: LeadState): boolean;

  /** The label of a first human reply, drawn from the mix of the options. */
  firstLabel(workspace: Workspace, random: Random): number | undefined;
  /** What somebody writes whose reply will get this label. */
  moodOf(workspace: Workspace, label: number | undefined): ReplyMood;
  outOfOffice(workspace: Workspace): number | undefined;
  /** Where a positive label may lead to: one stage on, or no interest after all. Undefined when it is not positive. */
  onward(
    workspace: Workspace,
    label: number,
  ): { next: number | undefined; lost: number | undefined } | undefined;
}
