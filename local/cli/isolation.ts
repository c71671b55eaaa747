// Writes what is made from supabase/access: docs/isolation.md, and the lists in pgTAP files that carry the marks.
//   npm run isolation
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../shared/checkout.ts';
import { isolationFiles } from './isolation-page.ts';

for (const { path, text } of isolationFiles()) {
  const file = join(checkoutRoot, path);
  if (readFileSync(file, 'utf8') === text) continue;
  writeFileSync(file, text);
  console.log(`Wrote ${path}`);
}
