// Says what a reply is by its own words: what the rules say and what the model finds likely, together. Pure and quick, so that
// every reply has a class before a person opens it; who and what else decides is in the order of belief (docs/decisions.md).
import { dateIn } from './dates.ts';
import { featuresOf } from './model/features.ts';
import { type Model, probabilities, softmax, trained } from './model/model.ts';
import { ownWords } from './own-words.ts';
import { answerTitle } from './phrases/machines.ts';
import { type Classification, type Reply, replyClasses } from './reply-class.ts';
import { byRules, type Read, type Strength } from './rules.ts';
import { sentencesOf } from './sentences.ts';

/** How much a decision of the rules adds to the model's log probability of that class. */
const trust: Record<Strength, number> = { certain: 3, clear: 2, torn: 1, guess: 0 };

/**
 * How likely the result is by both, and the share of the 380 held-out replies that were right with it: 217, 63, 62 and 38 of them
 * (`npm run evaluate -- replies`). The second had 0.92; it stays below the 0.9 from which a request to stop suppresses automatically.
 */
const steps = [
  { from: 0.95, confidence: 0.99 },
  { from: 0.8, confidence: 0.89 },
  { from: 0.5, confidence: 0.77 },
  { from: 0, confidence: 0.53 },
] as const;

/** What decides is among the first; a longer text costs more and tells no more. */
const maxSentences = 100;

function read({ subject, text, headers }: Reply, own: string): Read {
  const isAnswer = answerTitle.test(subject ?? '');
  return {
    text,
    sentences: sentencesOf(own).slice(0, maxSentences),
    title: isAnswer ? [] : sentencesOf((subject ?? '').replace(/\bre:.*$/i, '')),
    isAnswer,
    hasSubject: (subject ?? '') !== '',
    headers,
  };
}

/** Some absence notes name the day in their subject only. */
const titleOf = ({ title }: Read): string => title.map(({ words }) => words).join('. ');

/** What the model learns from, and what it is asked about. */
export function replyFeatures(reply: Reply): number[] {
  const { sentences, title } = read(reply, ownWords(reply.text));
  return featuresOf(sentences, title);
}

export function classifyReply(reply: Reply, model: Model = trained): Classification {
  const own = ownWords(reply.text);
  const seen = read(reply, own);
  const rule = byRules(seen);
  const likely = softmax(
    probabilities(model, featuresOf(seen.sentences, seen.title)).map((probability, index) =>
      Math.log(probability + 1e-9) + (replyClasses[index] === rule.replyClass ? trust[rule.strength] : 0)
    ),
  );
  const highest = Math.max(...likely);
  const replyClass = replyClasses[likely.indexOf(highest)] ?? rule.replyClass;
  const isDated = replyClass === 'not_now' || replyClass === 'out_of_office';
  return {
    replyClass,
    confidence: steps.find(({ from }) => highest >= from)?.confidence ?? 0,
    date: isDated
      ? dateIn(own, reply.receivedAt, replyClass) ?? dateIn(titleOf(seen), reply.receivedAt, replyClass)
      : null,
  };
}
