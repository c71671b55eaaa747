// `npm run evaluate -- <name>`: how well a rule answers what people have answered before it.
import process from 'node:process';
import { evaluateReplies } from './replies.ts';

const evaluations: Record<string, (options: readonly string[]) => void> = { replies: evaluateReplies };

const [name = '', ...options] = process.argv.slice(2);
const evaluation = evaluations[name];
if (evaluation) {
  evaluation(options);
} else {
  console.error(`There is no evaluation "${name}"; choose one of: ${Object.keys(evaluations).join(', ')}`);
  process.exitCode = 1;
}
