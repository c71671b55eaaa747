// What the phrases of four languages say that a reply is: a list of decisions, first about machines, then about people.
import type { Language, PersonClass } from './language.ts';
import { expressionOf, find, type Phrases, phrases } from './phrases.ts';
import { dutch } from './phrases/nl.ts';
import { english } from './phrases/en.ts';
import { french } from './phrases/fr.ts';
import { german } from './phrases/de.ts';
import * as machine from './phrases/machines.ts';
import type { Reply, ReplyClass } from './reply-class.ts';
import type { Sentence } from './sentences.ts';
import { type Code, codes, spokenIn } from './spoken.ts';

/** The more binding first: whether to write again at all, then to whom, then when. */
export const personClasses: readonly PersonClass[] = [
  'unsubscribe',
  'referral',
  'wrong_person',
  'not_now',
  'not_interested',
  'question',
  'interested',
];

/** Where "not" before a phrase makes it another class's: "not interested", "I do not know who handles it". */
const turnedByNot: ReadonlySet<PersonClass> = new Set<PersonClass>(['referral', 'interested']);

interface Compiled {
  sure: Record<PersonClass, Phrases>;
  hint: Record<PersonClass, Phrases>;
  negation: RegExp;
  habit: Phrases;
  condition: Phrases;
  leave: Phrases;
}

const none = phrases('');
const compile = (language: Language): Compiled => {
  const each = (kind: 'sure' | 'hint') =>
    Object.fromEntries(personClasses.map((name) => {
      const text = language[name][kind];
      return [name, text === undefined ? none : phrases(text)];
    })) as Record<PersonClass, Phrases>;
  return {
    sure: each('sure'),
    hint: each('hint'),
    negation: expressionOf(language.negation),
    habit: phrases(language.habit),
    condition: phrases(language.condition),
    leave: phrases(language.leave),
  };
};
const languages: Record<Code, Compiled> = {
  en: compile(english),
  nl: compile(dutch),
  de: compile(german),
  fr: compile(french),
};

/** What was found for a class: how many sentences, and in which the last. */
export interface Found {
  sure: number;
  hint: number;
  first: number;
  last: number;
}

/** What a decision rests on: a machine's own mark or what is never an aside, one class's phrases, those of several, none. */
export type Strength = 'certain' | 'clear' | 'torn' | 'guess';

export interface Decision {
  replyClass: ReplyClass;
  strength: Strength;
}

/** A decision with what the phrases of each class found, which tells more than the decision alone. */
export interface Reading extends Decision {
  found: Record<PersonClass, Found>;
}

/** A reply as it is read: what its sender wrote, and the subject where it is the mail's own and not that of an answer. */
export interface Read {
  text: string;
  sentences: readonly Sentence[];
  title: readonly Sentence[];
  isAnswer: boolean;
  hasSubject: boolean;
  headers: Reply['headers'];
}

/** Only the phrases of the languages that the reply may be in are looked for: that is most of the cost. */
export function byRules(read: Read): Reading {
  const spoken = spokenIn(read.sentences);
  const found = findPerson(read.sentences, spoken);
  return { ...(byMachine(read, found, spoken) ?? byPerson(read.sentences, found, spoken)), found };
}

const has = (list: Phrases, sentences: readonly Sentence[]): boolean =>
  sentences.some((sentence) => find(list, sentence) >= 0);

function byMachine(
  { text, sentences, title, isAnswer, hasSubject, headers }: Read,
  found: Record<PersonClass, Found>,
  spoken: readonly Code[],
): Decision | null {
  const says = (list: machine.ByLanguage, among = sentences, by = spoken) =>
    by.some((code) => has(list[code], among));
  const titled = (list: machine.ByLanguage) => says(list, title, codes);
  const isQuiet = () => wantsNothing(found, sentences, spoken);
  const isSent = (by: typeof machine.machineHeaders) =>
    by.some(([name, value]) => value.test(headers?.[name] ?? ''));

  // An answer keeps our subject after "Re:"; a subject of its own is mostly that of a machine.
  const hasOwnTitle = !isAnswer && hasSubject;
  const isReport = isSent(machine.bounceHeaders) ||
    (!isAnswer && machine.serverCodes.test(text.slice(0, 4_000)));
  const saysUndelivered = says(machine.bounceText);
  if ((titled(machine.delayed) || says(machine.delayed)) && (isReport || (!isAnswer && saysUndelivered))) {
    return { replyClass: 'automatic', strength: 'certain' };
  }
  const titleSaysUndelivered = titled(machine.bounceTitle);
  if (isReport || (titleSaysUndelivered && (saysUndelivered || sentences.length < 3))) {
    return { replyClass: 'bounce', strength: 'certain' };
  }
  if (titleSaysUndelivered || (hasOwnTitle && saysUndelivered)) {
    return { replyClass: 'bounce', strength: 'clear' };
  }

  const isAutomatic = isSent(machine.machineHeaders) || titled(machine.machineTitle) ||
    sentences.some(({ words }) => machine.saysItself.test(words));
  const isAbsent = says(machine.absenceText);
  const titleSaysAbsent = titled(machine.absenceTitle);
  if ((isAutomatic || titleSaysAbsent) && says(machine.gone) && !(titleSaysAbsent && isAbsent)) {
    return {
      replyClass: found.referral.sure + found.referral.hint > 0 ? 'referral' : 'wrong_person',
      strength: 'clear',
    };
  }
  if (titleSaysAbsent || (isAutomatic && isAbsent)) {
    return { replyClass: 'out_of_office', strength: 'certain' };
  }

  const isConfirmation = says(machine.automaticText);
  const titleConfirms = titled(machine.automaticTitle);
  if (isAutomatic && !isConfirmation && says(machine.absenceHint)) {
    return { replyClass: 'out_of_office', strength: 'clear' };
  }
  if (isAutomatic) {
    return { replyClass: 'automatic', strength: isConfirmation ? 'certain' : 'clear' };
  }
  if (hasOwnTitle) {
    if (isConfirmation && (titleConfirms || !isAbsent)) {
      return { replyClass: 'automatic', strength: 'clear' };
    }
    if (isAbsent && found.interested.sure === 0) {
      return { replyClass: 'out_of_office', strength: 'clear' };
    }
    if (isQuiet()) {
      return { replyClass: 'automatic', strength: titleConfirms ? 'torn' : 'guess' };
    }
  }
  // People speak of their holidays too; an absence note wants nothing from us.
  if (isAbsent && isQuiet()) return { replyClass: 'out_of_office', strength: 'torn' };
  if (isConfirmation && isQuiet() && found.referral.sure === 0) {
    return { replyClass: 'automatic', strength: 'torn' };
  }
  return null;
}

/** Nothing that only a person would say to us; "I do not work on Mondays" refuses nothing, "closed until 4 May" puts nothing off. */
const wantsNothing = (
  found: Record<PersonClass, Found>,
  sentences: readonly Sentence[],
  spoken: readonly Code[],
): boolean => {
  if ((['unsubscribe', 'question', 'interested'] as const).some((name) => found[name].sure > 0)) return false;
  const others = ['wrong_person', 'not_now', 'not_interested'] as const;
  if (others.every((name) => found[name].sure === 0)) return true;
  const rest = sentences.filter((each) => spoken.every((code) => find(machine.absenceText[code], each) < 0));
  const besides = findPerson(rest, spoken);
  // A person puts us off in the one sentence that names an absence; a note has several.
  const isNote = sentences.length - rest.length > 1;
  return besides.not_interested.sure === 0 && (isNote ? besides : found).wrong_person.sure === 0 &&
    (isNote ? besides : found).not_now.sure === 0;
};

function findPerson(sentences: readonly Sentence[], spoken: readonly Code[]): Record<PersonClass, Found> {
  const found = Object.fromEntries(
    personClasses.map((name) => [name, { sure: 0, hint: 0, first: -1, last: -1 }]),
  ) as Record<PersonClass, Found>;
  sentences.forEach((sentence, index) => {
    for (const name of personClasses) {
      for (const kind of ['sure', 'hint'] as const) {
        if (!spoken.some((code) => says(sentence, name, kind, languages[code]))) continue;
        found[name][kind]++;
        if (kind === 'sure') {
          if (found[name].first < 0) found[name].first = index;
          found[name].last = index;
        }
        break;
      }
    }
    if (sentence.isQuestion && found.question.sure === 0) found.question.hint++;
  });
  return found;
}

function says(sentence: Sentence, name: PersonClass, kind: 'sure' | 'hint', language: Compiled): boolean {
  const list = language[kind][name];
  if (name === 'interested' && find(language.condition, sentence) >= 0) return false;
  if (turnedByNot.has(name)) {
    return sentence.clauses.some((clause) => {
      if (clause.isOverruled && name === 'interested') return false;
      const at = find(list, clause);
      return at >= 0 && !language.negation.test(clause.words.slice(0, at + 1));
    });
  }
  if (find(list, sentence) < 0) return false;
  return name !== 'not_interested' || find(language.habit, sentence) < 0;
}

/** More frequent, and at the end: what came before it was an aside. */
const outweighs = (one: Found, other: Found): boolean =>
  one.sure > 1 && one.sure > other.sure && one.last >= other.last;

function byPerson(
  sentences: readonly Sentence[],
  found: Record<PersonClass, Found>,
  spoken: readonly Code[],
): Decision {
  const sure = personClasses.filter((name) => found[name].sure > 0);
  const isAlone = sure.length === 1;
  const decided = (replyClass: PersonClass): Decision => ({
    replyClass,
    strength: isAlone ? 'clear' : 'torn',
  });
  const { unsubscribe, referral, interested, not_interested: refusal, question } = found;

  const onlyLeaves = referral.sure > 0 &&
    spoken.some((code) => has(languages[code].leave, sentences)) && refusal.sure === 0;
  if (unsubscribe.sure > 0 && !onlyLeaves) return { replyClass: 'unsubscribe', strength: 'certain' };
  // "I have copied my colleague in, Thursday suits us" is a yes.
  if (referral.sure > 0 && !(interested.sure > 1 && referral.sure === 1)) return decided('referral');
  if (referral.hint > 0 && interested.sure === 0 && question.sure === 0) return decided('referral');
  if (found.wrong_person.sure > 0 && !outweighs(interested, found.wrong_person)) {
    return decided('wrong_person');
  }
  if (question.sure > 1 && found.not_now.sure === 1 && interested.sure === 0) return decided('question');
  if (found.not_now.sure > 0 && !outweighs(interested, found.not_now)) return decided('not_now');
  // Who asks first and then says what would not do wants an answer; who refuses first only asks back.
  if (
    question.sure > 0 && refusal.sure > 0 && question.first <= refusal.first &&
    sentences.some((each) => each.isQuestion)
  ) {
    return decided('question');
  }
  if (refusal.sure > 0 && interested.sure > 0) {
    return decided(interested.last > refusal.last ? 'interested' : 'not_interested');
  }
  if (refusal.sure > 0) return decided('not_interested');
  if (interested.sure > 0 && question.sure > interested.sure) return decided('question');
  if (interested.sure > 0) return decided('interested');
  if (question.sure > 0) return decided('question');
  return guess(found);
}

/** Nothing is sure: the class with a hint that is rarest in other replies. */
function guess(found: Record<PersonClass, Found>): Decision {
  const order: readonly PersonClass[] = [
    'unsubscribe',
    'not_now',
    'question',
    'not_interested',
    'wrong_person',
    'interested',
  ];
  const first = order.find((name) => found[name].hint > 0);
  return { replyClass: first ?? 'interested', strength: 'guess' };
}
