/** Something that will happen at an instant; `order` settles ties. */
export interface Planned {
  at: number;
  order: number;
}

const before = (one: Planned, other: Planned): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** Binary heap of what is going to happen, earliest first; equal times keep the order they were planned in. */
export class Agenda<Item extends Planned> {
  #items: Item[] = [];
  #order = 0;

  get items(): Item[] {
    return this.#items;
  }

  get next(): Item | undefined {
    return this.#items[0];
  }

  restore(items: readonly Item[]): void {
    this.#items = [...items].sort((one, other) => (before(one, other) ? -1 : 1));
    this.#order = items.reduce((highest, { order }) => Math.max(highest, order), 0);
  }

  add(item: Omit<Item, 'order'>): void {
    const added = { ...item, order: this.#order += 1 } as Item;
    const items = this.#items;
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

  take(): Item | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined || items.length === 0) return first;
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      let child = items[childIndex];
      const right = items[childIndex + 1];
      if (child === undefined) break;
      if (right !== undefined && before(right, child)) {
        child = right;
        childIndex += 1;
      }
      if (!before(child, last)) break;
      items[index] = child;
      index = childIndex;
    }
    items[index] = last;
    return first;
  }
}
