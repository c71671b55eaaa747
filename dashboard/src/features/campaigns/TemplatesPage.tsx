import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, Download, Plus, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { describeFailure } from '../../data/failure.ts';
import {
  importTemplates,
  removeTemplate,
  saveTemplate,
  type Template,
  templatesQuery,
} from '../../data/templates.ts';
import { ActionDialog } from '../../shared/ActionDialog.tsx';
import { ActionFailure } from '../../shared/ActionFailure.tsx';
import { saveFile } from '../../shared/csv.ts';
import { plural } from '../../shared/format.ts';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { Field, Input } from '../../ui/input.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import { problemOf } from './setup/copy.ts';
import { SequenceEditor } from './setup/SequenceEditor.tsx';

type Draft = Omit<Template, 'id' | 'is_built_in'> & { id: string | undefined };

const blank: Draft = {
  id: undefined,
  name: '',
  description: '',
  sequence: [{ delay_days: 0, subject: '', body: '' }],
};

/** Sequences for the whole agency: read, written, and carried to another installation as a file. */
export function TemplatesPage() {
  const queryClient = useQueryClient();
  const templates = useQuery(templatesQuery);
  const [draft, setDraft] = useState<Draft>();
  const [removing, setRemoving] = useState<Template>();
  const file = useRef<HTMLInputElement>(null);
  const changed = () => queryClient.invalidateQueries(templatesQuery);
  const bring = useMutation({
    mutationFn: async (chosen: File) => await importTemplates(await chosen.text()),
    onSuccess: async (count) => {
      await changed();
      toast(`${plural(count, 'template')} added`);
    },
    onError: (error) =>
      toast(error instanceof SyntaxError ? 'This file is not JSON' : describeFailure(error).title, 'bad'),
  });
  const remove = useMutation({
    mutationFn: () => removeTemplate(removing?.id ?? ''),
    onSuccess: async () => {
      await changed();
      setRemoving(undefined);
    },
  });
  const download = () =>
    saveFile(
      'email-templates.json',
      new Blob([
        JSON.stringify(
          (templates.data ?? []).map(({ name, description, sequence }) => ({ name, description, sequence })),
          null,
          2,
        ),
      ], { type: 'application/json' }),
    );
  if (draft) {
    return (
      <TemplateForm
        draft={draft}
        onClose={() => setDraft(undefined)}
        onSaved={async () => {
          await changed();
          setDraft(undefined);
        }}
      />
    );
  }
  return (
    <>
      <PageHeader
        title='Email templates'
        note={templates.data && <span>{plural(templates.data.length, 'template')} for every client</span>}
        above={
          <Link to='/campaigns' className='inline-flex items-center gap-1.5 text-ink-soft hover:text-ink'>
            <ArrowLeft aria-hidden className='size-4' /> All campaigns
          </Link>
        }
      >
        <input
          ref={file}
          type='file'
          accept='application/json,.json'
          className='hidden'
          aria-label='File of templates'
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            if (chosen) bring.mutate(chosen);
            event.target.value = '';
          }}
        />
        <Button disabled={bring.isPending} onClick={() => file.current?.click()}>
          <Upload aria-hidden /> Import
        </Button>
        <Button disabled={!templates.data?.length} onClick={download}>
          <Download aria-hidden /> Export
        </Button>
        <Button variant='primary' onClick={() => setDraft(blank)}>
          <Plus aria-hidden /> New template
        </Button>
      </PageHeader>
      {templates.isPending && <Skeleton className='h-72' />}
      {templates.error && (
        <Card>
          <FailureCard error={templates.error} onRetry={() => void templates.refetch()} />
        </Card>
      )}
      {templates.data?.length === 0 && (
        <Card>
          <StateCard
            kind='empty'
            title='No templates'
            advice='Write one, or save the emails of a campaign as a template.'
          />
        </Card>
      )}
      <ul className='grid gap-4 md:grid-cols-2 xl:grid-cols-3'>
        {templates.data?.map((template) => (
          <li key={template.id} className='grid'>
            <Card className='flex flex-col'>
              <CardHeader title={template.name} hint={template.description} />
              <CardBody className='mt-auto grid gap-3 text-sm'>
                <div className='rounded-lg bg-raised px-3 py-2 text-ink-soft'>
                  <p className='line-clamp-3'>{template.sequence[0]?.body}</p>
                </div>
                <div className='flex flex-wrap items-center gap-2'>
                  {template.is_built_in && <Badge>Included</Badge>}
                  <span className='grow text-xs text-ink-soft'>
                    {plural(template.sequence.length, 'email')} over {plural(
                      template.sequence.slice(1).reduce((sum, step) => sum + step.delay_days, 1),
                      'day',
                    )}
                  </span>
                  <Button size='small' variant='ghost' onClick={() => setRemoving(template)}>Remove</Button>
                  <Button size='small' onClick={() => setDraft(template)}>Edit</Button>
                </div>
              </CardBody>
            </Card>
          </li>
        ))}
      </ul>
      {removing && (
        <ActionDialog
          title='Remove this template?'
          description={`“${removing.name}” disappears from the list. Campaigns made from it keep their emails.`}
          action='Remove template'
          busy='Removing …'
          isDangerous
          mutation={remove}
          onSubmit={() => remove.mutate()}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  );
}

function TemplateForm(
  { draft, onClose, onSaved }: { draft: Draft; onClose: () => void; onSaved: () => Promise<void> },
) {
  const [name, setName] = useState(draft.name);
  const [description, setDescription] = useState(draft.description ?? '');
  const [sequence, setSequence] = useState(draft.sequence);
  const problem = problemOf(sequence);
  const save = useMutation({
    mutationFn: () => saveTemplate({ id: draft.id, name, description, sequence }),
    onSuccess: async ({ unknown_variables: unknown }) => {
      toast(
        unknown.length === 0
          ? 'Template saved'
          : `Template saved. ${
            unknown.map((one) => `{{${one}}}`).join(', ')
          } needs a column of the imported list`,
      );
      await onSaved();
    },
  });
  return (
    <>
      <PageHeader title={draft.id === undefined ? 'New template' : draft.name}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant='primary'
          disabled={name.trim() === '' || problem !== undefined || save.isPending}
          onClick={() => save.mutate()}
        >
          {save.isPending ? 'Saving …' : 'Save template'}
        </Button>
      </PageHeader>
      <div className='grid gap-5'>
        {save.error ? <ActionFailure error={save.error} /> : null}
        {problem && <p className='text-sm text-ink-soft'>{problem}.</p>}
        <div className='grid gap-4 md:grid-cols-2'>
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
        </div>
        <SequenceEditor
          sequence={sequence}
          onChange={setSequence}
          footer={null}
          leads={[]}
          customVariables={[]}
        />
      </div>
    </>
  );
}
