import type { AgendaItem } from './records.ts';

const before = (one: AgendaItem, other: AgendaItem): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** Binary heap of what is going to happen, earliest first; equal times keep the order they were planned in. */
export class Agenda {
  items: AgendaItem[] = [];
  #order = 0;

  get next(): AgendaItem | undefined {
    return this.items[0];
  }

  restore(items: readonly AgendaItem[]): void {
    this.items = items.toSorted((one, other) => (before(one, other) ? -1 : 1));
    this.#order = items.reduce((highest, { order }) => Math.max(highest, order), 0);
  }

  add(item: Omit<AgendaItem, 'order'>): void {
    const { items } = this;
    const added = { ...item, order: this.#order += 1 };
    let index = items.push(added) - 1;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = items[parentIndex];
      if (parent === undefined || !before(added, parent)) break;
      items[index] = parent;
      index = parentIndex;
    }
    items[index] = added;
  }

  take(): AgendaItem | undefined {
    const { items } = this;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined || items.length === 0) return first;
    let index = 0;
    for (;;) {
      const left = items[2 * index + 1];
      const right = items[2 * index + 2];
      const child = left !== undefined && right !== undefined && before(right, left) ? right : left;
      if (child === undefined || !before(child, last)) break;
      items[index] = child;
      index = 2 * index + (child === right ? 2 : 1);
    }
    items[index] = last;
    return first;
  }
}
