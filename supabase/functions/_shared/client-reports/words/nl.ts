import type { Filled, ReportWords } from './report-words.ts';

const isWeek = ({ kind }: Filled) => kind === 'weekly';
const thisPeriod = (value: Filled) => isWeek(value) ? 'deze week' : 'deze maand';
const before = (value: Filled) => isWeek(value) ? 'de week ervoor' : 'de maand ervoor';
const one = (value: Filled, name: string) => value.number(name) === 1;
const people = (value: Filled, name: string) =>
  `${value.count(name)} ${one(value, name) ? 'persoon' : 'mensen'}`;
const replies = (value: Filled, name: string) =>
  `${value.count(name)} ${one(value, name) ? 'antwoord' : 'antwoorden'}`;
const compared = (value: Filled) => {
  const about = value.text('about') === 'replied' ? 'replied' : 'positive';
  const verb = one(value, about) ? 'antwoordde' : 'antwoordden';
  return `${value.count(about)} van ${people(value, 'contacted')} ${verb}${
    about === 'positive' ? ' positief' : ''
  }, ${before(value)} ${value.count(`${about}_before`)} van ${value.count('contacted_before')}.`;
};
const numbers = (value: Filled) =>
  `${people(value, 'contacted')} benaderd, ${replies(value, 'replied')}, waarvan ${
    value.count('positive')
  } positief.`;

const goalMetrics = {
  contacted: 'Mensen benaderd',
  positive_replies: 'Positieve antwoorden',
  meetings: 'Afspraken',
};
const goalNouns = {
  contacted: 'benaderde mensen',
  positive_replies: 'positieve antwoorden',
  meetings: 'afspraken',
};

export const nl: ReportWords = {
  locale: 'nl-NL',
  title: { weekly: 'Weekrapport', monthly: 'Maandrapport' },
  comparedWith: 'Vergeleken met {days}',
  sentences: {
    trend: {
      nothing_sent: (value) =>
        `Er is ${thisPeriod(value)} niets verzonden${
          value.number('replied') > 0
            ? `; er ${one(value, 'replied') ? 'kwam' : 'kwamen'} ${
              replies(value, 'replied')
            } op eerdere mails binnen`
            : ''
        }.`,
      first: (value) => `De eerste ${isWeek(value) ? 'week' : 'maand'} met mails: ${numbers(value)}`,
      better: (value) => `Een betere ${isWeek(value) ? 'week' : 'maand'}: ${compared(value)}`,
      worse: (value) => `Een mindere ${isWeek(value) ? 'week' : 'maand'}: ${compared(value)}`,
      fewer_contacted: (value) =>
        `Er zijn minder mensen benaderd: ${value.count('contacted')}, tegen ${
          value.count('contacted_before')
        } ${before(value)}. ${value.count('replied')} ${
          one(value, 'replied') ? 'antwoordde' : 'antwoordden'
        }, waarvan ${value.count('positive')} positief.`,
      too_few: (value) => `Nog te weinig gegevens om te vergelijken: ${numbers(value)}`,
      same: (value) =>
        `Ongeveer gelijk aan ${before(value)}: ${compared(value)} Zo’n klein verschil kan toeval zijn.`,
    },
    attention: {
      positive_waiting: (value) =>
        one(value, 'count')
          ? `Een positief antwoord wacht sinds ${value.day('since')} op een reactie.`
          : `${value.count('count')} positieve antwoorden wachten op een reactie, het oudste sinds ${
            value.day('since')
          }.`,
      mailbox_disconnected: (value) =>
        one(value, 'count')
          ? 'Een mailbox is losgekoppeld en verzendt niets tot hij weer is verbonden.'
          : `${
            value.count('count')
          } mailboxen zijn losgekoppeld en verzenden niets tot ze weer zijn verbonden.`,
      bounces_high: (value) =>
        `${value.percent('rate')} van de mails kwam terug (${value.count('bounced')} van ${
          value.count('sent')
        }). Boven 5% gaan mailproviders een afzender weigeren.`,
      not_sending: (value) => `Er zijn actieve campagnes, maar er is ${thisPeriod(value)} niets verzonden.`,
      behind_goal: (value) => {
        const metric = goalNouns[value.text('metric') as keyof typeof goalNouns];
        return value.number('over') === 1
          ? `Het doel van ${value.count('goal')} ${metric} in ${
            value.month('month')
          } is niet gehaald: het zijn er ${value.count('reached')} geworden.`
          : `In dit tempo eindigt ${value.month('month')} op ${value.count('pace')} ${metric}; het doel is ${
            value.count('goal')
          }.`;
      },
      replies_waiting: (value) =>
        one(value, 'count')
          ? `Een antwoord wacht sinds ${value.day('since')} op een reactie.`
          : `${value.count('count')} antwoorden wachten op een reactie, het oudste sinds ${
            value.day('since')
          }.`,
      all_well: () => 'Er is niets dat aandacht nodig heeft.',
    },
    next: {
      all_contacted: (value) =>
        `Iedereen in ‘${value.text('campaign')}’ is benaderd; om door te gaan zijn nieuwe leads nodig.`,
      leads_run_out: (value) =>
        `In ‘${value.text('campaign')}’ ${one(value, 'left') ? 'is' : 'zijn'} nog ${
          people(value, 'left')
        } te benaderen, genoeg voor ongeveer ${value.count('days')} ${
          one(value, 'days') ? 'dag' : 'dagen'
        }; er zijn snel nieuwe leads nodig.`,
      campaign_starts: (value) => `‘${value.text('campaign')}’ start op ${value.day('day')}.`,
      continues: (value) =>
        `Het verzenden gaat door: nog ${people(value, 'left')} te benaderen in ${value.count('campaigns')} ${
          one(value, 'campaigns') ? 'campagne' : 'campagnes'
        }${value.has('days') ? `, genoeg voor ongeveer ${value.count('days')} dagen` : ''}.`,
      no_campaign: () => 'Er loopt geen campagne; de volgende moet nog worden gestart.',
    },
  },
  topics: { trend: 'Resultaat', attention: 'Aandachtspunt', next: 'Wat er komt' },
  metrics: {
    contacted: 'Mensen benaderd',
    replied: 'Antwoorden',
    reply_rate: 'Antwoordpercentage',
    positive: 'Positieve antwoorden',
    positive_rate: 'Percentage positief',
    meetings: 'Afspraken',
    sent: 'Mails verzonden',
    bounce_rate: 'Bouncepercentage',
  },
  headings: {
    numbers: 'Cijfers',
    goals: 'Doelen voor {month}',
    best: 'Wat het beste werkt',
    campaigns: 'Campagnes',
    replies: 'Antwoorden om te lezen',
    days: 'Dag voor dag',
    note: 'Een bericht van {agency}',
  },
  columns: { now: 'Nu', before: 'Ervoor', change: 'Verschil', day: 'Dag', campaign: 'Campagne' },
  unchanged: 'gelijk',
  points: '%-punt',
  notEnough: 'nog te weinig gegevens',
  goalMetrics,
  countOf: (part, whole) => `${part} van ${whole}`,
  goalPace: (pace) => `in dit tempo ${pace} aan het eind van de maand`,
  goalEarly: 'te vroeg voor een prognose',
  bestCampaign: 'Beste campagne',
  bestStep: 'Beste stap, sinds het begin',
  bestCampaignNumbers: (positive, contacted, rate) =>
    `${positive} positief van ${contacted} benaderd (${rate})`,
  stepName: (step, variant) => `Mail ${step}${variant ? `, variant ${variant}` : ''}`,
  bestStepNumbers: (replied, sent, rate) => `${replied} antwoorden op ${sent} mails (${rate})`,
  classes: {
    positive: 'Positief',
    interested: 'Interesse',
    question: 'Vraag',
    referral: 'Doorverwezen',
    not_now: 'Later',
  },
  inCampaign: (company, campaign) => [company, campaign].filter(Boolean).join(' · '),
  noReplies: 'Deze keer geen antwoorden die je zou willen lezen.',
  chart: { contacted: 'benaderd', replied: 'beantwoord', alt: 'Benaderde mensen en antwoorden per dag' },
  age: (moment) => `Cijfers van ${moment}.`,
  noNumbers: 'Er zijn nog geen cijfers.',
  rebuilding: 'De tijdzone is gewijzigd: sommige dagen worden nog opnieuw geteld.',
  open: 'Open het dashboard',
  why: (agency) => agency ? `Je krijgt dit rapport van ${agency}.` : 'Je krijgt dit rapport van je bureau.',
  stop: 'Deze rapporten stoppen',
  contact: 'Vragen?',
  page: (page, pages) => `Pagina ${page} van ${pages}`,
};
