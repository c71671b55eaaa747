import { X } from 'lucide-react';
import { useId, useState } from 'react';
import type { RecipientInput, ReportSettings } from '../../data/client-reports.ts';
import { Button } from '../../ui/button.tsx';
import { Input } from '../../ui/input.tsx';
import { Moment, toTheDay } from '../../shared/moments.tsx';

const maxRecipients = 20;

/** People of the client to tick, and addresses of anybody else. */
export function RecipientsField({ saved, recipients, onChange, problem }: {
  saved: ReportSettings;
  recipients: RecipientInput[];
  onChange: (recipients: RecipientInput[]) => void;
  problem: string | undefined;
}) {
  const id = useId();
  const [address, setAddress] = useState('');
  const typed = address.trim().toLowerCase();
  const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed);
  const others = recipients.flatMap((one) => 'email' in one ? [one.email] : []);
  const stoppedAt = (match: RecipientInput) =>
    saved.recipients.find((one) =>
      'user_id' in match ? one.user_id === match.user_id : one.user_id === null && one.email === match.email
    )?.stopped_at;
  const isTicked = (userId: string) => recipients.some((one) => 'user_id' in one && one.user_id === userId);
  const add = () => {
    if (!isAddress || recipients.length >= maxRecipients) return;
    if (!others.includes(typed)) onChange([...recipients, { email: typed }]);
    setAddress('');
  };
  return (
    <fieldset className='grid gap-2'>
      <legend className='mb-2 text-sm font-medium'>Recipients</legend>
      {saved.people.map(({ user_id, email }) => (
        <label key={user_id} className='flex items-start gap-2.5 text-sm'>
          <input
            type='checkbox'
            className='mt-0.5 size-4 shrink-0 accent-brand'
            checked={isTicked(user_id)}
            onChange={(event) =>
              onChange(
                event.target.checked
                  ? [...recipients, { user_id }]
                  : recipients.filter((one) =>
                    !('user_id' in one && one.user_id === user_id)
                  ),
              )}
          />
          <span className='min-w-0 break-all'>
            {email ?? 'A person without an address'}
            <Stopped at={isTicked(user_id) ? stoppedAt({ user_id }) : undefined} />
          </span>
        </label>
      ))}
      {others.map((email) => (
        <div
          key={email}
          className='flex items-center justify-between gap-2 rounded-lg bg-raised py-1 pr-1 pl-3 text-sm'
        >
          <span className='min-w-0 break-all'>
            {email}
            <Stopped at={stoppedAt({ email })} />
          </span>
          <Button
            variant='ghost'
            size='icon'
            aria-label={`Remove ${email}`}
            onClick={() => onChange(recipients.filter((one) => !('email' in one && one.email === email)))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <div className='flex gap-2'>
        <Input
          id={id}
          type='email'
          aria-label='Another email address'
          placeholder='Another email address'
          autoComplete='off'
          value={address}
          onChange={(event) => setAddress(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <Button onClick={add} disabled={!isAddress || recipients.length >= maxRecipients}>Add</Button>
      </div>
      {problem && <p className='text-sm text-bad'>{problem}</p>}
    </fieldset>
  );
}

/** Who ended the reports gets none, whatever is ticked. */
function Stopped({ at }: { at: string | null | undefined }) {
  return at
    ? (
      <span className='block text-xs text-warm-ink'>
        Unsubscribed on <Moment at={at} as={toTheDay} />; gets none
      </span>
    )
    : null;
}
