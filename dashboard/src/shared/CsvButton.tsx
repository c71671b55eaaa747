import { Download } from 'lucide-react';
import { useContext, useState } from 'react';
import { describeFailure } from '../data/failure.ts';
import { Button } from '../ui/button.tsx';
import { toast } from '../ui/toast.tsx';
import { csvFileName, CsvOwnerContext } from './csv-name.ts';
import { type CsvRows, saveFile, writeCsv } from './csv.ts';
import { formatCount } from './format.ts';

/** The whole list as a file, not only what is shown of it. */
export function CsvButton({ name, period = 'all time', headings, rows }: {
  /** What the file holds; also of the button for screen readers. */
  name: string;
  /** Of which time it is. */
  period?: string | undefined;
  headings: readonly string[];
  /** Called on the press, so that a long table costs nothing until then. */
  rows: () => CsvRows;
}) {
  const owner = useContext(CsvOwnerContext);
  const [written, setWritten] = useState<number>();
  const download = async () => {
    setWritten(0);
    try {
      saveFile(csvFileName(owner, name, period), await writeCsv(headings, rows(), setWritten));
    } catch (error) {
      toast(`The file could not be created. ${describeFailure(error).title}`, 'bad');
    } finally {
      setWritten(undefined);
    }
  };
  return (
    <Button
      variant='ghost'
      size='small'
      aria-label={`Download ${name} as CSV`}
      disabled={written !== undefined}
      onClick={() => void download()}
    >
      <Download aria-hidden />{' '}
      {written === undefined ? 'CSV' : written === 0 ? 'Reading …' : `${formatCount(written)} rows …`}
    </Button>
  );
}
