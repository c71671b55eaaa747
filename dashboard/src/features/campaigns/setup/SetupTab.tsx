import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { Save } from 'lucide-react';
import { useState } from 'react';
import {
  type CampaignSettings,
  changeCampaign,
  sampleLeadsQuery,
  setupQuery,
  type SetupRow,
} from '../../../data/campaign-setup.ts';
import { leadVariablesQuery } from '../../../data/leads.ts';
import { useSession } from '../../../data/session.ts';
import { saveTemplate, templatesQuery } from '../../../data/templates.ts';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { ActionFailure } from '../../../shared/ActionFailure.tsx';
import { FailureCard } from '../../../shared/StateCard.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Field, Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toast } from '../../../ui/toast.tsx';
import { fieldVariables, problemOf, unknownVariables } from './copy.ts';
import { MailboxesCard } from './MailboxesCard.tsx';
import { OptionsCard } from './OptionsCard.tsx';
import { ScheduleCard } from './ScheduleCard.tsx';
import { SequenceEditor } from './SequenceEditor.tsx';

/** What an unexported campaign without emails of its own sends, as the export has it. */
const defaultSequence = [
  { delay_days: 0, subject: '{{subject_line}}', body: 'Hi {{firstName}},\n\n{{icebreaker}}' },
  { delay_days: 3, subject: '', body: 'Hi {{firstName}},\n\ndid you have a moment to look at my note?' },
];

/** Emails, schedule, mailboxes and options of a campaign: edited until it is exported, read by its client. */
export function SetupTab({ campaignId }: { campaignId: string }) {
  const setup = useQuery(setupQuery(campaignId));
  if (setup.error && !setup.data) {
    return (
      <Card>
        <FailureCard error={setup.error} onRetry={() => void setup.refetch()} />
      </Card>
    );
  }
  if (!setup.data) {
    return (
      <div aria-busy className='grid gap-4'>
        <Skeleton className='h-96' />
        <Skeleton className='h-64' />
      </div>
    );
  }
  return <SetupForm key={setup.data.id} row={setup.data} />;
}

function SetupForm({ row }: { row: SetupRow }) {
  const queryClient = useQueryClient();
  const isOperator = useSession()?.role === 'operator';
  const leads = useQuery(sampleLeadsQuery(row.id, row.client_id));
  const variables = useQuery(
    leadVariablesQuery({ clientId: row.client_id, campaignId: row.id, importId: undefined }),
  );
  const [changes, setChanges] = useState<Partial<CampaignSettings>>({});
  const [isNaming, setNaming] = useState(false);
  const settings: CampaignSettings = { ...row, ...changes };
  const sequence = settings.sequence ?? defaultSequence;
  const isExported = row.provider_status !== null;
  const isLocked = !isOperator || isExported;
  const change = (more: Partial<CampaignSettings>) => setChanges((kept) => ({ ...kept, ...more }));
  const changed = Object.entries(changes).filter(([name, value]) =>
    JSON.stringify(value) !== JSON.stringify(row[name as keyof CampaignSettings])
  );
  const customVariables = variables.data ?? [];
  const unknown = unknownVariables(
    sequence,
    new Set([
      ...fieldVariables.map(({ name }) => name),
      ...customVariables,
      ...[
        'email',
        'first_name',
        'last_name',
        'company',
        'company_name',
        'job_title',
        'title',
        'personalization',
        'rating',
      ],
      ...[
        'address',
        'zip',
        'linkedin_url',
        'facebook_url',
        'email_source',
        'linkedin_contact_title',
        'phone_number',
      ],
    ]),
  );
  const problem = problemOf(sequence);
  const save = useMutation({
    mutationFn: () => changeCampaign(row.id, Object.fromEntries(changed)),
    onSuccess: async () => {
      await Promise.all([
        queryClient.invalidateQueries(setupQuery(row.id)),
        queryClient.invalidateQueries({ queryKey: ['campaign', row.id] }),
        queryClient.invalidateQueries({ queryKey: ['approval', row.id] }),
      ]);
      setChanges({});
      toast('Campaign saved');
    },
  });
  useBlocker({
    shouldBlockFn: () => isOperator && changed.length > 0 && !confirm('Leave without saving the campaign?'),
    enableBeforeUnload: () => isOperator && changed.length > 0,
  });
  return (
    <div className='grid gap-5 pb-20'>
      {isExported && isOperator && (
        <p className='rounded-lg bg-raised px-4 py-3 text-sm text-ink-soft'>
          This campaign was exported: emails, schedule and mailboxes are the provider’s now. Its name and its
          holidays still change here; for everything else change it at the provider, or duplicate the
          campaign.
        </p>
      )}
      {isOperator && (
        <div className='max-w-xl'>
          <Field label='Name' htmlFor='campaign-name'>
            <Input
              id='campaign-name'
              maxLength={200}
              value={settings.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          </Field>
        </div>
      )}
      <div className='flex flex-wrap items-center justify-between gap-3'>
        <h2 className='text-lg font-semibold tracking-tight'>Emails</h2>
        {isOperator && (
          <span className='flex flex-wrap gap-2'>
            {!isLocked && <StartFromTemplate onChoose={(next) => change({ sequence: next })} />}
            <Button size='small' disabled={problem !== undefined} onClick={() => setNaming(true)}>
              Save as template
            </Button>
          </span>
        )}
      </div>
      {settings.sequence === null && (
        <p className='text-sm text-ink-soft'>
          The default emails: the subject and the icebreaker of each lead, and one follow-up. Edit them or
          start from a template.
        </p>
      )}
      {variables.data && unknown.length > 0 && (
        <p className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>
          No lead has a value for {unknown.map((name) =>
            `{{${name}}}`
          ).join(', ')}. Check the spelling, give it a fallback, or import a list with this column.
        </p>
      )}
      <SequenceEditor
        sequence={sequence}
        onChange={(next) => change({ sequence: next })}
        footer={settings.footer}
        leads={leads.data ?? []}
        customVariables={customVariables}
        isLocked={isLocked}
      />
      <ScheduleCard
        settings={settings}
        onChange={change}
        isLocked={isLocked}
        isReader={!isOperator}
        isExported={isExported}
      />
      {isOperator && (
        <MailboxesCard
          settings={settings}
          onChange={change}
          connectionId={row.connection_id}
          provider={row.provider}
          isLocked={isLocked}
        />
      )}
      <OptionsCard settings={settings} onChange={change} provider={row.provider} isLocked={isLocked} />
      {isOperator && changed.length > 0 && (
        <div className='sticky bottom-20 z-10 flex flex-wrap items-center gap-3 rounded-xl border border-line bg-surface p-3 shadow-card md:bottom-4'>
          <span className='grow text-sm text-ink-soft'>{problem ?? 'Unsaved changes'}</span>
          {save.error ? <ActionFailure error={save.error} /> : null}
          <Button onClick={() => setChanges({})}>Discard</Button>
          <Button
            variant='primary'
            disabled={problem !== undefined || save.isPending}
            onClick={() => save.mutate()}
          >
            <Save aria-hidden /> {save.isPending ? 'Saving …' : 'Save'}
          </Button>
        </div>
      )}
      {isNaming && <SaveTemplateDialog sequence={sequence} onClose={() => setNaming(false)} />}
    </div>
  );
}

function StartFromTemplate(
  { onChoose }: { onChoose: (sequence: NonNullable<CampaignSettings['sequence']>) => void },
) {
  const templates = useQuery(templatesQuery);
  return (
    <Select
      aria-label='Start from a template'
      className='max-w-60'
      value=''
      choices={[
        { value: '', label: 'Start from a template' },
        ...(templates.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onValueChange={(id) => {
        const chosen = templates.data?.find((template) => template.id === id);
        if (chosen) onChoose(chosen.sequence);
      }}
    />
  );
}

function SaveTemplateDialog({ sequence, onClose }: {
  sequence: NonNullable<CampaignSettings['sequence']>;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const save = useMutation({
    mutationFn: () => saveTemplate({ name, description, sequence }),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries(templatesQuery);
      toast(`Template “${saved.name}” saved`);
      onClose();
    },
  });
  return (
    <ActionDialog
      title='Save as template'
      description='Every campaign of the agency can start from it.'
      action='Save template'
      busy='Saving …'
      isReady={name.trim() !== ''}
      mutation={save}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Field label='Name' htmlFor='template-name'>
        <Input
          id='template-name'
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label='What it is for' htmlFor='template-description'>
        <Input
          id='template-description'
          maxLength={500}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
      </Field>
    </ActionDialog>
  );
}
