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

export interface RequestFilter {
  /** Only calls with a higher number. */
  after?: number;
  workspaceId?: string;
  path?: string;
  method?: string;
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

  list(filter: RequestFilter = {}): LoggedRequest[] {
    return this.#rows.slice(-this.size).filter((row) =>
      (filter.after === undefined || row.number > filter.after) &&
      (filter.workspaceId === undefined || row.workspaceId === filter.workspaceId) &&
      (filter.path === undefined || row.path === filter.path) &&
      (filter.method === undefined || row.method === filter.method)
    );
  }

  clear(): void {
    this.#rows = [];
  }
}
