import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  type GuessedColumn,
  guessMapping,
  nameVariables,
} from '../../../../supabase/functions/_shared/import/guess-mapping.ts';
import { tooManyVariables } from '../../../../supabase/functions/_shared/providers/variable-limit.ts';
import { repeatable } from '../../../../supabase/functions/_shared/import/targets.ts';
import type { CampaignRow } from '../../data/campaigns.ts';
import { mappingsQuery, startImport } from '../../data/imports.ts';
import { ActionFailure } from '../../shared/ActionFailure.tsx';
import { formatCount, plural } from '../../shared/format.ts';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { type ListAnswers, ListQuestions } from './ListQuestions.tsx';
import type { OpenedList } from './list-messages.ts';
import type { ListReader } from './list-reader.ts';
import { MappingTable } from './MappingTable.tsx';
import { sendList } from './sending.ts';

interface Props {
  campaign: CampaignRow;
  list: OpenedList;
  fileName: string;
  takeReader: () => ListReader | undefined;
  onHeadings: (headings: boolean) => void;
  onClose: () => void;
}

const encodings = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
};
const delimiters = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' };

/** How the list is read: columns, verification, consent, duplicates. */
export function MappingForm(props: Props) {
  const mappings = useQuery(mappingsQuery(props.campaign.client_id));
  if (mappings.error) return <FailureCard error={mappings.error} onRetry={() => void mappings.refetch()} />;
  if (!mappings.data) return <Skeleton className='h-72' />;
  const guessed = guessMapping(props.list.headers, props.list.rows, mappings.data);
  return <Form {...props} guessed={guessed} />;
}

function Form({ campaign, list, fileName, guessed, ...rest }: Props & { guessed: GuessedColumn[] }) {
  const navigate = useNavigate();
  const [columns, setColumns] = useState(guessed);
  const [answers, setAnswers] = useState<ListAnswers>({
    isVerified: undefined,
    existing: 'update',
    otherCampaigns: 'skip',
    consentSource: '',
    consentNote: '',
  });
  const named = nameVariables(columns);
  const hasVerdicts = named.some(({ target }) => target === 'email_deliverability');
  const problems = problemsOf(named);
  const warning = tooManyVariables(campaign.provider, named);
  const start = useMutation({
    mutationFn: () =>
      startImport({
        campaign_id: campaign.campaign_id,
        file_name: fileName,
        file_checksum: list.checksum,
        format: { encoding: list.encoding, delimiter: list.delimiter, header_row: list.header_row },
        columns: named.map(({ header, target, variable }) => ({
          header,
          target,
          ...(variable ? { variable } : {}),
        })),
        total_rows: list.count,
        ...(hasVerdicts ? {} : { list_is_verified: answers.isVerified }),
        existing: answers.existing,
        other_campaigns: answers.otherCampaigns,
        ...(answers.consentSource.trim() ? { consent_source: answers.consentSource } : {}),
        ...(answers.consentNote.trim() ? { consent_note: answers.consentNote } : {}),
      }),
    onSuccess: ({ import_id }) => {
      const reader = rest.takeReader();
      if (reader) {
        void sendList(import_id, reader, { delimiter: list.delimiter, header_row: list.header_row });
      }
      void navigate({ to: '/imports/$importId', params: { importId: import_id } });
    },
  });
  const isReady = problems.length === 0 && (hasVerdicts || answers.isVerified !== undefined);

  return (
    <form
      className='grid gap-6'
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !start.isPending) start.mutate();
      }}
    >
      <div className='flex flex-wrap items-center justify-between gap-3'>
        <p role='status' className='text-sm'>
          <span className='font-medium break-all'>{fileName}</span>{' '}
          <span className='text-ink-soft'>
            {plural(list.count, 'row')}, {plural(list.headers.length, 'column')},{' '}
            {encodings[list.encoding]}, separated by {delimiters[list.delimiter]}
          </span>
        </p>
        <Button size='small' onClick={rest.onClose}>Choose another list</Button>
      </div>
      {[...list.problems, ...(list.lost > 0 ? [`${formatCount(list.lost)} letters could not be read`] : [])]
        .map((
          problem,
        ) => (
          <p key={problem} className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>{problem}.</p>
        ))}
      <label className='flex items-center gap-2.5 text-sm'>
        <input
          type='checkbox'
          className='size-4 accent-brand'
          checked={list.header_row !== null}
          onChange={(event) => rest.onHeadings(event.target.checked)}
        />
        The list has headings
      </label>
      <MappingTable columns={columns} named={named} onChange={setColumns} />
      <ListQuestions answers={answers} hasVerdicts={hasVerdicts} onChange={setAnswers} />
      {warning && (
        <p role='status' className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>{warning}.</p>
      )}
      {problems.map((problem) => (
        <p key={problem} role='alert' className='rounded-lg bg-bad-wash px-3 py-2 text-sm text-bad'>
          {problem}
        </p>
      ))}
      {start.error ? <ActionFailure error={start.error} /> : null}
      <div className='flex flex-wrap items-center gap-3'>
        <Button type='submit' variant='primary' disabled={!isReady || start.isPending}>
          {start.isPending ? 'Starting …' : `Import ${plural(list.count, 'row')}`}
        </Button>
        {!hasVerdicts && answers.isVerified === undefined && (
          <p className='text-sm text-ink-soft'>Answer first whether the addresses are verified.</p>
        )}
      </div>
    </form>
  );
}

function problemsOf(columns: readonly { header: string; target: string }[]): string[] {
  const problems: string[] = [];
  if (!columns.some(({ target }) => target === 'email')) {
    problems.push('No column is the email address. Choose it in the table above.');
  }
  const seen = new Set<string>();
  for (const { target } of columns) {
    if (!repeatable.has(target as never) && seen.has(target)) {
      problems.push('A field can come from one column only. Keep the other one as a variable.');
      break;
    }
    seen.add(target);
  }
  return problems;
}
