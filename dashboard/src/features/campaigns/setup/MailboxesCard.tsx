import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { type CampaignSettings, mailboxesQuery } from '../../../data/campaign-setup.ts';
import { formatCount, formatRate, plural } from '../../../shared/format.ts';
import { FailureCard, StateCard } from '../../../shared/StateCard.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../../ui/card.tsx';
import { cn } from '../../../ui/class-names.ts';
import { Field, Input } from '../../../ui/input.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';

/** Which mailboxes send, with their health and what they have left today, and the daily limit. */
export function MailboxesCard({ settings, onChange, connectionId, provider, isLocked }: {
  settings: CampaignSettings;
  onChange: (change: Partial<CampaignSettings>) => void;
  connectionId: string | null;
  provider: 'instantly' | 'smartlead' | null;
  isLocked: boolean;
}) {
  const id = useId();
  const mailboxes = useQuery({ ...mailboxesQuery(connectionId ?? ''), enabled: connectionId !== null });
  const rows = mailboxes.data ?? [];
  const tags = [...new Set([...rows.flatMap((row) => row.tags ?? []), ...settings.sending_account_tags])]
    .sort();
  const isChosen = (email: string, own: readonly string[]) =>
    settings.sending_accounts.includes(email) ||
    own.some((tag) => settings.sending_account_tags.includes(tag));
  const chosen = rows.filter((row) => isChosen(row.email ?? '', row.tags ?? []));
  const free = chosen.filter((row) => row.status === 'active').reduce(
    (sum, row) => sum + Math.max(0, (row.daily_limit ?? 0) - (row.sent_today ?? 0)),
    0,
  );
  const toggle = (list: readonly string[], value: string) =>
    list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
  return (
    <Card>
      <CardHeader
        title='Mailboxes and limit'
        hint={chosen.length === 0
          ? 'None chosen: a workspace of its own sends from all its mailboxes, a shared one from none.'
          : `${plural(chosen.length, 'mailbox', 'mailboxes')} chosen, ${
            formatCount(free)
          } emails left today.`}
      >
        {!isLocked && rows.length > 0 && (
          <Button
            size='small'
            onClick={() =>
              onChange({
                sending_accounts: settings.sending_accounts.length === 0
                  ? rows.filter((row) => row.status === 'active' && !row.is_bouncing).map((row) =>
                    row.email ?? ''
                  )
                  : [],
              })}
          >
            {settings.sending_accounts.length === 0 ? 'Choose all healthy ones' : 'Choose none'}
          </Button>
        )}
      </CardHeader>
      <CardBody className='grid gap-4'>
        {mailboxes.isLoading && <Skeleton className='h-32' />}
        {mailboxes.error && (
          <FailureCard
            error={mailboxes.error}
            onRetry={() => void mailboxes.refetch()}
            className='py-4'
          />
        )}
        {mailboxes.data && rows.length === 0 && (
          <StateCard
            kind='empty'
            className='py-6'
            title='No mailboxes known yet'
            advice='The mailboxes of a new connection appear here by themselves, within a minute. Otherwise sync it in the settings.'
          />
        )}
        {tags.length > 0 && (
          <fieldset disabled={isLocked} className='flex flex-wrap items-center gap-1.5'>
            <legend className='mb-2 text-sm font-medium'>By tag at the provider</legend>
            {tags.map((tag) => {
              const isOn = settings.sending_account_tags.includes(tag);
              return (
                <button
                  key={tag}
                  type='button'
                  aria-pressed={isOn}
                  className={cn(
                    'h-8 rounded-full border px-3 text-sm disabled:opacity-60',
                    isOn
                      ? 'border-brand bg-brand-wash text-brand'
                      : 'border-line text-ink-soft hover:bg-raised',
                  )}
                  onClick={() =>
                    onChange({ sending_account_tags: toggle(settings.sending_account_tags, tag).sort() })}
                >
                  {tag}
                </button>
              );
            })}
          </fieldset>
        )}
        {rows.length > 0 && (
          <ul className='grid max-h-96 gap-px overflow-y-auto rounded-lg border border-line'>
            {rows.map((row) => {
              const email = row.email ?? '';
              const byTag = (row.tags ?? []).some((tag) => settings.sending_account_tags.includes(tag));
              return (
                <li key={row.account_id} className='border-b border-line last:border-0'>
                  <label className='flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2.5 text-sm'>
                    <input
                      type='checkbox'
                      className='size-4 accent-brand'
                      disabled={isLocked || byTag}
                      checked={isChosen(email, row.tags ?? [])}
                      onChange={() =>
                        onChange({ sending_accounts: toggle(settings.sending_accounts, email) })}
                    />
                    <span className='min-w-0 grow wrap-anywhere'>{email}</span>
                    {row.status !== 'active' && (
                      <Badge tone='bad' title={row.status_reason ?? undefined}>
                        {row.status === 'paused'
                          ? 'Paused'
                          : row.status === 'suspended'
                          ? 'Suspended'
                          : 'Error'}
                      </Badge>
                    )}
                    {row.is_bouncing && <Badge tone='warm'>{formatRate(row.bounce_rate)} bounces</Badge>}
                    {row.warmup_score !== null && (
                      <span className='text-xs text-ink-soft'>Warm-up {formatCount(row.warmup_score)}</span>
                    )}
                    <span className='w-32 text-right text-xs text-ink-soft'>
                      {row.daily_limit === null
                        ? 'no limit known'
                        : `${formatCount(Math.max(0, row.daily_limit - (row.sent_today ?? 0)))} of ${
                          formatCount(row.daily_limit)
                        } left`}
                    </span>
                  </label>
                </li>
              );
            })}
          </ul>
        )}
        <div className='max-w-xs'>
          <Field
            label={provider === 'smartlead' ? 'New leads a day' : 'Emails a day'}
            htmlFor={`${id}-limit`}
            hint={provider === 'smartlead'
              ? 'Smartlead limits new leads; follow-ups come on top. Empty: 100.'
              : 'Follow-ups count too. Empty: what the mailboxes can send.'}
          >
            <Input
              id={`${id}-limit`}
              type='number'
              min={1}
              disabled={isLocked}
              value={settings.daily_limit ?? ''}
              onChange={(event) =>
                onChange({
                  daily_limit: event.target.value === ''
                    ? null
                    : Math.max(1, Math.trunc(Number(event.target.value))),
                })}
            />
          </Field>
        </div>
      </CardBody>
    </Card>
  );
}
