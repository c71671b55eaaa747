// What the provider's own tests say of a domain: blacklists that have it, and where test emails land.
import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { placementsQuery } from '../../data/placements.ts';
import { type Listing, recordKinds, type SendingDomain } from '../../data/sending-domains.ts';
import { Ago } from '../../shared/Ago.tsx';
import { formatCount, formatDay, formatRate, nothing, plural } from '../../shared/format.ts';
import { Moment, toTheDay } from '../../shared/moments.tsx';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { blacklistsText, kindNames } from './sending-domain-text.ts';

export function Blacklisted({ row }: { row: SendingDomain }) {
  if (row.blacklists.length > 0) {
    return (
      <Badge tone='bad' title={blacklistsText(row.blacklists)}>
        {plural(new Set(row.blacklists.map(({ blacklist }) => blacklist)).size, 'list')}
      </Badge>
    );
  }
  return row.blacklists_checked_at
    ? <Badge tone='good'>None</Badge>
    : <Badge tone='neutral' title='The provider looks domains up in placement tests'>Not checked</Badge>;
}

/** Share of the test emails that arrived in the inbox; the bar shows promotions and spam beside it. */
export function LandedShares({ row }: { row: SendingDomain }) {
  if (!row.placement_tested || !row.placement_tested_on) return nothing;
  const shares = sharesText(row);
  return (
    <span
      className='inline-grid gap-1 whitespace-nowrap'
      title={`${shares} of ${plural(row.placement_tested, 'test email')}, ${
        formatDay(row.placement_tested_on)
      }`}
    >
      <span aria-hidden>{formatRate(row.inbox_rate)}</span>
      <span className='sr-only'>{shares}</span>
      <ShareBar inbox={row.inbox_rate ?? 0} promotions={row.promotions_rate ?? 0} spam={row.spam_rate ?? 0} />
    </span>
  );
}

const sharesText = (row: Pick<SendingDomain, 'inbox_rate' | 'promotions_rate' | 'spam_rate'>): string =>
  `${formatRate(row.inbox_rate)} in the inbox, ${formatRate(row.promotions_rate)} in promotions, ${
    formatRate(row.spam_rate)
  } in spam`;

function ShareBar({ inbox, promotions, spam }: { inbox: number; promotions: number; spam: number }) {
  return (
    <span aria-hidden className='flex h-1 w-full min-w-16 overflow-hidden rounded-full bg-raised'>
      <span className='bg-good' style={{ width: `${100 * inbox}%` }} />
      <span className='bg-warm' style={{ width: `${100 * promotions}%` }} />
      <span className='bg-bad' style={{ width: `${100 * spam}%` }} />
    </span>
  );
}

/** In the details of a domain: each list with where to ask for removal. */
export function BlacklistsSection({ row }: { row: SendingDomain }) {
  return (
    <section className='grid gap-2' aria-label='Blacklists'>
      <h3 className='flex flex-wrap items-baseline gap-2 text-sm font-medium'>
        Blacklists
        <span className='text-xs font-normal text-ink-soft'>
          looked up by the provider <Ago at={row.blacklists_checked_at} never='never' />
        </span>
      </h3>
      {row.blacklists.length === 0
        ? (
          <p className='text-sm text-ink-soft'>
            {row.blacklists_checked_at
              ? 'No list has this domain.'
              : 'Not known: Instantly looks a domain up when a placement test is made there, Smartlead’s API gives none.'}
          </p>
        )
        : (
          <>
            <p className='rounded-lg bg-bad-wash px-3 py-2 text-sm text-bad'>
              Pause the campaigns that use this domain, look for the cause (bounces, complaints, bought
              lists), then ask each list for removal.
            </p>
            <ul className='divide-y divide-line rounded-xl border border-line text-sm'>
              {row.blacklists.map((listing) => (
                <ListingLine key={`${listing.blacklist} ${listing.address}`} listing={listing} />
              ))}
            </ul>
          </>
        )}
    </section>
  );
}

function ListingLine({ listing }: { listing: Listing }) {
  return (
    <li className='flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-3 py-2'>
      <span className='min-w-0'>
        <span className='font-medium wrap-anywhere'>{listing.blacklist}</span>{' '}
        <span className='text-xs wrap-anywhere text-ink-soft'>
          {listing.address}, since <Moment at={listing.listed_at} as={toTheDay} />
        </span>
      </span>
      {listing.removal_url
        ? (
          <a
            href={listing.removal_url}
            target='_blank'
            rel='noopener noreferrer'
            className='inline-flex items-center gap-1 text-brand underline-offset-4 hover:underline [&_svg]:size-3.5'
          >
            Ask for removal <ExternalLink aria-hidden />
          </a>
        )
        : <span className='text-xs text-ink-soft'>The list’s own site says how to be removed</span>}
    </li>
  );
}

/** In the details of a domain: where the emails of the last test of each mailbox landed. */
export function PlacementSection({ row }: { row: SendingDomain }) {
  const isTested = (row.placement_tested ?? 0) > 0;
  const placements = useQuery({ ...placementsQuery(row.domain), enabled: isTested });
  return (
    <section className='grid gap-2' aria-label='Placement test'>
      <h3 className='flex flex-wrap items-baseline gap-2 text-sm font-medium'>
        Placement test
        {row.placement_tested_on && (
          <span className='text-xs font-normal text-ink-soft'>
            {plural(row.placement_tested ?? 0, 'test email')}, last on {formatDay(row.placement_tested_on)}
            {' '}
            (UTC)
          </span>
        )}
      </h3>
      {!isTested && (
        <p className='text-sm text-ink-soft'>
          None in the last 30 days. Make one in the provider’s app to see where emails of this domain land.
        </p>
      )}
      {isTested && <p className='text-sm'>{sharesText(row)}.</p>}
      {placements.error && (
        <FailureCard
          error={placements.error}
          onRetry={() => void placements.refetch()}
          className='py-4'
        />
      )}
      {placements.data && placements.data.length > 0 && (
        <ul className='grid gap-2 text-sm'>
          {placements.data.map(({ account_id, email, inbox, promotions, spam, tested_on }) => {
            const sum = Math.max(1, inbox + promotions + spam);
            return (
              <li key={account_id} className='grid gap-1'>
                <span className='flex flex-wrap justify-between gap-x-4'>
                  <span className='break-all'>{email}</span>
                  <span className='text-xs text-ink-soft'>
                    {formatCount(inbox)} inbox · {formatCount(promotions)} promotions · {formatCount(spam)}
                    {' '}
                    spam · {formatDay(tested_on, { year: false })}
                  </span>
                </span>
                <ShareBar inbox={inbox / sum} promotions={promotions / sum} spam={spam / sum} />
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

const outcomes = {
  true: ['Passed', 'good'],
  false: ['Failed', 'bad'],
  null: ['Not known', 'neutral'],
} as const;

/** The provider's own test: it knows the selectors of DKIM, which we can only guess. */
export function ProviderTest({ row }: { row: SendingDomain }) {
  const { provider_records: records } = row;
  if (!records) return null;
  return (
    <p className='flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm'>
      <span className='text-ink-soft'>
        The provider’s own test, <Ago at={row.provider_records_at} />:
      </span>
      {recordKinds.map((kind) => {
        const [label, tone] = outcomes[`${records[kind]}`];
        return (
          <span key={kind} className='inline-flex items-center gap-1.5'>
            {kindNames[kind]} <Badge tone={tone}>{label}</Badge>
          </span>
        );
      })}
    </p>
  );
}
