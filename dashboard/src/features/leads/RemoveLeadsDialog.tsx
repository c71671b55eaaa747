import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { describeFailure } from '../../data/failure.ts';
import { type LeadRow, removeAtProvider, removeBusinesses } from '../../data/leads.ts';
import { ActionDialog } from '../../shared/ActionDialog.tsx';
import { plural } from '../../shared/format.ts';
import { toast } from '../../ui/toast.tsx';

/** Deletes what was never exported; deletes the others at the provider, one by one, and keeps their history. */
export function RemoveLeadsDialog({ leads, onDone, onClose }: {
  leads: readonly LeadRow[];
  onDone: () => unknown;
  onClose: () => void;
}) {
  const [done, setDone] = useState(0);
  const waiting = leads.flatMap(({ state, business_id: id }) => state === 'not_exported' && id ? [id] : []);
  const exported = leads.filter(({ state, lead_id: id }) => state !== 'removed' && id !== null);
  const remove = useMutation({
    mutationFn: async () => {
      const kept = waiting.length > 0 ? (await removeBusinesses([...new Set(waiting)])).kept : 0;
      const failures: string[] = [];
      for (const lead of exported) {
        await removeAtProvider(lead).catch((error: unknown) => {
          failures.push(`${lead.email}: ${describeFailure(error).title}`);
        });
        setDone((count) => count + 1);
      }
      return { kept, failures };
    },
    onSuccess: ({ kept, failures }) => {
      const left = kept + failures.length;
      toast(
        left === 0
          ? `${plural(leads.length, 'lead')} removed`
          : `${plural(left, 'lead')} could not be removed${failures[0] ? ` (${failures[0]})` : ''}`,
        left === 0 ? 'good' : 'bad',
      );
      onDone();
      onClose();
    },
  });
  return (
    <ActionDialog
      title={`Remove ${plural(leads.length, 'lead')}`}
      description={[
        waiting.length > 0 &&
        `${plural(waiting.length, 'lead that was', 'leads that were')} never exported: deleted here.`,
        exported.length > 0 &&
        `${
          plural(exported.length, 'lead', 'leads')
        } at the provider: deleted there, so no further mail is sent. The history stays here.`,
      ].filter(Boolean).join(' ') || 'All of them are removed already.'}
      action='Remove'
      busy={exported.length > 0 ? `${done} of ${exported.length} removed …` : 'Removing …'}
      isDangerous
      isReady={waiting.length + exported.length > 0}
      mutation={remove}
      onSubmit={() => remove.mutate()}
      onClose={onClose}
    />
  );
}
