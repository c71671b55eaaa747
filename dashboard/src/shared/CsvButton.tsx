import { Download } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { type CsvValue, downloadCsv, toCsv } from './csv.ts';

export function CsvButton({ name, headings, rows }: {
  /** Of the file, and of the button for screen readers. */
  name: string;
  headings: readonly string[];
  /** Asked on the press, so that a long table costs nothing before. */
  rows: () => readonly (readonly CsvValue[])[];
}) {
  return (
    <Button
      variant='ghost'
      size='small'
      aria-label={`Download ${name} as CSV`}
      onClick={() => downloadCsv(name, toCsv(headings, rows()))}
    >
      <Download aria-hidden /> CSV
    </Button>
  );
}
