import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { clientNamesQuery } from '../../../data/clients.ts';
import {
  changeCrm,
  connectCrm,
  type CrmConnection,
  type CrmSettings,
  lookWithToken,
  type Offer,
  offerQuery,
} from '../../../data/crm.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toast } from '../../../ui/toast.tsx';
import { ActionStatus } from '../connections/ActionStatus.tsx';
import { CrmFailure } from './CrmFailure.tsx';
import { isWholly, keepWhatIsThere, savedSettings, suggestSettings, whatIsMissing } from './crm-text.ts';
import { SettingsFields } from './SettingsFields.tsx';
import { MissingScopes, TokenField } from './TokenField.tsx';

const agency = 'agency';

/** Connects an account, gives one another token, or changes its settings: first the token, then what it opens. */
export function SetupDialog({ connection, isNewToken = false, taken, clientId, onNewToken, onClose }: {
  /** Without one a new account is connected. */
  connection?: CrmConnection;
  isNewToken?: boolean;
  /** Owners that have an account already; null = the agency. */
  taken: readonly (string | null)[];
  clientId: string | undefined;
  /** The saved token does not work; another one may. */
  onNewToken?: () => void;
  onClose: () => void;
}) {
  const form = useId();
  const queryClient = useQueryClient();
  const clients = useQuery({ ...clientNamesQuery, enabled: !connection });
  const owners = [
    ...(taken.includes(null) ? [] : [{ value: agency, label: 'All clients (the agency)' }]),
    ...(clients.data ?? []).filter(({ id }) => !taken.includes(id)).map(({ id, name }) => ({
      value: id,
      label: name,
    })),
  ];
  const [chosenOwner, setOwner] = useState(
    clientId && !taken.includes(clientId) ? clientId : taken.includes(null) ? '' : agency,
  );
  const owner = owners.some(({ value }) => value === chosenOwner) ? chosenOwner : owners[0]?.value ?? '';
  const asksToken = !connection || isNewToken;
  const [token, setToken] = useState('');
  const [looked, setLooked] = useState<Offer>();
  const [edited, setEdited] = useState<CrmSettings>();
  const saved = useQuery({ ...offerQuery(connection?.id ?? ''), enabled: !asksToken });
  const offer = asksToken ? looked : saved.data;
  const scopes = offer?.account.missingScopes ?? [];
  const before = connection && savedSettings(connection);
  const settings = edited ??
    (offer && (before ? keepWhatIsThere(before, offer) : suggestSettings(offer)));
  const missing = settings && whatIsMissing(settings);

  const save = useMutation({
    mutationFn: async (wanted: CrmSettings) => {
      if (connection) await changeCrm(connection.id, wanted, asksToken ? token.trim() : undefined);
      else await connectCrm(owner === agency ? null : owner, token.trim(), wanted);
    },
    gcTime: 0,
    onSuccess: async () => {
      setToken('');
      await queryClient.invalidateQueries({ queryKey: ['crm'] });
      toast(
        !connection
          ? 'HubSpot is connected'
          : asksToken
          ? 'Saved the token. What waited is sent now.'
          : 'Saved. It holds from the next push on.',
      );
      onClose();
    },
  });
  const look = useMutation({
    mutationFn: () => lookWithToken(token.trim()),
    gcTime: 0,
    onSuccess: (found) => {
      setLooked(found);
      setEdited(undefined);
      save.reset();
      const isSame = connection?.account_id === found.account.id && !found.account.missingScopes?.length;
      // A new token of the same account needs no more questions.
      if (isSame && before && isWholly(before, found)) save.mutate(before);
    },
  });
  const isForm = settings !== undefined && scopes.length === 0 &&
    !(asksToken && before && save.isPending && !edited);
  const isBusy = look.isPending || save.isPending;
  const isReady = isForm
    ? missing === undefined && (connection !== undefined || owner !== '')
    : token.trim().length >= 8;
  const title = !connection ? 'Connect HubSpot' : isNewToken ? 'New token for HubSpot' : 'Change HubSpot';

  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={title}
      description={isForm
        ? undefined
        : asksToken
        ? 'The token is tried first. Nothing is saved before you have seen what it opens.'
        : undefined}
      className='sm:max-w-2xl'
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {(asksToken || isForm) && (
            <Button variant='primary' type='submit' form={form} disabled={!isReady || isBusy}>
              {look.isPending
                ? 'Checking …'
                : save.isPending
                ? 'Saving …'
                : !isForm
                ? 'Check token'
                : connection
                ? 'Save'
                : 'Connect'}
            </Button>
          )}
        </>
      }
    >
      <form
        id={form}
        className='grid min-w-0 gap-5'
        onSubmit={(event) => {
          event.preventDefault();
          if (!isReady || isBusy) return;
          if (isForm && settings) save.mutate(settings);
          else look.mutate();
        }}
      >
        {!asksToken && !saved.data && saved.isFetching && (
          <div role='status' aria-busy aria-label='Asking HubSpot' className='grid gap-3'>
            <Skeleton className='h-24 w-full' />
            <Skeleton className='h-40 w-full' />
          </div>
        )}
        {!asksToken && saved.error && !saved.isFetching && (
          <CrmFailure error={saved.error}>
            <span className='mt-2 flex flex-wrap gap-2'>
              <Button size='small' onClick={() => void saved.refetch()}>Try again</Button>
              <Button size='small' onClick={onNewToken}>Enter a new token</Button>
            </span>
          </CrmFailure>
        )}
        {asksToken && !isForm && (
          <TokenField value={token} onChange={setToken} hasError={look.isError || scopes.length > 0} />
        )}
        {look.error && !isForm ? <CrmFailure error={look.error} /> : null}
        {scopes.length > 0 && !look.isPending && <MissingScopes scopes={scopes} />}
        {isForm && offer && settings && (
          <>
            <Found offer={offer} connection={connection} isWhole={!before || isWholly(before, offer)} />
            {!connection && (
              <Field
                label='Gets leads of'
                htmlFor={`${form}-owner`}
                hint='A client with an account of its own is pushed there and not to the agency’s.'
              >
                <Select
                  id={`${form}-owner`}
                  className='w-full'
                  value={owner}
                  onValueChange={setOwner}
                  choices={owners}
                />
              </Field>
            )}
            <SettingsFields offer={offer} settings={settings} onChange={setEdited} />
            {missing && <p role='status' className='text-sm text-warm-ink'>{missing}</p>}
          </>
        )}
        {save.error ? <CrmFailure error={save.error} /> : null}
      </form>
    </Dialog>
  );
}

/** Which account the token opens, and whether that is another than before. */
function Found({ offer: { account }, connection, isWhole }: {
  offer: Offer;
  connection: CrmConnection | undefined;
  isWhole: boolean;
}) {
  if (connection && connection.account_id !== account.id) {
    return (
      <ActionStatus tone='warm' title={`The token is of another account: ${account.id}`}>
        It was {connection.account_id}{' '}
        before. Contacts and deals there are forgotten here, and leads are pushed to the new one from now on.
      </ActionStatus>
    );
  }
  if (connection && !isWhole) {
    return (
      <ActionStatus tone='warm' title='Something that was chosen is no longer in HubSpot'>
        It was deleted or changed there. Look through the choices, then save.
      </ActionStatus>
    );
  }
  return (
    <ActionStatus tone='good' title={`Account ${account.id}`}>
      {account.host}
      {account.currency && `, ${account.currency}`}
    </ActionStatus>
  );
}
