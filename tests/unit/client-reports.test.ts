// What a client's report says, and how it looks in a mail program.
import { describe, expect, it } from 'vitest';
import { report } from '../../supabase/functions/_shared/client-reports/report.ts';
import { sampleReport } from '../support/sample-report.ts';

describe('the snapshot of a report', () => {
  it('is read as it was stored', () => {
    expect(report.parse(JSON.parse(JSON.stringify(sampleReport)))).toEqual(sampleReport);
  });
});
