// The search over everything that was sent and received.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import type { Direction } from './messages.ts';
import { supabase } from './supabase.ts';

export interface SearchRequest {
  query: string;
  clientId: string | undefined;
  campaign: string | undefined;
  direction: Direction | undefined;
  page: number;
}

export const searchPageSize = 50;
/** The function gives no more. */
export const maxSearchHits = 100;

/** Messages of any kind by their words, the best first. */
export const searchQuery = (request: SearchRequest) =>
  queryOptions({
    queryKey: ['message-search', request],
    queryFn: () =>
      read(
        supabase().rpc('search_messages', {
          query: request.query,
          page_size: Math.min(maxSearchHits, request.page * searchPageSize),
          ...(request.clientId ? { only_client: request.clientId } : {}),
          ...(request.campaign ? { only_campaign: request.campaign } : {}),
          ...(request.direction ? { only_direction: request.direction } : {}),
        }),
      ),
    enabled: request.query.trim() !== '',
    placeholderData: keepPreviousData,
    refetchInterval: false,
  });

export type SearchHit = Awaited<
  ReturnType<NonNullable<ReturnType<typeof searchQuery>['queryFn']>>
>[number];

export interface HighlightPart {
  text: string;
  isHit: boolean;
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/**
 * The highlight of a hit as pieces of plain text. Only `<mark>` means something in it; whatever else looks like HTML is
 * text, so nothing of a mail ever becomes an element.
 */
export function parseHighlight(highlight: string): HighlightPart[] {
  const pieces: HighlightPart[] = [];
  let isHit = false;
  for (const part of highlight.split(/(<\/?mark>)/)) {
    if (part === '<mark>') isHit = true;
    else if (part === '</mark>') isHit = false;
    else if (part !== '') {
      pieces.push({ text: part.replace(/&(?:amp|lt|gt|quot|#39);/g, (name) => entities[name]!), isHit });
    }
  }
  return pieces;
}
