import { useState } from 'react';
import { describeFailure } from '../../data/failure.ts';
import { type ImportOutcome, type ImportRow, readRejectedRows } from '../../data/imports.ts';
import { saveFile, writeCsv } from '../../shared/csv.ts';
import { formatCount } from '../../shared/format.ts';
import { formatMoment, useZone } from '../../shared/moments.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { toast } from '../../ui/toast.tsx';
import { flags, outcomes, reasonText } from './outcomes.ts';

/** How the rows ended, what is to be known of those that came in, and where the list is from. */
export function ImportOutcomes({ row }: { row: ImportRow }) {
  const zone = useZone();
  const ended = (Object.keys(outcomes) as ImportOutcome[]).filter((outcome) =>
    (row.counts[outcome] ?? 0) > 0
  );
  const marked = Object.keys(flags).filter((flag) => (row.flags[flag] ?? 0) > 0);
  return (
    <div className='grid gap-6 lg:grid-cols-2'>
      <Card>
        <CardHeader title='Rows' hint={`${formatCount(row.done_rows)} with an outcome`}>
          {row.not_imported > 0 && <RejectedButton row={row} />}
        </CardHeader>
        {ended.length === 0
          ? (
            <StateCard
              kind='empty'
              title='No rows yet'
              advice='They appear here while the list is imported.'
            />
          )
          : (
            <CardBody>
              <ul aria-label='Outcomes' className='divide-y divide-line text-sm'>
                {ended.map((outcome) => (
                  <li key={outcome} className='flex items-center justify-between gap-4 py-2'>
                    <Badge tone={outcomes[outcome].tone}>{outcomes[outcome].label}</Badge>
                    <span className='tabular-nums'>{formatCount(row.counts[outcome])}</span>
                  </li>
                ))}
              </ul>
            </CardBody>
          )}
      </Card>
      <div className='grid content-start gap-6'>
        {marked.length > 0 && (
          <Card>
            <CardHeader title='To know about the imported rows' />
            <CardBody>
              <ul className='divide-y divide-line text-sm'>
                {marked.map((flag) => (
                  <li key={flag} className='flex items-start justify-between gap-4 py-2'>
                    <span>{flags[flag]}</span>
                    <span className='tabular-nums'>{formatCount(row.flags[flag])}</span>
                  </li>
                ))}
              </ul>
            </CardBody>
          </Card>
        )}
        <Card>
          <CardHeader title='Origin' />
          <CardBody>
            <dl className='grid gap-2 text-sm sm:grid-cols-[auto_1fr] sm:gap-x-6'>
              {origin(row, zone).map(([name, value]) => (
                <div key={name} className='contents'>
                  <dt className='text-ink-soft'>{name}</dt>
                  <dd className='break-words'>{value}</dd>
                </div>
              ))}
            </dl>
          </CardBody>
        </Card>
      </div>
    </div>
  );
}

function origin(row: ImportRow, zone: string): [string, string][] {
  const by = row.verification_by_name ?? 'your agency';
  const declared = row.verification_at ? ` on ${formatMoment(row.verification_at, zone)}` : '';
  const verification = {
    column: 'By a verifier’s column of the list',
    declared_verified: `All verified, declared by ${by}${declared}`,
    declared_unverified: `Not verified, declared by ${by}${declared}`,
  }[row.verification];
  return [
    ['Imported by', row.requested_by_name ?? (row.requested_by === null ? 'a script' : 'your agency')],
    ['Verification', verification],
    ...(row.consent_source ? [['Can be emailed because', row.consent_source] as [string, string]] : []),
    ...(row.consent_note ? [['Note', row.consent_note] as [string, string]] : []),
  ];
}

/** The rows that did not come in, with their own headings and cells, and the reason: to be corrected and imported again. */
function RejectedButton({ row }: { row: ImportRow }) {
  const [isWriting, setWriting] = useState(false);
  const headings = (row.mapping as { header: string }[]).map(({ header }, index) =>
    header || `Column ${index + 1}`
  );
  const download = async () => {
    setWriting(true);
    try {
      const lines = async function* () {
        for await (const rows of readRejectedRows(row.import_id)) {
          yield rows.map(({ row_number, outcome, reason, cells }) => [
            ...Array.from({ length: Math.max(headings.length, 1) }, (_, index) => cells[index] ?? ''),
            row_number,
            [outcomes[outcome].label, reasonText(outcome, reason)].filter(Boolean).join(': '),
          ]);
        }
      };
      saveFile(
        `not imported – ${row.file_name.replace(/\.\w+$/, '')}.csv`,
        await writeCsv([...headings, 'Row', 'Why it was not imported'], lines()),
      );
    } catch (error) {
      toast(`The file could not be created. ${describeFailure(error).title}`, 'bad');
    } finally {
      setWriting(false);
    }
  };
  return (
    <Button size='small' disabled={isWriting} onClick={() => void download()}>
      {isWriting ? 'Reading …' : `Download ${formatCount(row.not_imported)} not imported`}
    </Button>
  );
}
