import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createReportLink } from '../../data/report-links.ts';
import { ActionFailure } from '../../shared/ActionFailure.tsx';
import { CopyField } from '../../shared/CopyField.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import { LinkList } from './LinkList.tsx';

const lives = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
] as const;

/** Share links of a report: make one, see what became of the others, revoke. */
export function ShareDialog({ reportId, onClose }: { reportId: string; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [label, setLabel] = useState('');
  const [days, setDays] = useState<typeof lives[number]['value']>('30');
  const [password, setPassword] = useState('');
  const create = useMutation({
    mutationFn: () => createReportLink(reportId, { label, days: Number(days), password }),
    onSuccess: () => {
      setLabel('');
      setPassword('');
      return queryClient.invalidateQueries({ queryKey: ['report-links', reportId] });
    },
  });
  const isWeak = password !== '' && password.length < 8;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title='Share this report'
      description='Anyone with a link can read this report without signing in, as it is now, and nothing else.'
    >
      <form
        className='grid gap-4'
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWeak && !create.isPending) create.mutate();
        }}
      >
        <div className='grid gap-4 sm:grid-cols-2'>
          <Field label='For whom (optional)' htmlFor='link-label'>
            <Input
              id='link-label'
              maxLength={100}
              placeholder='The board'
              value={label}
              onChange={(event) => setLabel(event.target.value)}
            />
          </Field>
          <Field label='Works for' htmlFor='link-days'>
            <Select id='link-days' className='w-full' value={days} onValueChange={setDays} choices={lives} />
          </Field>
        </div>
        <Field
          label='Password (optional)'
          htmlFor='link-password'
          hint='At least 8 characters. Send it another way than the link.'
          error={isWeak ? 'Use at least 8 characters, or none.' : undefined}
        >
          <Input
            id='link-password'
            // Readable, because it is to be passed on; and no browser offers to keep it as the operator's own.
            type='text'
            autoComplete='off'
            spellCheck={false}
            maxLength={72}
            value={password}
            aria-invalid={isWeak}
            aria-describedby={isWeak ? 'link-password-error' : undefined}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        {create.error && <ActionFailure error={create.error} />}
        <Button variant='primary' type='submit' disabled={isWeak || create.isPending}>
          {create.isPending ? 'Creating …' : 'Create link'}
        </Button>
      </form>
      {create.data && <NewLink key={create.data} address={create.data} />}
      <LinkList reportId={reportId} />
    </Dialog>
  );
}

/** The address, which is shown this once. */
function NewLink({ address }: { address: string }) {
  return (
    <div className='grid gap-2 rounded-lg bg-good-wash p-3'>
      <p role='status' className='text-sm text-good'>
        The link is ready. Copy it now: it is not shown again.
      </p>
      <CopyField label='Link' value={address} />
    </div>
  );
}
