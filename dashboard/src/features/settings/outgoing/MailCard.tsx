import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { membersQuery } from '../../../data/members.ts';
import {
  type MailSettings,
  mailSettingsQuery,
  saveMailSettings,
  testMail,
} from '../../../data/notifications.ts';
import { useSession } from '../../../data/session.ts';
import { ActionFailure } from '../../../shared/ActionFailure.tsx';
import { FailureCard } from '../../../shared/StateCard.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../../ui/card.tsx';
import { Field, Input } from '../../../ui/input.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toast } from '../../../ui/toast.tsx';

/** Who sends notifications by email, and through which service. */
export function MailCard() {
  const settings = useQuery(mailSettingsQuery);
  return (
    <Card className='max-w-3xl'>
      <CardHeader
        title='Notifications by email'
        hint='Sent through Resend, or a service with the same API. Invitations and passwords keep their own mail server.'
      />
      <CardBody>
        {settings.data !== undefined
          ? <MailForm key={JSON.stringify(settings.data)} saved={settings.data} />
          : settings.error
          ? <FailureCard error={settings.error} onRetry={() => void settings.refetch()} />
          : <Skeleton className='h-40' />}
      </CardBody>
    </Card>
  );
}

function MailForm({ saved }: { saved: MailSettings | null }) {
  const form = useId();
  const queryClient = useQueryClient();
  const ownId = useSession()?.userId;
  const members = useQuery(membersQuery);
  const ownEmail = members.data?.find((row) => row.user_id === ownId)?.email;
  const [sender, setSender] = useState(saved?.sender_address ?? '');
  const [baseUrl, setBaseUrl] = useState(saved?.base_url ?? 'https://api.resend.com');
  const [key, setKey] = useState('');
  const save = useMutation({
    mutationFn: () =>
      saveMailSettings({ senderAddress: sender.trim(), baseUrl: baseUrl.trim(), apiKey: key.trim() }),
    onSuccess: (next) => {
      queryClient.setQueryData(mailSettingsQuery.queryKey, next);
      toast('Saved. Each person chooses in Settings → Email what they get.');
    },
  });
  const test = useMutation({
    mutationFn: () => testMail(ownEmail ?? ''),
    onSuccess: ({ to, sent, error }) =>
      sent ? toast(`Sent a test to ${to}`) : toast(error ?? 'The test was not sent', 'bad'),
  });
  const isReady = /^\S+@\S+$/.test(sender.trim()) && baseUrl.trim() !== '' &&
    (saved !== null || key.trim() !== '');
  return (
    <form
      className='grid gap-4'
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !save.isPending) save.mutate();
      }}
    >
      <div className='grid items-start gap-4 sm:grid-cols-2'>
        <Field
          label='Sender address'
          htmlFor={`${form}-sender`}
          hint='Of a domain that the service has verified.'
        >
          <Input
            id={`${form}-sender`}
            type='email'
            autoComplete='off'
            value={sender}
            onChange={(event) => setSender(event.target.value)}
          />
        </Field>
        <Field label='Address of the API' htmlFor={`${form}-base`}>
          <Input
            id={`${form}-base`}
            type='url'
            value={baseUrl}
            onChange={(event) => setBaseUrl(event.target.value)}
          />
        </Field>
        <Field
          label='API key'
          htmlFor={`${form}-key`}
          hint={saved
            ? `A key that ends in ${saved.key_last4} is saved. Leave empty to keep it.`
            : 'It is encrypted before it is stored and cannot be read again.'}
        >
          <Input
            id={`${form}-key`}
            type='password'
            autoComplete='off'
            data-1p-ignore
            data-lpignore='true'
            className='font-mono'
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        </Field>
      </div>
      {(save.error ?? test.error) && <ActionFailure error={save.error ?? test.error} />}
      <span className='flex flex-wrap gap-2'>
        <Button variant='primary' type='submit' disabled={!isReady || save.isPending}>
          {save.isPending ? 'Saving …' : 'Save sender'}
        </Button>
        {saved && ownEmail && (
          <Button disabled={test.isPending} onClick={() => test.mutate()}>
            {test.isPending ? 'Sending …' : 'Send me a test'}
          </Button>
        )}
      </span>
    </form>
  );
}
