// The numbers that the pages have read, and when they are read again.
import { type InvalidateOptions, type InvalidateQueryFilters, QueryClient } from '@tanstack/react-query';

/**
 * As the library's, but a first read that is under way when something changes is followed by another one. The library lets it end and
 * takes its answer, which may be from before the change: a logo that was saved meanwhile was not shown for ten minutes.
 */
export class FreshQueryClient extends QueryClient {
  override async invalidateQueries(
    filters?: InvalidateQueryFilters,
    options?: InvalidateOptions,
  ): Promise<void> {
    const underWay = new Set(
      this.getQueryCache().findAll(filters).filter(({ state }) =>
        state.fetchStatus === 'fetching' && state.data === undefined
      ),
    );
    await super.invalidateQueries(filters, options);
    if (underWay.size === 0) return;
    await super.invalidateQueries({ predicate: (query) => underWay.has(query) }, options);
  }
}
