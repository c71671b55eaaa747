// The order of the test files: a long one that begins last keeps one processor busy while the others have nothing to do. What vitest
// measured orders them after the first run of a checkout; before it knows sizes only, which say little.
import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const longest = [
  'pgtap',
  'outage',
  'chaos',
  'isolation',
  'smartlead-changes',
  'export-crash',
  'deploy',
  'move-client',
  'plans',
  'outgoing',
  'exactly-once',
  'answers',
  'requests',
  'days',
  'archive',
  'sync',
];

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = longest.indexOf(basename(moduleId, '.test.ts'));
      return index === -1 ? longest.length : index;
    };
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}
