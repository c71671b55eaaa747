// @vitest-environment node
// What a browser must load before the sign-in page, and before the overview, shows anything.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildDashboard, distDirectory } from '../../local/dashboard/build.ts';

interface Entry {
  file: string;
  src?: string;
  imports?: string[];
  css?: string[];
}

const budget = 224 * 1_024;
let manifest: Record<string, Entry>;

beforeAll(async () => {
  await buildDashboard();
  manifest = JSON.parse(readFileSync(join(distDirectory, '.vite/manifest.json'), 'utf8')) as typeof manifest;
}, 120_000);

function filesOf(source: string, seen = new Set<string>()): Set<string> {
  const entry = manifest[source];
  if (!entry) throw new Error(`${source} is not in the manifest`);
  if (seen.has(entry.file)) return seen;
  for (const file of [entry.file, ...(entry.css ?? [])]) seen.add(file);
  for (const imported of entry.imports ?? []) filesOf(imported, seen);
  return seen;
}

const zipped = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(distDirectory, file))).length, 0);

describe('the first load', () => {
  it('stays under 224 kB gzip with the sign-in page, the overview, and a campaign', () => {
    const start = filesOf('index.html');
    const signIn = filesOf('src/features/sign-in/SignInPage.tsx', new Set(start));
    const overview = filesOf('src/features/overview/OverviewPage.tsx', new Set(start));
    const campaign = filesOf('src/features/campaigns/CampaignPage.tsx', new Set(start));
    const sizes = { signIn: zipped(signIn), overview: zipped(overview), campaign: zipped(campaign) };
    expect(sizes.signIn, JSON.stringify(sizes)).toBeLessThan(budget);
    expect(sizes.campaign, JSON.stringify(sizes)).toBeLessThan(budget);
    expect(sizes.overview, JSON.stringify(sizes)).toBeLessThan(budget);
  });

  it('holds no chart: Recharts comes with the drawing', () => {
    const files = filesOf('src/features/overview/OverviewPage.tsx', filesOf('index.html'));
    for (const file of files) {
      expect(`${file} ${readFileSync(join(distDirectory, file), 'utf8').includes('recharts')}`).toBe(
        `${file} false`,
      );
    }
    const chart = [...filesOf('src/features/overview/DailyChart.tsx')];
    expect(chart.some((file) => readFileSync(join(distDirectory, file), 'utf8').includes('recharts'))).toBe(
      true,
    );
  });

  it('runs no script inside the page, which the content security policy would refuse', () => {
    const html = readFileSync(join(distDirectory, 'index.html'), 'utf8');
    expect([...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>/g)]).toEqual([]);
    expect(html).not.toMatch(/https?:\/\//);
  });
});
