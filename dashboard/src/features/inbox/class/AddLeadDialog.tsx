import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { importOneLead } from '../../../data/one-lead.ts';
import type { ImportOutcome } from '../../../data/imports.ts';
import type { Message } from '../../../data/messages.ts';
import { ActionDialog, CheckField } from '../../../shared/ActionDialog.tsx';
import { Field, Input } from '../../../ui/input.tsx';
import { toast } from '../../../ui/toast.tsx';
import type { Referred } from './referred.ts';

const refusals: Partial<Record<ImportOutcome, string>> = {
  in_campaign: 'this campaign has the address already',
  in_other_campaign: 'another campaign of the client has the address',
  suppressed: 'this person must not be emailed',
  no_address: 'there is no address',
  not_an_address: 'this is no address',
};

/** Brings the person whom a reply names into its campaign, through the same door as a list: its checks apply. */
export function AddLeadDialog({ message, referred, onClose }: {
  message: Message;
  referred: Referred | undefined;
  onClose: () => void;
}) {
  const id = useId();
  const client = useQueryClient();
  const [email, setEmail] = useState(referred?.email ?? '');
  const [firstName, setFirstName] = useState(referred?.first_name ?? '');
  const [lastName, setLastName] = useState(referred?.last_name ?? '');
  const [isVerified, setVerified] = useState(false);
  const add = useMutation({
    mutationFn: () =>
      importOneLead({
        campaignId: message.campaign_id,
        email: email.trim(),
        firstName: firstName.trim(),
        lastName: lastName.trim(),
        company: message.business_name ?? message.company_name ?? '',
        isVerified,
        source: `Named by ${message.written_by ?? message.email}`,
      }),
    onSuccess: ({ outcome }) => {
      for (const root of ['leads', 'imports']) void client.invalidateQueries({ queryKey: [root] });
      if (outcome !== 'imported') return;
      toast(
        isVerified ? `${email.trim()} is added` : `${email.trim()} is added, and sent once it is verified`,
        'good',
      );
      onClose();
    },
  });
  return (
    <ActionDialog
      title='Add as lead'
      description={`To the campaign “${message.campaign_name}”. The usual checks of an import apply; the next export sends it.`}
      action='Add lead'
      busy='Adding …'
      isReady={/^\S+@\S+\.\S+$/.test(email.trim())}
      mutation={add}
      onSubmit={() => add.mutate()}
      onClose={onClose}
    >
      <Field label='Email address' htmlFor={`${id}-email`}>
        <Input
          id={`${id}-email`}
          type='email'
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <div className='grid grid-cols-2 gap-3'>
        <Field label='First name' htmlFor={`${id}-first`}>
          <Input
            id={`${id}-first`}
            value={firstName}
            onChange={(event) => setFirstName(event.target.value)}
          />
        </Field>
        <Field label='Last name' htmlFor={`${id}-last`}>
          <Input id={`${id}-last`} value={lastName} onChange={(event) => setLastName(event.target.value)} />
        </Field>
      </div>
      <CheckField
        label='This address is verified'
        hint='Only verified addresses are sent. Your confirmation is recorded.'
        isChecked={isVerified}
        onChange={setVerified}
      />
      {add.data && add.data.outcome !== 'imported' && (
        <p role='alert' className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>
          Not added: {refusals[add.data.outcome] ?? 'the address was not taken'}.
        </p>
      )}
    </ActionDialog>
  );
}
