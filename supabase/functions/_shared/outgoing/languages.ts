/** The words of notifications in each language; {who}, {name}, {count} and {total} are filled in. */
import type { Payload } from './payload.ts';

export const languages = ['en', 'nl', 'de'] as const;
export type Language = typeof languages[number];

export const locales: Record<Language, string> = { en: 'en-GB', nl: 'nl-NL', de: 'de-DE' };

export interface LanguageWords {
  titles: Record<Payload['type'], string>;
  somebody: string;
  verdicts: Record<string, string>;
  reasons: Record<string, string>;
  outcomes: Record<string, string>;
  approvals: Record<string, string>;
  bounces: Record<string, string>;
  facts: Record<
    | 'client'
    | 'campaign'
    | 'email'
    | 'company'
    | 'position'
    | 'reason'
    | 'bounce'
    | 'sent'
    | 'leads'
    | 'takesPlace'
    | 'value'
    | 'note'
    | 'subject',
    string
  >;
  sentOf: string;
  /** To the entry of an incident in the runbook. */
  whatToDo: string;
  /** To the campaign that a client is asked to approve. */
  readAndAnswer: string;
  mail: {
    /** Subject and title of a mail about several events. */
    one: string;
    many: string;
    summary: Record<'at_once' | 'hourly' | 'daily', string>;
    more: string;
    open: string;
    why: string;
    change: string;
  };
}

export const words: Record<Language, LanguageWords> = {
  en: {
    titles: {
      'reply.positive': 'Positive reply from {who}',
      'meeting.booked': 'Meeting booked with {who}',
      'meeting.held': 'Meeting held with {who}',
      'meeting.won': 'Deal won with {who}',
      'reply.verdict': '{name}: reply from {who}',
      'lead.unsubscribed': '{who} is not to be written to again',
      'email.bounced': 'Mail to {who} bounced',
      'approval.requested': 'Please approve: {name}',
      'approval.answered': '{name}',
      'export.finished': 'Export {name}',
      'connection.unhealthy': '{name}',
      'goal.behind': 'Behind the goal: {name}',
      'mailbox.disconnected': 'Mailbox disconnected: {name}',
      'domain.unhealthy': '{name}',
      'campaign.bounce_rate_high': 'Too many bounces: {name}',
      test: 'Test from Replyloop',
    },
    somebody: 'somebody',
    verdicts: { qualified: 'Qualified', not_interested: 'Not interested', neutral: 'Neutral' },
    reasons: {
      unsubscribed: 'Unsubscribed',
      spam_report: 'Reported spam',
      do_not_contact: 'Asked not to be contacted',
    },
    outcomes: { completed: 'complete', partial: 'in part', failed: 'failed' },
    approvals: { approved: 'Approved', changes_asked: 'Changes requested' },
    bounces: { hard: 'does not exist', soft: 'cannot receive now', sender: 'our mailbox', block: 'refused' },
    facts: {
      client: 'Client',
      campaign: 'Campaign',
      email: 'Email',
      company: 'Company',
      position: 'Position',
      reason: 'Reason',
      bounce: 'Bounce',
      sent: 'Leads sent',
      leads: 'Leads',
      takesPlace: 'Takes place',
      value: 'Value',
      note: 'Note',
      subject: 'Subject',
    },
    sentOf: '{count} of {total}',
    whatToDo: 'What to do',
    readAndAnswer: 'Read and answer',
    mail: {
      one: '1 new event',
      many: '{count} new events',
      summary: {
        at_once: '',
        hourly: 'What happened in the last hour.',
        daily: 'What happened since the last summary.',
      },
      more: '{count} more are in the dashboard.',
      open: 'Open the dashboard',
      why: 'You get this mail because of your settings.',
      change: 'Change or stop it',
    },
  },
  nl: {
    titles: {
      'reply.positive': 'Positief antwoord van {who}',
      'meeting.booked': 'Afspraak gepland met {who}',
      'meeting.held': 'Afspraak met {who} vond plaats',
      'meeting.won': 'Deal gewonnen met {who}',
      'reply.verdict': '{name}: antwoord van {who}',
      'lead.unsubscribed': '{who} wil geen mail meer',
      'email.bounced': 'Mail aan {who} kwam terug',
      'approval.requested': 'Graag goedkeuren: {name}',
      'approval.answered': '{name}',
      'export.finished': 'Export {name}',
      'connection.unhealthy': '{name}',
      'goal.behind': 'Achter op het doel: {name}',
      'mailbox.disconnected': 'Mailbox losgekoppeld: {name}',
      'domain.unhealthy': '{name}',
      'campaign.bounce_rate_high': 'Te veel bounces: {name}',
      test: 'Test van Replyloop',
    },
    somebody: 'iemand',
    verdicts: { qualified: 'Gekwalificeerd', not_interested: 'Geen interesse', neutral: 'Neutraal' },
    reasons: {
      unsubscribed: 'Afgemeld',
      spam_report: 'Als spam gemeld',
      do_not_contact: 'Wil niet benaderd worden',
    },
    outcomes: { completed: 'voltooid', partial: 'gedeeltelijk voltooid', failed: 'mislukt' },
    approvals: { approved: 'Goedgekeurd', changes_asked: 'Wijzigingen gevraagd' },
    bounces: {
      hard: 'bestaat niet',
      soft: 'kan nu niet ontvangen',
      sender: 'onze mailbox',
      block: 'geweigerd',
    },
    facts: {
      client: 'Klant',
      campaign: 'Campagne',
      email: 'Mail',
      company: 'Bedrijf',
      position: 'Functie',
      reason: 'Reden',
      bounce: 'Bounce',
      sent: 'Leads verzonden',
      leads: 'Leads',
      takesPlace: 'Vindt plaats',
      value: 'Waarde',
      note: 'Notitie',
      subject: 'Onderwerp',
    },
    sentOf: '{count} van {total}',
    whatToDo: 'Wat te doen',
    readAndAnswer: 'Lezen en antwoorden',
    mail: {
      one: '1 nieuwe gebeurtenis',
      many: '{count} nieuwe gebeurtenissen',
      summary: {
        at_once: '',
        hourly: 'Wat er het afgelopen uur gebeurde.',
        daily: 'Wat er sinds het vorige overzicht gebeurde.',
      },
      more: 'Nog {count} staan in het dashboard.',
      open: 'Open het dashboard',
      why: 'Je krijgt deze mail vanwege je instellingen.',
      change: 'Aanpassen of stoppen',
    },
  },
  de: {
    titles: {
      'reply.positive': 'Positive Antwort von {who}',
      'meeting.booked': 'Termin vereinbart mit {who}',
      'meeting.held': 'Termin mit {who} fand statt',
      'meeting.won': 'Abschluss mit {who}',
      'reply.verdict': '{name}: Antwort von {who}',
      'lead.unsubscribed': '{who} möchte keine Mails mehr',
      'email.bounced': 'Mail an {who} kam zurück',
      'approval.requested': 'Bitte freigeben: {name}',
      'approval.answered': '{name}',
      'export.finished': 'Export {name}',
      'connection.unhealthy': '{name}',
      'goal.behind': 'Hinter dem Ziel: {name}',
      'mailbox.disconnected': 'Postfach getrennt: {name}',
      'domain.unhealthy': '{name}',
      'campaign.bounce_rate_high': 'Zu viele Bounces: {name}',
      test: 'Test von Replyloop',
    },
    somebody: 'jemandem',
    verdicts: { qualified: 'Qualifiziert', not_interested: 'Kein Interesse', neutral: 'Neutral' },
    reasons: {
      unsubscribed: 'Abgemeldet',
      spam_report: 'Als Spam gemeldet',
      do_not_contact: 'Möchte nicht kontaktiert werden',
    },
    outcomes: { completed: 'abgeschlossen', partial: 'teilweise abgeschlossen', failed: 'fehlgeschlagen' },
    approvals: { approved: 'Freigegeben', changes_asked: 'Änderungen gewünscht' },
    bounces: {
      hard: 'gibt es nicht',
      soft: 'kann gerade nicht empfangen',
      sender: 'unser Postfach',
      block: 'abgelehnt',
    },
    facts: {
      client: 'Kunde',
      campaign: 'Kampagne',
      email: 'Mail',
      company: 'Firma',
      position: 'Position',
      reason: 'Grund',
      bounce: 'Bounce',
      sent: 'Gesendete Leads',
      leads: 'Leads',
      takesPlace: 'Findet statt',
      value: 'Wert',
      note: 'Notiz',
      subject: 'Betreff',
    },
    sentOf: '{count} von {total}',
    whatToDo: 'Was zu tun ist',
    readAndAnswer: 'Lesen und antworten',
    mail: {
      one: '1 neues Ereignis',
      many: '{count} neue Ereignisse',
      summary: {
        at_once: '',
        hourly: 'Was in der letzten Stunde geschah.',
        daily: 'Was seit der letzten Zusammenfassung geschah.',
      },
      more: '{count} weitere stehen im Dashboard.',
      open: 'Dashboard öffnen',
      why: 'Du bekommst diese Mail wegen deiner Einstellungen.',
      change: 'Ändern oder abbestellen',
    },
  },
};

export const fill = (sentence: string, values: Record<string, string | number>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
