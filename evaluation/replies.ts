// How well the rules classify replies: precision, recall and F1 by class and by language, and how often the named day is right.
// The rules are written with `development` in view; `held-out` is only counted.
import { classifyReply } from '../supabase/functions/_shared/replies/classify.ts';
import type { Combination } from '../supabase/functions/_shared/replies/model/combination.ts';
import type { Model } from '../supabase/functions/_shared/replies/model/model.ts';
import { type ReplyClass, replyClasses } from '../supabase/functions/_shared/replies/reply-class.ts';
import {
  firstUnseenBatch,
  type Half,
  type Labelled,
  languages,
  readReplies,
  readSentences,
} from './replies/texts.ts';
import { prepare, type Prepared, train } from './replies/train.ts';
import { weigh } from './replies/weigh.ts';
import { write } from './replies/write.ts';

interface Outcome {
  id: string;
  language: string;
  text: string;
  label: ReplyClass;
  answer: ReplyClass;
  confidence: number;
  date: string | undefined;
  dateAnswer: string | null;
}

export interface Score {
  name: string;
  replies: number;
  precision: number;
  recall: number;
  f1: number;
}

function outcomeOf(reply: Labelled, model?: Model, combination?: Combination): Outcome {
  const { replyClass, confidence, date } = classifyReply(
    {
      subject: reply.subject,
      text: reply.text,
      headers: reply.headers,
      receivedAt: new Date(reply.received_at),
    },
    model,
    combination,
  );
  return {
    id: reply.id,
    language: reply.language,
    text: reply.text,
    label: reply.label,
    answer: replyClass,
    confidence,
    date: reply.date,
    dateAnswer: date,
  };
}

export const runReplies = (half: Half, file?: string): Outcome[] =>
  readReplies(half).filter((reply) => file === undefined || reply.file === file)
    .map((reply) => outcomeOf(reply));

interface Text {
  batch: number;
  prepared: Prepared;
}

/** Sentences belong to no batch; the rules were never corrected by them. */
const learn = (texts: readonly Text[], sentences: readonly Prepared[]): [Model, Combination] => {
  const preparedOf = (some: readonly Text[]) => some.map(({ prepared }) => prepared);
  const known = preparedOf(texts.filter(({ batch }) => batch < firstUnseenBatch));
  const fresh = [...preparedOf(texts.filter(({ batch }) => batch >= firstUnseenBatch)), ...sentences];
  return [train([...known, ...fresh]), weigh(known, fresh)];
};

/** Each batch of the development half answered by what was learned without it; the rules have seen the first eight. */
function crossValidate(file?: string): Outcome[] {
  const texts = readReplies('development').map((reply) => ({
    reply,
    batch: reply.batch,
    prepared: prepare(reply),
  }));
  const sentences = readSentences().map(prepare);
  const wanted = texts.filter(({ reply }) => file === undefined || reply.file === file);
  return [...new Set(wanted.map(({ batch }) => batch))].flatMap((batch) => {
    const [model, combination] = learn(texts.filter((text) => text.batch !== batch), sentences);
    return wanted.filter((text) => text.batch === batch)
      .map(({ reply }) => outcomeOf(reply, model, combination));
  });
}

function trainAll(): void {
  const texts = readReplies('development').map((reply) => ({ batch: reply.batch, prepared: prepare(reply) }));
  const sentences = readSentences().map(prepare);
  write(...learn(texts, sentences), texts.length + sentences.length);
  console.log(`trained on ${texts.length + sentences.length} replies`);
}

export function scoreClasses(outcomes: readonly Outcome[]): Score[] {
  return replyClasses.map((name) => {
    const right = outcomes.filter(({ label, answer }) => label === name && answer === name).length;
    const answered = outcomes.filter(({ answer }) => answer === name).length;
    const labelled = outcomes.filter(({ label }) => label === name).length;
    const precision = answered === 0 ? 1 : right / answered;
    const recall = labelled === 0 ? 1 : right / labelled;
    return {
      name,
      replies: labelled,
      precision,
      recall,
      f1: precision + recall === 0 ? 0 : 2 * precision * recall / (precision + recall),
    };
  });
}

/** Every class counts the same, however rare it is. */
export const macroF1 = (scores: readonly Score[]): number =>
  scores.reduce((sum, { f1 }) => sum + f1, 0) / scores.length;

function print(title: string, outcomes: readonly Outcome[], showsMistakes: boolean): void {
  console.log(`\n${title}: ${outcomes.length} replies`);
  const row = (name: string, ...cells: (string | number)[]) =>
    console.log(`  ${name.padEnd(16)}${cells.map((cell) => String(cell).padStart(11)).join('')}`);
  row('class', 'replies', 'precision', 'recall', 'F1');
  const scores = scoreClasses(outcomes);
  for (const { name, replies: count, precision, recall, f1 } of scores) {
    row(name, count, precision.toFixed(3), recall.toFixed(3), f1.toFixed(3));
  }
  row('macro', outcomes.length, '', '', macroF1(scores).toFixed(3));
  row('language', 'replies', 'right', 'macro F1');
  for (const language of languages) {
    const some = outcomes.filter((outcome) => outcome.language === language);
    if (some.length === 0) continue;
    const right = some.filter(({ label, answer }) => label === answer).length / some.length;
    row(language, some.length, right.toFixed(3), macroF1(scoreClasses(some)).toFixed(3));
  }
  row('confidence', 'replies', 'right');
  for (const step of [...new Set(outcomes.map(({ confidence }) => confidence))].sort()) {
    const some = outcomes.filter(({ confidence }) => confidence === step);
    const right = some.filter(({ label, answer }) => label === answer).length / some.length;
    row(step.toFixed(2), some.length, right.toFixed(3));
  }
  const dated = outcomes.filter(({ date, label, answer }) => date !== undefined && label === answer);
  console.log(
    `  day right: ${dated.filter(({ date, dateAnswer }) => date === dateAnswer).length} of ${dated.length}`,
  );
  if (!showsMistakes) return;
  for (const { id, label, answer, text } of outcomes.filter((outcome) => outcome.label !== outcome.answer)) {
    console.log(`  ${id}: ${label}, not ${answer}: ${text.replaceAll('\n', ' ').slice(0, 160)}`);
  }
  for (
    const { id, date, dateAnswer, text } of dated.filter((outcome) => outcome.date !== outcome.dateAnswer)
  ) {
    console.log(`  ${id}: ${date}, not ${dateAnswer}: ${text.replaceAll('\n', ' ').slice(0, 160)}`);
  }
}

/**
 * Both halves; with `--mistakes` or a file's name (`en-2.json`) only the development half, whose texts may be read. `--train` writes
 * the model's weights anew, `--cross` asks for each batch of the development half what was learned without it.
 */
export function evaluateReplies(options: readonly string[]): void {
  const showsMistakes = options.includes('--mistakes');
  const file = options.find((option) => option.endsWith('.json'));
  if (options.includes('--train')) return trainAll();
  if (options.includes('--cross')) {
    return print(`${file ?? 'development'}, unseen by the model`, crossValidate(file), showsMistakes);
  }
  print(file ?? 'development', runReplies('development', file), showsMistakes);
  if (!showsMistakes && file === undefined) print('held-out', runReplies('held-out'), false);
}
