// The functions of the checkout, each with a clock of its own that is minutes off: nothing may depend on the clock of an isolate.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { functionsDirectory } from '../../local/shared/checkout.ts';
import type { createRandom } from '../support/random.ts';

/** Writes the folder and returns the milliseconds by which each clock is off, at most three minutes either way. */
export function writeSkewedFunctions(
  directory: string,
  slugs: string[],
  random: ReturnType<typeof createRandom>,
): Map<string, number> {
  const skews = new Map<string, number>();
  for (const slug of slugs) {
    const skew = (random.integer(361) - 180) * 1000;
    skews.set(slug, skew);
    mkdirSync(join(directory, slug), { recursive: true });
    writeFileSync(
      join(directory, slug, 'clock.ts'),
      `const RealDate = Date;
class SkewedDate extends RealDate {
  constructor(...values: unknown[]) {
    if (values.length === 0) super(RealDate.now() + ${skew});
    else super(...values as [number]);
  }
  static override now() {
    return RealDate.now() + ${skew};
  }
}
globalThis.Date = SkewedDate as DateConstructor;
`,
    );
    const real = pathToFileURL(join(functionsDirectory, slug, 'index.ts')).href;
    writeFileSync(
      join(directory, slug, 'index.ts'),
      `import './clock.ts';\nexport { default } from '${real}';\n`,
    );
  }
  return skews;
}
