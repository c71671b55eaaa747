/** One API call that reached the simulator, as its tests want to see it. Keys are never kept. */
export interface LoggedRequest {
  /** Grows by one per call, so a reader can ask for what is new. */
  number: number;
  at: string;
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  body: unknown;
  /** Answer status; null when the connection was dropped. */
  status: number | null;
  workspaceId: string | null;
}

export interface RequestFilter extends Partial<Pick<LoggedRequest, 'method' | 'path'>> {
  /** Only calls with a higher number. */
  after?: number;
  workspaceId?: string;
}

/** The last so many calls. */
export class RequestLog {
  #rows: LoggedRequest[] = [];
  #count = 0;

  constructor(readonly size: number) {}

  add(row: Omit<LoggedRequest, 'number'>): void {
    this.#rows.push({ number: this.#count += 1, ...row });
    if (this.#rows.length > 2 * this.size) this.#rows = this.#rows.slice(-this.size);
  }

  list({ after = 0, ...wanted }: RequestFilter = {}): LoggedRequest[] {
    const names = Object.keys(wanted) as Array<keyof typeof wanted>;
    return this.#rows.slice(-this.size)
      .filter((row) => row.number > after && names.every((name) => row[name] === wanted[name]));
  }

  clear(): void {
    this.#rows = [];
  }
}
