import type { PushRow } from '../../../data/crm.ts';
import { formatMoment, Moment, useZone } from '../../../shared/moments.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Answer } from '../outgoing/Answer.tsx';

/** What was sent to HubSpot, and what came back. */
export function PushDialog({ row, onClose }: { row: PushRow; onClose: () => void }) {
  const zone = useZone();
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={row.lead_email}
      description={`${row.attempts} ${row.attempts === 1 ? 'attempt' : 'attempts'}${
        row.last_attempt_at ? `, the last at ${formatMoment(row.last_attempt_at, zone)}` : ''
      }${row.state === 'delivered' && row.duration_ms !== null ? `, in ${row.duration_ms} ms` : ''}`}
      className='sm:max-w-2xl'
    >
      {row.last_error && (
        <p className='rounded-lg bg-bad-wash px-3 py-2 text-sm text-bad'>
          {row.last_error}
          {row.next_attempt_at && (
            <>
              . Next attempt at <Moment at={row.next_attempt_at} />
            </>
          )}
        </p>
      )}
      {row.note && <p className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>{row.note}</p>}
      {row.last_error && (
        <Answer status={row.last_status} answer={row.last_answer} milliseconds={row.duration_ms} />
      )}
      <div className='grid gap-1.5'>
        <p className='text-sm font-medium'>Sent</p>
        <pre
          aria-label='Sent'
          className='max-h-72 overflow-auto rounded-lg bg-raised px-3 py-2 text-xs whitespace-pre-wrap break-all'
          tabIndex={0}
        >{row.sent === null ? 'Nothing yet.' : JSON.stringify(row.sent, null, 2)}</pre>
      </div>
    </Dialog>
  );
}
