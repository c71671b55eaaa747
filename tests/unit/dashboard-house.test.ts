// The rooms of the dashboard: who may import whom, and which files are too small. docs/dashboard.md names them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesOf, importsOf } from '../support/imports.ts';

const root = join(import.meta.dirname, '..', '..');
const source = 'dashboard/src/';
const imports = importsOf(root, [source]);
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** From the top down: a file imports from its own room or from a layer further down. */
const layers = [['app'], ['features'], ['routing'], ['shared'], ['data', 'ui']];

/** main.tsx, which starts everything, is part of app/. */
const roomOf = (path: string): string => {
  const parts = path.slice(source.length).split('/');
  return parts.length > 1 ? parts[0]! : 'app';
};
const layerOf = (path: string): number => layers.findIndex((rooms) => rooms.includes(roomOf(path)));

describe('the dashboard’s imports', () => {
  it('point down: app, features, routing, shared, then data and ui, which do not know each other', () => {
    const upward = [...imports].flatMap(([path, targets]) =>
      targets.filter((target) => roomOf(target) !== roomOf(path) && !(layerOf(target) > layerOf(path)))
        .map((target) => `${path} imports ${target}`)
    );
    expect(imports.size).toBeGreaterThan(100);
    expect(upward).toEqual([]);
  });

  it('form no circle, neither of files nor of features', () => {
    expect(circlesOf(imports)).toEqual([]);
    const featureOf = (path: string) => /\/features\/([^/]+)\//.exec(path)?.[1];
    const features = new Map<string, string[]>();
    for (const [path, targets] of imports) {
      const feature = featureOf(path);
      if (!feature) continue;
      const others = targets.map(featureOf).filter((other) => other !== undefined && other !== feature);
      features.set(feature, [...features.get(feature) ?? [], ...others as string[]]);
    }
    expect(circlesOf(features)).toEqual([]);
  });
});

describe('the dashboard’s files', () => {
  /** Small and imported once, for a reason. */
  const exceptions = [
    // The routes of a feature: what they lead to is loaded on the first visit.
    /\/routes\.ts$/,
    // One noun per file, so that its queries are found by its name.
    /\/data\//,
    // The kit: each control in a file of its own.
    /\/ui\//,
    // A dialog is found by what it is opened for.
    /Dialog\.tsx$/,
  ];

  it('are imported more than once where they have fewer than 40 lines, or are loaded on demand', () => {
    const small = [...imports.keys()].filter((path) => {
      const importers = [...imports].filter(([, targets]) => targets.includes(path)).map(([importer]) =>
        importer
      );
      const isLazy = importers.some((importer) =>
        read(importer).includes(`import('./${path.split('/').at(-1)}')`)
      );
      return importers.length === 1 && !isLazy && read(path).trimEnd().split('\n').length < 40 &&
        !exceptions.some((pattern) => pattern.test(path));
    });
    expect(small).toEqual([]);
  });
});

describe('the dashboard’s moments', () => {
  /** Days and months that are given as such, and where zones are compared. */
  const withoutMoments = [
    'shared/moments.tsx',
    'shared/time-zone.tsx',
    'shared/format.ts',
    'data/range.ts',
    'features/goals/GoalsCard.tsx',
    'features/reports/report-text.ts',
  ].map((path) => source + path);

  it('are shown by shared/moments.tsx alone, in the zone of the page', () => {
    const others = [...imports.keys()].filter((path) =>
      !withoutMoments.includes(path) &&
      /toLocale(?:Date|Time)String|new Intl\.DateTimeFormat|_at\??\.slice\(|\} UTC\b/.test(read(path))
    );
    expect(others).toEqual([]);
  });
});
