import { useQuery } from '@tanstack/react-query';
import { Search, SlidersHorizontal, X } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { campaignNamesQuery } from '../../data/campaigns.ts';
import type { ChosenRange, RangeSearch } from '../../data/range.ts';
import { type ReplyFilter } from '../../data/replies.ts';
import { type ReplyClass, replyClasses } from '../../data/reply-classes.ts';
import type { ThreadShow } from '../../data/inbox-choices.ts';
import { RangePicker } from '../../shared/RangePicker.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { cn } from '../../ui/class-names.ts';
import { Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import { classLabels } from './class/class-labels.ts';
import { type InboxSearch, isThreadShow, type Shown, shownAtFirst } from './search.ts';
import { SavedFilters } from './thread/SavedFilters.tsx';

const shown: readonly { value: Shown; label: string }[] = [
  { value: 'unanswered', label: 'To review' },
  { value: 'all', label: 'All replies' },
  { value: 'qualified', label: 'Qualified' },
  { value: 'not_interested', label: 'Not interested' },
  { value: 'neutral', label: 'Neutral' },
];

const threadChoices: readonly { value: ThreadShow; label: string }[] = [
  { value: 'waiting', label: 'To answer' },
  { value: 'mine', label: 'Assigned to me' },
  { value: 'snoozed', label: 'Snoozed' },
  { value: 'answered', label: 'Answered or done' },
  { value: 'conversations', label: 'All conversations' },
];

const classChoices = [
  { value: '', label: 'Any kind' },
  ...replyClasses.map((value) => ({ value, label: classLabels[value] })),
] as const;

const outside = { value: 'outside', label: 'Mail outside campaigns' } as const;

const sentimentChoices = [
  { value: '', label: 'Any sentiment' },
  { value: 'positive', label: 'Positive' },
  { value: 'neutral', label: 'Neutral' },
  { value: 'negative', label: 'Negative' },
  { value: 'none', label: 'No sentiment yet' },
] as const;

const directions = [
  { value: '', label: 'Sent and received' },
  { value: 'received', label: 'Received only' },
  { value: 'sent', label: 'Sent only' },
] as const;

export type FilterChange = Omit<InboxSearch, 'message' | 'page'>;

/** What the list shows; during a search, what narrows it down. */
export function Filters(
  {
    filter,
    search,
    shown: current,
    isOperator,
    range,
    searchField,
    hasOutside,
    onChange,
    onApply,
    onRangeChange,
  }: {
    filter: ReplyFilter;
    search: InboxSearch;
    shown: Shown;
    isOperator: boolean;
    range: ChosenRange;
    searchField: RefObject<HTMLInputElement | null>;
    /** There is mail from outside the campaigns. */
    hasOutside: boolean;
    onChange: (change: FilterChange) => void;
    /** Replaces all of the filter. */
    onApply: (filter: InboxSearch) => void;
    onRangeChange: (change: RangeSearch) => void;
  },
) {
  const [isOpen, setOpen] = useState(false);
  const campaigns = useQuery(campaignNamesQuery(filter.clientId));
  const isSearching = (search.q ?? '') !== '';
  const isOutside = !isSearching && current === 'outside';
  const isThreads = !isSearching && isThreadShow(current);
  const active = isOutside
    ? [filter.period].filter(Boolean).length
    : isSearching
    ? [search.direction, search.campaign].filter(Boolean).length
    : isThreads
    ? [filter.sentiment, filter.campaign, search.class].filter(Boolean).length
    : [filter.sentiment, filter.campaign, filter.withAutomatic, filter.period].filter(Boolean).length;
  return (
    <div className='flex flex-wrap items-center gap-2'>
      <SearchField
        field={searchField}
        value={search.q ?? ''}
        onChange={(q) => onChange({ q: q || undefined })}
      />
      {!isSearching && (
        <Select
          aria-label='Show'
          className='max-sm:flex-1'
          choices={[
            ...(isOperator ? threadChoices : []),
            ...shown,
            ...(hasOutside || isOutside ? [outside] : []),
          ]}
          value={current}
          onValueChange={(show) => onChange({ show: show === shownAtFirst(isOperator) ? undefined : show })}
        />
      )}
      <Button
        className='lg:hidden'
        aria-expanded={isOpen}
        aria-controls='more-filters'
        onClick={() => setOpen(!isOpen)}
      >
        <SlidersHorizontal aria-hidden /> Filter {active > 0 && <Badge tone='brand'>{active}</Badge>}
      </Button>
      <div
        id='more-filters'
        className={cn(
          'flex flex-wrap items-center gap-2 max-lg:w-full max-sm:*:grow',
          !isOpen && 'max-lg:hidden',
        )}
      >
        {isSearching
          ? (
            <Select
              aria-label='Direction'
              choices={directions}
              value={search.direction ?? ''}
              onValueChange={(direction) => onChange({ direction: direction || undefined })}
            />
          )
          : !isOutside && (
            <Select
              aria-label='Sentiment'
              choices={sentimentChoices}
              value={filter.sentiment ?? ''}
              onValueChange={(sentiment) => onChange({ sentiment: sentiment || undefined })}
            />
          )}
        {isThreads && (
          <Select
            aria-label='Kind of reply'
            choices={classChoices}
            value={search.class ?? ''}
            onValueChange={(value) => onChange({ class: (value || undefined) as ReplyClass | undefined })}
          />
        )}
        {!isOutside && (
          <Select
            aria-label='Campaign'
            className='sm:max-w-52'
            choices={[
              { value: '', label: 'All campaigns' },
              ...(campaigns.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={filter.campaign ?? ''}
            onValueChange={(campaign) => onChange({ campaign: campaign || undefined })}
          />
        )}
        {!isSearching && !isThreads && (
          <>
            <RangePicker range={range} onChange={onRangeChange} canCompare={false} />
            {!isOutside && (
              <label className='flex h-9 items-center gap-2 rounded-lg border border-line bg-surface px-3 text-sm'>
                <input
                  type='checkbox'
                  className='size-4 accent-brand'
                  checked={filter.withAutomatic}
                  onChange={(event) => onChange({ automatic: event.target.checked || undefined })}
                />
                Automatic replies
              </label>
            )}
          </>
        )}
      </div>
      {isOperator && !isSearching && <SavedFilters current={search} onApply={onApply} />}
    </div>
  );
}

/** Long enough that a word is typed in one go. */
const debounceMs = 200;

function SearchField({ field, value, onChange }: {
  field: RefObject<HTMLInputElement | null>;
  value: string;
  onChange: (value: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  // The address changed by itself (back, or a link): the field follows.
  if (value !== known) {
    setKnown(value);
    if (value !== typed.trim()) setTyped(value);
  }
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => onChange(typed.trim()), debounceMs);
    return () => clearTimeout(timer);
  });
  return (
    <span className='relative min-w-56 flex-1 max-sm:min-w-full lg:max-w-80'>
      <Search
        aria-hidden
        className='pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-soft'
      />
      <Input
        ref={field}
        type='search'
        aria-label='Search all messages'
        aria-keyshortcuts='/'
        placeholder='Search all messages'
        maxLength={500}
        className='px-9 [&::-webkit-search-cancel-button]:hidden'
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped('');
        }}
      />
      {typed !== '' && (
        <Button
          variant='ghost'
          size='icon'
          aria-label='Clear the search'
          className='absolute top-0 right-0'
          onClick={() => {
            setTyped('');
            field.current?.focus();
          }}
        >
          <X aria-hidden />
        </Button>
      )}
    </span>
  );
}
