// What mutation testing runs: the tests of what it changes, without the stack.
import { defineConfig } from 'vitest/config';

const files = [
  'bounce',
  'campaign-setup',
  'hidden-fields',
  'import-lists',
  'instantly-webhook-mapping',
  'mapping',
  'projector',
  'rate-budget',
  'run-job',
  'send-batch',
  'shared',
  'smartlead-shapes',
  'smartlead-webhook-mapping',
];

export default defineConfig({
  test: { include: files.map((name) => `tests/unit/${name}.test.ts`), isolate: false, testTimeout: 30_000 },
});
