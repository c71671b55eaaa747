import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { MailSearch } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { searchQuery } from '../../data/message-search.ts';
import { type Message, messageQuery } from '../../data/messages.ts';
import { outsideIdOf, outsideKey } from '../../data/inbox-choices.ts';
import { hasOutsideMailQuery, outsideMailListQuery } from '../../data/outside-mail.ts';
import { chooseRange } from '../../data/range.ts';
import {
  fits,
  repliesQuery,
  replyCountsQuery,
  type ReplyFilter,
  type ReplyRow,
  type Verdict,
} from '../../data/replies.ts';
import { useSession } from '../../data/session.ts';
import { replyTimeNote, replyTimesQuery } from '../../data/reply-times.ts';
import { inboxCountsQuery, threadsQuery } from '../../data/threads.ts';
import { useClientId } from '../../routing/use-client.ts';
import { useRange } from '../../routing/use-range.ts';
import { useTimeZone } from '../../routing/use-time-zone.tsx';
import { useNow } from '../../shared/Age.tsx';
import { formatCount, plural } from '../../shared/format.ts';
import { replyTimeText } from '../../shared/reply-time.ts';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { ZoneNote } from '../../shared/time-zone.tsx';
import { Card } from '../../ui/card.tsx';
import { cn } from '../../ui/class-names.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import type { AnswerHandle } from './answer/AnswerBox.tsx';
import { entryId } from './EntryList.tsx';
import { type FilterChange, Filters } from './Filters.tsx';
import { neighbourOf, stepFrom, useShortcuts } from './keyboard.ts';
import { KeyHints } from './KeyHints.tsx';
import { HitList, OutsideList, ReplyList } from './lists.tsx';
import { OutsidePane } from './OutsidePane.tsx';
import { ReadingPane } from './ReadingPane.tsx';
import { type InboxSearch, isReplyShow, isThreadShow, shownAtFirst } from './search.ts';
import { ThreadList } from './thread/ThreadList.tsx';
import { useVerdicts } from './use-verdicts.ts';

const route = getRouteApi('/shell/inbox');

/** Replies and their verdicts: a list, and beside it (on a phone instead of it) the open message. */
export function InboxPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const clientId = useClientId();
  const session = useSession();
  const isOperator = session?.role === 'operator';
  const isWide = useIsWide();
  const queryClient = useQueryClient();
  const now = useNow(60_000);
  const [, setRange] = useRange();
  const timeZone = useTimeZone();
  // All time by default: an old reply without a verdict matters as much as a new one.
  const range = chooseRange(
    { ...search, range: search.range ?? 'all', compare: false },
    new Date(now),
    timeZone,
  );
  const shown = search.show ?? shownAtFirst(isOperator);
  const filter: ReplyFilter = {
    clientId,
    show: isReplyShow(shown) ? shown : 'all',
    sentiment: search.sentiment,
    campaign: search.campaign,
    withAutomatic: search.automatic ?? false,
    period: range.period,
  };
  const isSearching = (search.q ?? '') !== '';
  const isOutside = !isSearching && shown === 'outside';
  const threadShow = !isSearching && isOperator && isThreadShow(shown) ? shown : undefined;
  const replies = useInfiniteQuery({
    ...repliesQuery(filter, isOperator),
    enabled: !isSearching && !isOutside && !threadShow,
  });
  const threads = useInfiniteQuery({
    ...threadsQuery({
      clientId,
      show: threadShow ?? 'waiting',
      sentiment: search.sentiment,
      campaign: search.campaign,
      class: search.class,
      userId: session?.userId ?? '',
    }),
    enabled: threadShow !== undefined,
  });
  const outsideMail = useInfiniteQuery({
    ...outsideMailListQuery({ clientId, period: range.period }),
    enabled: isOutside,
  });
  const hasOutside = useQuery(hasOutsideMailQuery(clientId));
  const hits = useQuery(searchQuery({
    query: search.q ?? '',
    clientId,
    campaign: search.campaign,
    direction: search.direction,
    page: search.page ?? 1,
  }));
  const counts = useQuery(replyCountsQuery(clientId));
  const work = useQuery(inboxCountsQuery(clientId, isOperator));
  const rows = useMemo(() => replies.data?.pages.flatMap((page) => page.rows), [replies.data]);
  const threadRows = useMemo(() => threads.data?.pages.flatMap((page) => page.rows), [threads.data]);
  const outsideRows = useMemo(() => outsideMail.data?.pages.flatMap((page) => page.rows), [outsideMail.data]);
  const ids = useMemo(
    () =>
      (isOutside
        ? outsideRows?.map((mail) => outsideKey(mail.id))
        : (isSearching ? hits.data : threadShow ? threadRows : rows)?.map((entry) => entry.message_id)) ?? [],
    [isOutside, outsideRows, isSearching, hits.data, threadShow, threadRows, rows],
  );

  // After a reload as many pages as before.
  const paged = isOutside ? outsideMail : threadShow ? threads : replies;
  const { hasNextPage, isFetching, fetchNextPage } = paged;
  const loaded = paged.data?.pages.length ?? 0;
  const wanted = search.page ?? 1;
  useEffect(() => {
    if (!isSearching && hasNextPage && !isFetching && loaded < wanted) void fetchNextPage();
  }, [isSearching, hasNextPage, isFetching, loaded, wanted, fetchNextPage]);

  const heading = useRef<HTMLHeadingElement>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const answer = useRef<AnswerHandle>(null);
  // The keyboard's position is ahead of the address, so that quick steps do not get lost.
  const cursor = useRef(search.message);
  const [focused, setFocused] = useState<string>();
  useEffect(() => {
    if (search.message) cursor.current = search.message;
  }, [search.message]);

  const read = (message: string | undefined, replace: boolean) =>
    void navigate({ search: (kept) => ({ ...kept, message }), replace, resetScroll: false });
  const open = (id: string) => {
    cursor.current = id;
    // Beside the list each further one takes the place of the one before; on a phone the way back is the list.
    read(id, isWide && search.message !== undefined);
  };
  const focusEntry = (id: string) =>
    // The row may come only with the next rendering.
    requestAnimationFrame(() => document.getElementById(entryId(id))?.focus());
  const goTo = (id: string) => {
    cursor.current = id;
    setFocused(id);
    if (isWide || search.message) read(id, search.message !== undefined);
    if (isWide || !search.message) focusEntry(id);
  };

  const verdicts = useVerdicts((id) => {
    if (isWide || search.message) goTo(id);
  });
  const setVerdict = (reply: ReplyRow | Message, verdict: Verdict | null) => {
    const isLeaving = !isSearching && !isOutside && !threadShow &&
      !fits({ ...reply, verdict }, { ...filter, sentiment: undefined });
    const next = isLeaving ? neighbourOf(ids, reply.message_id) : undefined;
    verdicts.set(reply, verdict);
    if (!isLeaving || cursor.current !== reply.message_id) return;
    if (next) goTo(next);
    else if (!isWide) read(undefined, true);
  };
  /** The reply that q and n act on: the open one, on a phone's list the focused one. */
  const setCurrentVerdict = (verdict: Verdict) => {
    const id = cursor.current;
    if (!id) return;
    const message = queryClient.getQueryData(messageQuery(id, isOperator).queryKey);
    const reply = rows?.find((row) => row.message_id === id) ??
      (message?.direction === 'received' ? message : undefined);
    if (reply && reply.verdict !== verdict) setVerdict(reply, verdict);
  };
  useShortcuts({
    move: (step) => {
      const next = stepFrom(ids, cursor.current, step);
      if (next) goTo(next);
    },
    open: () => {
      const id = cursor.current ?? ids[0];
      if (!id) return;
      if (search.message !== id) open(id);
      requestAnimationFrame(() => heading.current?.focus());
    },
    qualify: () => setCurrentVerdict('qualified'),
    reject: () => setCurrentVerdict('not_interested'),
    undo: verdicts.undo,
    search: () => searchField.current?.focus(),
    answer: () => answer.current?.open(),
    done: () => document.querySelector<HTMLButtonElement>('[aria-keyshortcuts=d]:not(:disabled)')?.click(),
  });

  const change = (next: FilterChange) =>
    void navigate({
      search: (kept) => ({ ...kept, ...next, page: undefined }),
      replace: true,
      resetScroll: false,
    });
  const apply = (next: InboxSearch) =>
    void navigate({ search: ({ client }) => ({ client, ...next }), replace: true, resetScroll: false });
  const more = () =>
    void navigate({ search: (kept) => ({ ...kept, page: wanted + 1 }), replace: true, resetScroll: false });
  const current = isWide ? search.message : focused;
  const list = {
    current,
    onOpen: open,
    onMore: more,
    onFocus: (id: string) => {
      cursor.current = id;
      setFocused(id);
    },
  };
  const isReading = search.message !== undefined;
  const outsideId = outsideIdOf(search.message);
  const back = () => {
    const id = search.message;
    read(undefined, false);
    if (id) focusEntry(id);
  };

  return (
    <div className='print:h-auto! lg:flex lg:h-[calc(100dvh-4.75rem)] lg:min-h-[34rem] lg:flex-col'>
      {/* The heading of the page stays for screen readers while a phone shows the message alone. */}
      <div className={cn(isReading && 'max-lg:sr-only')}>
        <PageHeader
          title='Inbox'
          note={
            <>
              {isOperator && work.data && (
                <span>
                  {formatCount(work.data.waiting)} to answer, {formatCount(work.data.mine)} of them yours
                </span>
              )}
              {counts.data && (
                <span>
                  {formatCount(counts.data.unanswered)} to review of{' '}
                  {plural(counts.data.received, 'reply', 'replies')}
                </span>
              )}
              <ZoneNote />
              <ReplyTime clientId={isOperator ? clientId : session?.clientId ?? undefined} />
            </>
          }
        />
        <div className={cn('mb-4', isReading && 'max-lg:hidden')}>
          <Filters
            filter={filter}
            search={search}
            shown={shown}
            isOperator={isOperator}
            range={range}
            searchField={searchField}
            hasOutside={hasOutside.data ?? false}
            onChange={change}
            onApply={apply}
            onRangeChange={setRange}
          />
        </div>
      </div>
      <div className='grid items-start gap-4 lg:min-h-0 lg:flex-1 lg:grid-cols-[minmax(20rem,2fr)_minmax(0,3.4fr)] lg:items-stretch'>
        <Card className={cn('flex flex-col overflow-hidden lg:min-h-0', isReading && 'max-lg:hidden')}>
          <div className='lg:min-h-0 lg:flex-1 lg:overflow-y-auto'>
            {isSearching
              ? (
                <HitList
                  {...list}
                  hits={hits}
                  query={search.q ?? ''}
                  withClients={isOperator && !clientId}
                  page={wanted}
                />
              )
              : isOutside
              ? (
                <OutsideList
                  {...list}
                  query={outsideMail}
                  rows={outsideRows}
                  withClients={isOperator && !clientId}
                  isNarrowed={filter.period !== null}
                  onShowReplies={() => change({ show: undefined })}
                />
              )
              : threadShow
              ? (
                <ThreadList
                  {...list}
                  query={threads}
                  rows={threadRows}
                  show={threadShow}
                  withClients={!clientId}
                  isFiltered={Boolean(search.sentiment ?? search.campaign ?? search.class)}
                  onShowAll={() =>
                    change({
                      show: 'conversations',
                      sentiment: undefined,
                      campaign: undefined,
                      class: undefined,
                    })}
                />
              )
              : (
                <ReplyList
                  {...list}
                  query={replies}
                  rows={rows}
                  withClients={isOperator && !clientId}
                  isFiltered={filter.show === 'all'
                    ? Boolean(filter.sentiment ?? filter.campaign ?? filter.period)
                    : true}
                  isWaitingOnly={filter.show === 'unanswered' && !filter.sentiment && !filter.campaign &&
                    !filter.period}
                  onShowAll={() => change({ show: 'all', sentiment: undefined, campaign: undefined })}
                />
              )}
          </div>
          <KeyHints
            hasVerdicts={!isOutside}
            mayAnswer={isOperator && !isOutside}
            className='border-t border-line px-5 py-2.5 max-lg:hidden'
          />
        </Card>
        <Card
          role='region'
          aria-label='Message'
          tabIndex={isWide ? 0 : undefined}
          className={cn('min-w-0 lg:min-h-0 lg:overflow-y-auto', !isReading && 'max-lg:hidden')}
        >
          {outsideId !== undefined
            ? <OutsidePane id={outsideId} isOperator={isOperator} heading={heading} onBack={back} />
            : search.message
            ? (
              <ReadingPane
                messageId={search.message}
                isOperator={isOperator}
                heading={heading}
                answer={answer}
                draftOf={verdicts.draftOf}
                onDraftChange={verdicts.changeDraft}
                onVerdict={setVerdict}
                onBack={back}
              />
            )
            : <NothingChosen isOutside={isOutside} />}
        </Card>
      </div>
    </div>
  );
}

/** How fast the replies of a client were answered. */
function ReplyTime({ clientId }: { clientId: string | undefined }) {
  const times = useQuery(replyTimesQuery(clientId));
  const row = times.data;
  if (!row || row.answered === 0) return null;
  return (
    <Tooltip
      content={replyTimeNote(row)}
    >
      <span tabIndex={0} className='rounded'>
        {replyTimeText(row)}
      </span>
    </Tooltip>
  );
}

function NothingChosen({ isOutside }: { isOutside: boolean }) {
  return (
    <div className='grid h-full place-content-center justify-items-center gap-2 px-6 py-16 text-center'>
      <span className='mb-1 grid size-11 place-items-center rounded-full bg-raised text-ink-soft'>
        <MailSearch aria-hidden className='size-5' />
      </span>
      <p className='font-medium'>Choose {isOutside ? 'an email' : 'a reply'} to read it</p>
      <p className='max-w-sm text-sm text-ink-soft'>
        {isOutside
          ? 'You will see the sender, the mailbox and the text here.'
          : 'You will see the person, the message and the full history here.'}
      </p>
    </div>
  );
}

const wideQuery = '(min-width: 64rem)';

function watchWidth(listener: () => void): () => void {
  const media = matchMedia(wideQuery);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** Whether list and message are side by side; the same width as Tailwind's `lg`. */
function useIsWide(): boolean {
  return useSyncExternalStore(watchWidth, () => matchMedia(wideQuery).matches);
}
