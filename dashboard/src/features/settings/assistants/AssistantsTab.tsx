import { useMutation } from '@tanstack/react-query';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { assistantUrl, newAccess } from '../../../data/access.ts';
import { readAgency } from '../../../data/agency.ts';
import { useSession } from '../../../data/session.ts';
import { ActionFailure } from '../../../shared/ActionFailure.tsx';
import { inZone, timeOfDay, useZone } from '../../../shared/moments.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../../ui/card.tsx';
import { Select } from '../../../ui/select.tsx';
import { serverName, setup, setupChoices, type SetupId } from './setups.ts';

/** Lets an assistant read what the signed-in person may read: what to copy, and where to put it. */
export function AssistantsTab({ maySeeCosts }: { maySeeCosts: boolean }) {
  const zone = useZone();
  const session = useSession();
  const [chosen, setChosen] = useState<SetupId>('claude-code');
  const { where, text } = setup(chosen);
  const write = (token: string) => text(serverName(readAgency().name), assistantUrl(), token);
  const copy = useMutation({
    mutationFn: async () => {
      const access = await newAccess();
      await navigator.clipboard.writeText(write(access.token));
      return { id: chosen, endsAt: access.endsAt };
    },
  });
  const copied = copy.data?.id === chosen ? copy.data : undefined;
  return (
    <Card aria-labelledby='assistants' className='max-w-3xl'>
      <CardHeader
        id='assistants'
        title='Ask your numbers'
        hint={`An assistant such as Claude or Cursor answers questions about ${
          maySeeCosts ? 'campaigns, replies and costs' : 'campaigns and replies'
        }.`}
      />
      <CardBody className='grid gap-5'>
        <p className='text-sm text-ink-soft'>
          {session?.role === 'operator'
            ? 'It reads what you read here, of all clients, and changes nothing.'
            : 'It reads what you read here, of your company alone, and changes nothing.'}{' '}
          What it reads goes to the company that runs the assistant.
        </p>
        <div className='grid gap-2'>
          <Select
            aria-label='Assistant'
            className='justify-self-start'
            choices={setupChoices}
            value={chosen}
            onValueChange={setChosen}
          />
          <p className='text-sm'>{where}</p>
          <pre
            tabIndex={0}
            aria-label='Setup'
            className='overflow-x-auto rounded-lg bg-raised/60 p-4 font-mono text-xs leading-relaxed whitespace-pre-wrap wrap-anywhere'
          >
            {write('••••••••')}
          </pre>
        </div>
        {copy.error && <ActionFailure error={copy.error} />}
        <div className='flex flex-wrap items-center gap-3'>
          <Button variant='primary' disabled={copy.isPending} onClick={() => copy.mutate()}>
            {copied ? <Check aria-hidden className='size-4' /> : <Copy aria-hidden className='size-4' />}
            {copied ? 'Copied' : 'Copy with your access'}
          </Button>
          <p role='status' className='text-sm text-ink-soft'>
            {copied
              ? `It works until ${timeOf(copied.endsAt, zone)}; copy it again after that.`
              : 'It works for an hour.'}{' '}
            Until then, a person who has it can do what you can do: share it with no one.
          </p>
        </div>
      </CardBody>
    </Card>
  );
}

/** By the clock of the page. */
const timeOf = (at: number, zone: string): string => inZone(new Date(at), zone, timeOfDay);
