import type { Business } from './project.ts';

/** Businesses with deliverable addresses; the prefix keeps the addresses of one test apart from those of another. */
export function deliverable(count: number, prefix: string): Business[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${prefix} ${index}`,
    email: `${prefix}${index}@export.test`,
    icebreaker: `Nice place, ${prefix} ${index}`,
    subject_line: 'A question',
  }));
}
