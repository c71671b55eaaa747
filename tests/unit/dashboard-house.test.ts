// The rooms of the dashboard: who may import whom, and how large a file is. docs/dashboard.md names them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', 'dashboard', 'src');

/** From the top down: a file imports from its own layer or from one further down. */
const layers = [['app'], ['features'], ['routing'], ['shared'], ['data', 'ui']];

interface Import {
  file: string;
  /** Loaded when it is needed: the boundary of a bundle. */
  isLazy: boolean;
}

const files = readdirSync(root, { recursive: true }).map(String).filter((path) => /\.tsx?$/.test(path));
const importsOf = new Map(files.map((file) => [file, readImports(file)]));

function readImports(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(import\(|from\s+|import\s+)'(\.[^']+)'/g)].flatMap(
    ([, how = '', specifier = '']) => {
      const path = resolve(dirname(join(root, file)), specifier);
      expect(existsSync(path), `${file} imports ${specifier}`).toBe(true);
      const target = relative(root, path);
      return /^\.\.|\.css$/.test(target) ? [] : [{ file: target, isLazy: how === 'import(' }];
    },
  );
}

/** main.tsx, which starts everything, is part of app/. */
const roomOf = (file: string): string => file.includes('/') ? file.split('/')[0]! : 'app';
const layerOf = (file: string): number => layers.findIndex((rooms) => rooms.includes(roomOf(file)));

/** The first circle in a graph, as the way around it. */
function findCircle(edges: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of edges.get(node) ?? []) {
      const circle = visit(next, [...way, node]);
      if (circle) return circle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of edges.keys()) {
    const circle = visit(node, []);
    if (circle) return circle;
  }
  return undefined;
}

describe('the dashboard’s imports', () => {
  it('point down: app, features, routing, shared, then data and ui, which do not know each other', () => {
    const upward = files.flatMap((file) =>
      importsOf.get(file)!.filter((target) =>
        layerOf(file) === -1 || layerOf(target.file) < layerOf(file) ||
        (layerOf(target.file) === layerOf(file) && roomOf(target.file) !== roomOf(file))
      ).map((target) => `${file} imports ${target.file}`)
    );
    expect(upward).toEqual([]);
  });

  it('form no circle, lazy ones included', () => {
    expect(
      findCircle(
        new Map([...importsOf].map(([file, targets]) => [file, targets.map((target) => target.file)])),
      ),
    )
      .toBeUndefined();
  });

  it('form no circle of features', () => {
    const feature = (file: string) => file.startsWith('features/') ? file.split('/')[1]! : '';
    const edges = new Map<string, string[]>();
    for (const [file, targets] of importsOf) {
      const others = targets.map((target) => feature(target.file)).filter((name) =>
        name && name !== feature(file)
      );
      if (feature(file)) edges.set(feature(file), [...edges.get(feature(file)) ?? [], ...others]);
    }
    expect(findCircle(edges)).toBeUndefined();
  });
});

describe('the dashboard’s files', () => {
  /** Small and imported once, for a reason. */
  const exceptions = [
    // The routes of a feature: what they lead to is loaded on the first visit.
    /^features\/[^/]+\/routes\.ts$/,
    // One noun per file, so that its questions are found by its name.
    /^data\//,
    // The kit: each control in a file of its own.
    /^ui\//,
  ];

  it('are imported more than once where they have fewer than 40 lines, or mark the boundary of a bundle', () => {
    const small = files.filter((file) => {
      if (file === 'main.tsx' || exceptions.some((pattern) => pattern.test(file))) return false;
      const importers = [...importsOf.values()].flat().filter((target) => target.file === file);
      const lines = readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length;
      return lines < 40 && importers.length === 1 && !importers[0]!.isLazy;
    });
    expect(small).toEqual([]);
  });
});
