// Writes what was learned where the functions read it.
import { Buffer } from 'node:buffer';
import { writeFileSync } from 'node:fs';
import type { Combination } from '../../supabase/functions/_shared/replies/model/combination.ts';
import { type Model, pack } from '../../supabase/functions/_shared/replies/model/model.ts';

const path = 'supabase/functions/_shared/replies/model/weights.ts';
const lineCount = 100;

export function write(model: Model, combination: Combination, count: number): void {
  const text = Buffer.from(pack(model)).toString('base64');
  const length = Math.ceil(text.length / lineCount);
  const lines = Array.from(
    { length: lineCount },
    (_, index) => text.slice(index * length, (index + 1) * length),
  );
  const round = (list: readonly number[]) => `[${list.map((value) => Number(value.toFixed(2))).join(', ')}]`;
  writeFileSync(
    path,
    `// Written by \`npm run evaluate -- replies --train\` from ${count} invented replies (evaluation/replies); never edited by hand.
export const combination = {
  model: ${round(combination.model)},
  rules: {
${Object.entries(combination.rules).map(([name, list]) => `    ${name}: ${round(list)},`).join('\n')}
  },
  found: [
${combination.found.map((list) => `    ${round(list)},`).join('\n')}
  ],
  usual: ${round(combination.usual)},
};
export const scale = ${model.scale};
export const packed = [
${lines.filter((line) => line !== '').map((line) => `  '${line}',`).join('\n')}
].join('');
`,
  );
}
