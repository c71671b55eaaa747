// Which file of the checkout imports which.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

const specifiers = /(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g;

const isCode = (path: string) => /\.(tsx?|mjs)$/.test(path) && !/(^|\/)(node_modules|dist)\//.test(path);

/** Path → the paths of the checkout that it imports, type imports included, packages excluded. */
export function importsOf(root: string, folders: string[]): Map<string, string[]> {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => posix.join(folder, String(name)))
  ).filter((path) => isCode(path) && statSync(join(root, path)).isFile());
  const known = new Set(paths);
  return new Map(paths.map((path) => {
    const targets = [...readFileSync(join(root, path), 'utf8').matchAll(specifiers)]
      .map(([, specifier = '']) => posix.join(posix.dirname(path), specifier));
    return [path, targets.filter((target) => known.has(target))];
  }));
}

/** Groups of files that reach each other (strongly connected, by Tarjan), each sorted. */
export function circlesOf(graph: Map<string, string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];

  function visit(path: string): number {
    const index = order.size;
    order.set(path, index);
    open.push(path);
    let low = index;
    for (const target of graph.get(path) ?? []) {
      if (!order.has(target)) low = Math.min(low, visit(target));
      else if (open.includes(target)) low = Math.min(low, lowest.get(target) ?? order.get(target) ?? low);
    }
    lowest.set(path, low);
    if (low === index) {
      const group = open.splice(open.indexOf(path));
      if (group.length > 1) circles.push(group.sort());
    }
    return low;
  }

  for (const path of graph.keys()) if (!order.has(path)) visit(path);
  return circles;
}
