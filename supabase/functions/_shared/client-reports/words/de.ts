import type { Filled, ReportWords } from './report-words.ts';

const isWeek = ({ kind }: Filled) => kind === 'weekly';
const inPeriod = (value: Filled) => isWeek(value) ? 'in dieser Woche' : 'in diesem Monat';
const before = (value: Filled) => isWeek(value) ? 'in der Woche davor' : 'im Monat davor';
const one = (value: Filled, name: string) => value.number(name) === 1;
const people = (value: Filled, name: string) =>
  `${value.count(name)} ${one(value, name) ? 'Person' : 'Personen'}`;
const replies = (value: Filled, name: string) =>
  `${value.count(name)} ${one(value, name) ? 'Antwort' : 'Antworten'}`;
const compared = (value: Filled) => {
  const about = value.text('about') === 'replied' ? 'replied' : 'positive';
  const verb = one(value, about) ? 'hat' : 'haben';
  return `${value.count(about)} von ${people(value, 'contacted')} ${verb}${
    about === 'positive' ? ' positiv' : ''
  } geantwortet, ${before(value)} ${value.count(`${about}_before`)} von ${value.count('contacted_before')}.`;
};
const numbers = (value: Filled) =>
  `${people(value, 'contacted')} angeschrieben, ${replies(value, 'replied')}, davon ${
    value.count('positive')
  } positiv.`;

const goalMetrics = {
  contacted: 'Angeschriebene Personen',
  positive_replies: 'Positive Antworten',
  meetings: 'Termine',
};
/** After "von" and "bei", and after "mit". */
const goalNouns = {
  contacted: 'angeschriebenen Personen',
  positive_replies: 'positiven Antworten',
  meetings: 'Terminen',
};

export const de: ReportWords = {
  locale: 'de-DE',
  title: { weekly: 'Wochenbericht', monthly: 'Monatsbericht' },
  comparedWith: 'Verglichen mit {days}',
  sentences: {
    trend: {
      nothing_sent: (value) =>
        `Es wurde ${inPeriod(value)} nichts versendet${
          value.number('replied') > 0
            ? `; auf frühere Mails ${one(value, 'replied') ? 'kam' : 'kamen'} ${replies(value, 'replied')}`
            : ''
        }.`,
      first: (value) =>
        `${isWeek(value) ? 'Die erste Woche' : 'Der erste Monat'} mit Mails: ${numbers(value)}`,
      better: (value) => `${isWeek(value) ? 'Eine bessere Woche' : 'Ein besserer Monat'}: ${compared(value)}`,
      worse: (value) =>
        `${isWeek(value) ? 'Eine schwächere Woche' : 'Ein schwächerer Monat'}: ${compared(value)}`,
      fewer_contacted: (value) =>
        `Es wurden weniger Personen angeschrieben: ${value.count('contacted')}, ${before(value)} ${
          value.count('contacted_before')
        }. ${value.count('replied')} ${one(value, 'replied') ? 'hat' : 'haben'} geantwortet, davon ${
          value.count('positive')
        } positiv.`,
      too_few: (value) => `Noch zu wenige Daten für einen Vergleich: ${numbers(value)}`,
      same: (value) =>
        `Etwa wie ${before(value)}: ${compared(value)} Ein so kleiner Unterschied kann Zufall sein.`,
    },
    attention: {
      positive_waiting: (value) =>
        one(value, 'count')
          ? `Eine positive Antwort wartet seit ${value.day('since')} auf eine Reaktion.`
          : `${value.count('count')} positive Antworten warten auf eine Reaktion, die älteste seit ${
            value.day('since')
          }.`,
      mailbox_disconnected: (value) =>
        one(value, 'count')
          ? 'Ein Postfach ist getrennt und sendet nichts, bis es wieder verbunden ist.'
          : `${
            value.count('count')
          } Postfächer sind getrennt und senden nichts, bis sie wieder verbunden sind.`,
      bounces_high: (value) =>
        `${value.percent('rate')} der Mails kamen zurück (${value.count('bounced')} von ${
          value.count('sent')
        }). Über 5 % beginnen Mailanbieter, einen Absender abzulehnen.`,
      not_sending: (value) => `Es gibt aktive Kampagnen, aber ${inPeriod(value)} wurde nichts versendet.`,
      behind_goal: (value) => {
        const metric = goalNouns[value.text('metric') as keyof typeof goalNouns];
        return value.number('over') === 1
          ? `Das Ziel von ${value.count('goal')} ${metric} im ${
            value.month('month')
          } wurde verfehlt: Es wurden ${value.count('reached')}.`
          : `In diesem Tempo endet der ${value.month('month')} bei ${
            value.count('pace')
          } ${metric}; das Ziel ist ${value.count('goal')}.`;
      },
      replies_waiting: (value) =>
        one(value, 'count')
          ? `Eine Antwort wartet seit ${value.day('since')} auf eine Reaktion.`
          : `${value.count('count')} Antworten warten auf eine Reaktion, die älteste seit ${
            value.day('since')
          }.`,
      all_well: () => 'Alles in Ordnung, nichts zu tun.',
    },
    next: {
      all_contacted: (value) =>
        `Alle in „${
          value.text('campaign')
        }“ wurden angeschrieben; damit es weitergeht, braucht es neue Leads.`,
      leads_run_out: (value) =>
        `In „${value.text('campaign')}“ ${one(value, 'left') ? 'ist' : 'sind'} noch ${
          people(value, 'left')
        } übrig, genug für etwa ${value.count('days')} ${
          one(value, 'days') ? 'Tag' : 'Tage'
        }; bald braucht es neue Leads.`,
      campaign_starts: (value) => `„${value.text('campaign')}“ startet am ${value.day('day')}.`,
      continues: (value) =>
        `Der Versand läuft weiter: noch ${people(value, 'left')} in ${value.count('campaigns')} ${
          one(value, 'campaigns') ? 'Kampagne' : 'Kampagnen'
        }${value.has('days') ? `, genug für etwa ${value.count('days')} Tage` : ''}.`,
      no_campaign: () => 'Es läuft keine Kampagne; die nächste muss noch gestartet werden.',
    },
  },
  topics: { trend: 'Ergebnis', attention: 'Zu beachten', next: 'Wie es weitergeht' },
  metrics: {
    contacted: 'Angeschriebene Personen',
    replied: 'Antworten',
    reply_rate: 'Antwortrate',
    positive: 'Positive Antworten',
    positive_rate: 'Positivrate',
    meetings: 'Termine',
    sent: 'Gesendete Mails',
    bounce_rate: 'Bouncerate',
  },
  headings: {
    numbers: 'Zahlen',
    goals: 'Ziele für {month}',
    best: 'Was am besten wirkt',
    campaigns: 'Kampagnen',
    replies: 'Lesenswerte Antworten',
    days: 'Tag für Tag',
    note: 'Eine Nachricht von {agency}',
  },
  columns: { now: 'Jetzt', before: 'Davor', change: 'Änderung', day: 'Tag', campaign: 'Kampagne' },
  unchanged: 'gleich',
  points: '%-Punkte',
  notEnough: 'noch zu wenige Daten',
  goalMetrics,
  countOf: (part, whole) => `${part} von ${whole}`,
  goalPace: (pace) => `in diesem Tempo ${pace} am Monatsende`,
  goalEarly: 'zu früh für eine Prognose',
  bestCampaign: 'Beste Kampagne',
  bestStep: 'Bester Schritt, seit Beginn',
  bestCampaignNumbers: (positive, contacted, rate) =>
    `${positive} positiv von ${contacted} angeschrieben (${rate})`,
  stepName: (step, variant) => `Mail ${step}${variant ? `, Variante ${variant}` : ''}`,
  bestStepNumbers: (replied, sent, rate) => `${replied} Antworten auf ${sent} Mails (${rate})`,
  classes: {
    positive: 'Positiv',
    interested: 'Interesse',
    question: 'Frage',
    referral: 'Weiterverwiesen',
    not_now: 'Später',
  },
  inCampaign: (company, campaign) => [company, campaign].filter(Boolean).join(' · '),
  noReplies: 'Diesmal keine Antworten, die man gelesen haben sollte.',
  chart: {
    contacted: 'angeschrieben',
    replied: 'geantwortet',
    alt: 'Angeschriebene Personen und Antworten pro Tag',
  },
  age: (moment) => `Zahlen vom ${moment}.`,
  noNumbers: 'Es sind noch keine Zahlen da.',
  rebuilding: 'Die Zeitzone wurde geändert: Einige Tage werden noch neu gezählt.',
  open: 'Dashboard öffnen',
  why: (agency) =>
    agency ? `Du bekommst diesen Bericht von ${agency}.` : 'Du bekommst diesen Bericht von deiner Agentur.',
  stop: 'Diese Berichte abbestellen',
  contact: 'Fragen?',
  page: (page, pages) => `Seite ${page} von ${pages}`,
};
