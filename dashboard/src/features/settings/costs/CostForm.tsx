import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { campaignNamesQuery } from '../../../data/campaigns.ts';
import { type CostKind, costKinds, recordCost } from '../../../data/costs.ts';
import { dayIn } from '../../../data/range.ts';
import { type ClientSettings } from '../../../data/client-settings.ts';
import { ActionFailure } from '../../../shared/ActionFailure.tsx';
import { formatMoney, parseAmount } from '../../../shared/money.ts';
import { Button } from '../../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../../ui/card.tsx';
import { Field, Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { toast } from '../../../ui/toast.tsx';

/** Enters what was spent for a client. */
export function CostForm({ client }: { client: ClientSettings }) {
  const id = useId();
  const queryClient = useQueryClient();
  const campaigns = useQuery(campaignNamesQuery(client.id));
  const today = dayIn(client.time_zone, new Date());
  const [campaignId, setCampaignId] = useState('');
  const [kind, setKind] = useState<CostKind>('verification');
  const [amountText, setAmountText] = useState('');
  const [currency, setCurrency] = useState(client.currency);
  const [spentOn, setSpentOn] = useState(today);
  const [note, setNote] = useState('');
  const [wasSubmitted, setSubmitted] = useState(false);
  const amount = parseAmount(amountText);
  const hasCurrency = /^[A-Z]{3}$/.test(currency);
  const record = useMutation({
    mutationFn: (entered: number) =>
      recordCost({
        clientId: client.id,
        campaignId: campaignId || undefined,
        kind,
        amount: entered,
        currency,
        spentOn,
        note,
      }),
    onSuccess: async (_, entered) => {
      toast(`${formatMoney(entered, currency)} for ${costKinds[kind].toLowerCase()} added`);
      setAmountText('');
      setNote('');
      setSubmitted(false);
      await queryClient.invalidateQueries({ queryKey: ['costs'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSubmitted(true);
    if (amount !== undefined && hasCurrency && spentOn) record.mutate(amount);
  };
  return (
    <Card aria-labelledby={id}>
      <CardHeader id={id} title='Enter a cost' hint={`Money spent for ${client.name}`} />
      <CardBody>
        <form noValidate onSubmit={submit} className='grid gap-4 sm:grid-cols-2 lg:grid-cols-4'>
          <Field label='Category' htmlFor={`${id}-kind`}>
            <Select
              id={`${id}-kind`}
              value={kind}
              onValueChange={setKind}
              choices={Object.entries(costKinds).map(([value, label]) => ({
                value: value as CostKind,
                label,
              }))}
            />
          </Field>
          <Field
            label='Amount'
            htmlFor={`${id}-amount`}
            error={wasSubmitted && amount === undefined
              ? 'Enter an amount above zero, such as 12.50.'
              : undefined}
          >
            <div className='flex gap-2'>
              <Input
                id={`${id}-amount`}
                inputMode='decimal'
                placeholder='0.00'
                value={amountText}
                aria-invalid={wasSubmitted && amount === undefined}
                onChange={(event) => setAmountText(event.target.value)}
              />
              <Input
                aria-label='Currency'
                className='w-20'
                maxLength={3}
                value={currency}
                aria-invalid={!hasCurrency}
                onChange={(event) => setCurrency(event.target.value.toUpperCase())}
              />
            </div>
          </Field>
          <Field label='Date' htmlFor={`${id}-day`}>
            <Input
              id={`${id}-day`}
              type='date'
              value={spentOn}
              max={today}
              onChange={(event) => setSpentOn(event.target.value)}
            />
          </Field>
          <Field label='Campaign' htmlFor={`${id}-campaign`}>
            <Select
              id={`${id}-campaign`}
              value={campaignId}
              onValueChange={setCampaignId}
              choices={[
                { value: '', label: 'No campaign' },
                ...(campaigns.data ?? []).map((entry) => ({ value: entry.id, label: entry.name })),
              ]}
            />
          </Field>
          <div className='sm:col-span-2 lg:col-span-3'>
            <Field label='Note' htmlFor={`${id}-note`}>
              <Input
                id={`${id}-note`}
                placeholder='2,500 addresses'
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            </Field>
          </div>
          <div className='flex items-end'>
            <Button variant='primary' type='submit' className='w-full' disabled={record.isPending}>
              {record.isPending ? 'Saving …' : 'Enter cost'}
            </Button>
          </div>
          {record.error && (
            <div className='sm:col-span-2 lg:col-span-4'>
              <ActionFailure error={record.error} />
            </div>
          )}
        </form>
      </CardBody>
    </Card>
  );
}
