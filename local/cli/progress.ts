// Short lines for the person at the terminal.
import process from 'node:process';

const isTerminal = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
const paint = (code: number) => (text: string) => isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text;

export const bold = paint(1);
export const dim = paint(2);
export const green = paint(32);
export const red = paint(31);

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** `✓ postgres 17 on 54401             0.8 s` */
export function printDone(what: string, milliseconds: number): void {
  print(`${green('✓')} ${what.padEnd(44)} ${dim(`${(milliseconds / 1_000).toFixed(1)} s`)}`);
}

/** Does the work and prints how long it took. */
export async function step<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  const result = await work();
  printDone(what, performance.now() - started);
  return result;
}
