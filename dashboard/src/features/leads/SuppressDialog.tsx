import { useMutation } from '@tanstack/react-query';
import { type ChangeEvent, useId, useState } from 'react';
import {
  type AddedSuppressions,
  addSuppressions,
  entriesIn,
  type SuppressionReason,
  suppressionReasons,
} from '../../data/suppressions.ts';
import { ActionDialog } from '../../shared/ActionDialog.tsx';
import { ClientScopeField } from '../../shared/ClientScopeField.tsx';
import { plural } from '../../shared/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, fieldLooks, Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';

const reasons: readonly SuppressionReason[] = ['do_not_contact', 'unsubscribed', 'spam_report', 'bounced'];

/** Suppresses what is typed, pasted or in a file: an address or a domain a line. */
export function SuppressDialog({ clientId, given = [], onDone, onClose }: {
  /** Chosen at first; undefined = all clients. */
  clientId: string | undefined;
  /** Addresses that are known already. */
  given?: readonly string[];
  onDone: () => unknown;
  onClose: () => void;
}) {
  const id = useId();
  const [scope, setScope] = useState(clientId ?? '');
  const [text, setText] = useState(given.join('\n'));
  const [reason, setReason] = useState<SuppressionReason>('do_not_contact');
  const [note, setNote] = useState('');
  const entries = entriesIn(text);
  const add = useMutation({
    mutationFn: () => addSuppressions(entries, { clientId: scope || undefined, reason, note }),
    onSuccess: () => onDone(),
  });
  const readFile = (event: ChangeEvent<HTMLInputElement>) => {
    void event.target.files?.[0]?.text().then((content) => setText(content));
  };
  if (add.data) return <Result result={add.data} onClose={onClose} />;
  return (
    <ActionDialog
      title='Suppress addresses and domains'
      description='They are not sent with any future export. Leads that are already at the provider keep receiving mail until they are removed there.'
      action={entries.length > 0 ? `Suppress ${entries.length.toLocaleString('en')}` : 'Suppress'}
      busy='Suppressing …'
      isReady={entries.length > 0}
      mutation={add}
      onSubmit={() => add.mutate()}
      onClose={onClose}
    >
      <Field
        label='Addresses and domains'
        htmlFor={id}
        hint='One per line, or a file. A domain (example.com) covers every address in it and below it.'
      >
        <textarea
          id={id}
          className={`${fieldLooks} h-32 w-full py-2 font-mono`}
          value={text}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
        <input
          type='file'
          accept='.csv,.txt,text/plain,text/csv'
          aria-label='Read them from a file'
          className='text-sm file:mr-3 file:rounded-lg file:border file:border-line-strong/60 file:bg-surface file:px-3 file:py-1.5 file:text-ink'
          onChange={readFile}
        />
      </Field>
      <div className='grid gap-4 sm:grid-cols-2'>
        <ClientScopeField value={scope} onValueChange={setScope} />
        <Field label='Reason' htmlFor={`${id}-reason`}>
          <Select
            id={`${id}-reason`}
            value={reason}
            onValueChange={setReason}
            choices={reasons.map((value) => ({ value, label: suppressionReasons[value] }))}
          />
        </Field>
      </div>
      <Field label='Note' htmlFor={`${id}-note`} hint='Optional. The client can read it.'>
        <Input
          id={`${id}-note`}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
        />
      </Field>
    </ActionDialog>
  );
}

function Result({ result, onClose }: { result: AddedSuppressions; onClose: () => void }) {
  const { addresses, domains, already, refused, refused_entries: examples } = result;
  const sum = addresses + domains;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={sum === 0 ? 'Nothing new to suppress' : `${plural(sum, 'entry', 'entries')} suppressed`}
      description={`${plural(addresses, 'address', 'addresses')} and ${plural(domains, 'domain')} added, ${
        already.toLocaleString('en')
      } were suppressed before.`}
      footer={<Button variant='primary' onClick={onClose}>Done</Button>}
    >
      {refused > 0 && (
        <div className='grid gap-2 text-sm'>
          <p>{plural(refused, 'line is', 'lines are')} neither an address nor a domain:</p>
          <ul className='max-h-40 overflow-auto rounded-lg border border-line px-3 py-2 font-mono text-xs'>
            {examples.map((entry, index) => <li key={index} className='break-all'>{entry}</li>)}
          </ul>
        </div>
      )}
    </Dialog>
  );
}
