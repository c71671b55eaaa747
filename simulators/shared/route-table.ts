interface Routed {
  method: string;
  /** With `:name` for a parameter. */
  path: string;
}

export interface Match<Route extends Routed> {
  route: Route;
  /** Parameters of the path, decoded. */
  parameters: Record<string, string>;
}

/** Finds the route of a call. Fixed segments win over parameters, so `/campaigns/analytics` is never taken for an id. */
export class RouteTable<Route extends Routed> {
  readonly #routes: Array<{ route: Route; segments: string[] }>;

  constructor(routes: readonly Route[]) {
    const parameters = ({ path }: Route) => path.split('/:').length;
    this.#routes = routes.toSorted((one, other) => parameters(one) - parameters(other))
      .map((route) => ({ route, segments: route.path.split('/').slice(1) }));
  }

  match(method: string, path: string): Match<Route> | undefined {
    const parts = path.split('/').slice(1);
    for (const { route, segments } of this.#routes) {
      if (route.method !== method || segments.length !== parts.length) continue;
      const parameters: Record<string, string> = {};
      const fits = segments.every((segment, index) => {
        const part = parts[index] ?? '';
        if (!segment.startsWith(':')) return segment === part;
        parameters[segment.slice(1)] = decodeURIComponent(part);
        return part !== '';
      });
      if (fits) return { route, parameters };
    }
    return undefined;
  }
}
