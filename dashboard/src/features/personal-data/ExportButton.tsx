import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { describeFailure } from '../../data/failure.ts';
import { exportPerson, type Person } from '../../data/personal-data.ts';
import { saveFile } from '../../shared/csv.ts';
import { plural } from '../../shared/format.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';

/** Everything that is held of an address, as a file. */
export function ExportButton({ person }: { person: Person }) {
  const download = useMutation({
    mutationFn: () => exportPerson(person),
    onSuccess: (held) => {
      const rows = Object.values(held.tables).reduce((sum, table) => sum + table.length, 0);
      if (rows === 0) return toast('Nothing is held of this address', 'good');
      saveFile(
        `personal data of ${held.email}.json`,
        new Blob([JSON.stringify(held, null, 2)], { type: 'application/json' }),
      );
      toast(`${plural(rows, 'row')} exported`, 'good');
    },
    onError: (error) => toast(describeFailure(error).title, 'bad'),
  });
  return (
    <Button
      disabled={download.isPending || person.email.trim() === ''}
      onClick={() => download.mutate()}
    >
      <Download aria-hidden /> {download.isPending ? 'Exporting …' : 'Export data'}
    </Button>
  );
}
