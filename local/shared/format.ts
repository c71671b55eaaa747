import { spawnSync } from 'node:child_process';
import { denoBinary } from './binaries.ts';
import { Failure } from './failure.ts';

/** Formatted as the rest of the tree, so that a change of what is generated is a readable diff. */
export function format(text: string, extension: 'ts' | 'md'): string {
  const options = [`--ext=${extension}`, '--line-width=110', '--single-quote', '--prose-wrap=preserve'];
  const result = spawnSync(denoBinary(), ['fmt', ...options, '-'], { input: text, encoding: 'utf8' });
  if (result.status !== 0) throw new Failure(`What was generated could not be formatted: ${result.stderr}`);
  return result.stdout;
}
