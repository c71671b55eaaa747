import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { clientLogoQuery } from '../../data/client-logo.ts';
import { changeClient, type ClientSettings, createClient } from '../../data/client-settings.ts';
import { ActionDialog, CheckField } from '../../shared/ActionDialog.tsx';
import { formatTimeZone, timeZoneNames } from '../../shared/time-zone.tsx';
import { parseAmount } from '../../shared/money.ts';
import { Field, Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import { toast } from '../../ui/toast.tsx';
import { LogoField } from './LogoField.tsx';

/** The browser's own zone first, because most clients are in the agency's country. */
function timeZones(current: string): { value: string; label: string }[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const names = [current, own, 'UTC', ...timeZoneNames()];
  return [...new Set(names)].map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}

/** Makes a client, or changes one. */
export function ClientDialog({ client, onClose }: {
  /** Absent = a new one. */
  client?: ClientSettings;
  onClose: () => void;
}) {
  const form = useId();
  const queryClient = useQueryClient();
  const [name, setName] = useState(client?.name ?? '');
  const [timeZone, setTimeZone] = useState(
    client?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const [zones] = useState(() => timeZones(timeZone));
  const [maySeeCosts, setMaySeeCosts] = useState(client?.may_see_costs ?? false);
  const [maySeeConnection, setMaySeeConnection] = useState(client?.may_see_connection ?? false);
  const [mustApprove, setMustApprove] = useState(client?.approval_required ?? false);
  const [value, setValue] = useState(client?.positive_reply_value?.toFixed(2) ?? '');
  const [currency, setCurrency] = useState(client?.currency ?? 'EUR');
  const amount = value.trim() === '' ? null : parseAmount(value);
  const hasCurrency = /^[A-Z]{3}$/.test(currency);
  const save = useMutation({
    mutationFn: async () => {
      const settings = {
        name: name.trim(),
        time_zone: timeZone,
        may_see_costs: maySeeCosts,
        may_see_connection: maySeeConnection,
        approval_required: mustApprove,
        positive_reply_value: amount ?? null,
        currency,
      };
      if (client) await changeClient(client.id, settings);
      else await createClient(settings);
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      toast(client ? `Saved ${name.trim()}` : `${name.trim()} is ready`);
      onClose();
    },
  });
  return (
    <ActionDialog
      title={client ? client.name : 'New client'}
      description={client ? 'The client sees changes immediately.' : undefined}
      action={client ? 'Save client' : 'Create client'}
      busy='Saving …'
      isReady={name.trim() !== '' && amount !== undefined && hasCurrency}
      mutation={save}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Field label='Name' htmlFor={`${form}-name`}>
        <Input
          id={`${form}-name`}
          value={name}
          maxLength={120}
          autoComplete='off'
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field
        label='Time zone'
        htmlFor={`${form}-zone`}
        hint={`Now ${
          formatTimeZone(timeZone)
        }. Its days begin at midnight there; after a change they are recounted within minutes.`}
      >
        <Select
          id={`${form}-zone`}
          choices={zones}
          value={timeZone}
          onValueChange={setTimeZone}
          className='w-full'
        />
      </Field>
      <div className='grid items-start gap-4 sm:grid-cols-[1fr_8rem]'>
        <Field
          label='Value of a positive reply'
          htmlFor={`${form}-value`}
          hint='Leave empty if unknown.'
          error={amount === undefined ? 'Enter an amount such as 250 or 99.50.' : undefined}
        >
          <Input
            id={`${form}-value`}
            inputMode='decimal'
            value={value}
            aria-invalid={amount === undefined}
            onChange={(event) => setValue(event.target.value)}
          />
        </Field>
        <Field
          label='Currency'
          htmlFor={`${form}-currency`}
          error={hasCurrency ? undefined : 'Enter three letters, such as EUR.'}
        >
          <Input
            id={`${form}-currency`}
            value={currency}
            maxLength={3}
            aria-invalid={!hasCurrency}
            onChange={(event) => setCurrency(event.target.value.toUpperCase())}
          />
        </Field>
      </div>
      <CheckField
        label='The client may see costs'
        hint='Money spent, cost per reply and return.'
        isChecked={maySeeCosts}
        onChange={setMaySeeCosts}
      />
      <CheckField
        label='The client may see and manage its connection'
        hint='The provider, the last characters of the key and the webhook. The client can save, pause and remove the connection. Shared workspaces stay hidden.'
        isChecked={maySeeConnection}
        onChange={setMaySeeConnection}
      />
      <CheckField
        label='The client approves leads and copy before an export'
        hint='A campaign is exported only after somebody of the client has approved it as it is.'
        isChecked={mustApprove}
        onChange={setMustApprove}
      />
      {client && <ClientLogo client={client} />}
    </ActionDialog>
  );
}

function ClientLogo({ client }: { client: ClientSettings }) {
  const queryClient = useQueryClient();
  const logo = useQuery(clientLogoQuery(client.id));
  return (
    <LogoField
      logo={logo.data ?? null}
      clientId={client.id}
      hint='Shown beside the client’s name on its pages and on paper.'
      onSaved={() => queryClient.invalidateQueries({ queryKey: clientLogoQuery(client.id).queryKey })}
    />
  );
}
