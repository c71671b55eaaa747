import { useQuery } from '@tanstack/react-query';
import {
  type DomainChange,
  domainChangesQuery,
  type DomainCheck,
  recordKinds,
  type SendingDomain,
} from '../../data/sending-domains.ts';
import { Moment } from '../../shared/moments.tsx';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { BlacklistsSection, PlacementSection, ProviderTest } from './Placement.tsx';
import { kindNames, kindPurposes, verdicts } from './sending-domain-text.ts';

/** Each record of a domain with its verdict and what to do, and what changed. */
export function SendingDomainDialog({ domain, onClose }: { domain: SendingDomain; onClose: () => void }) {
  const changes = useQuery(domainChangesQuery(domain.domain));
  const isListed = domain.blacklists.length > 0;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={<span className='break-all'>{domain.domain}</span>}
      description={domain.checked_at
        ? (
          <>
            DNS records checked <Moment at={domain.checked_at} />
          </>
        )
        : 'DNS records were not checked yet'}
      className='sm:max-w-2xl'
    >
      {domain.check_error && (
        <p role='alert' className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>
          The last check was not answered completely; these are the results before it. It is repeated within
          the hour.
        </p>
      )}
      {/* What needs an action comes first. */}
      {isListed && <BlacklistsSection row={domain} />}
      <ul className='grid gap-3'>
        {recordKinds.map((kind) => <Check key={kind} kind={kind} check={domain.checks[kind]} />)}
      </ul>
      <ProviderTest row={domain} />
      {!isListed && <BlacklistsSection row={domain} />}
      <PlacementSection row={domain} />
      <section className='grid gap-2' aria-label='Changes'>
        <h3 className='text-sm font-medium'>Changes</h3>
        {changes.isPending && <Skeleton className='h-12' />}
        {changes.error && (
          <FailureCard
            error={changes.error}
            onRetry={() => void changes.refetch()}
            className='py-4'
          />
        )}
        {changes.data?.length === 0 && <p className='text-sm text-ink-soft'>None since the first check.</p>}
        <ul className='grid gap-2 text-sm'>
          {changes.data?.map((change) => <Change key={change.id} change={change} />)}
        </ul>
      </section>
    </Dialog>
  );
}

function Check({ kind, check }: { kind: typeof recordKinds[number]; check: DomainCheck | undefined }) {
  const { label, tone } = verdicts[check?.verdict ?? 'unchecked'];
  return (
    <li className='grid gap-1.5 rounded-xl border border-line p-3 text-sm'>
      <span className='flex flex-wrap items-center gap-2'>
        <span className='font-medium'>{kindNames[kind]}</span>
        <Badge tone={tone}>{label}</Badge>
        <span className='text-xs text-ink-soft'>{kindPurposes[kind]}</span>
      </span>
      {check && <p>{check.sentence}</p>}
      {check?.advice && (
        <p>
          <span className='font-medium'>What to do:</span> {check.advice}
        </p>
      )}
      {check?.records.map((record, index) => <Record key={index} text={record} />)}
    </li>
  );
}

function Change({ change }: { change: DomainChange }) {
  return (
    <li className='grid gap-1'>
      <span>
        <Moment at={change.changed_at} /> · {kindNames[change.kind as keyof typeof kindNames]}
      </span>
      <Record text={change.records_before.join(' ') || 'no record'} label='Before' />
      <Record text={change.records.join(' ') || 'no record'} label='Since' />
    </li>
  );
}

/** A record as it is in DNS; a stranger may have written it. */
function Record({ text, label }: { text: string; label?: string }) {
  return (
    <code className='block rounded-lg bg-raised px-2 py-1 text-xs break-all'>
      {label && <span className='font-sans text-ink-soft'>{label}:{' '}</span>}
      {text}
    </code>
  );
}
