import { type DeliveryRow, eventName } from '../../../data/outgoing.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Answer } from './Answer.tsx';
import { Moment } from '../../../shared/moments.tsx';

/** What was sent and what came back. */
export function DeliveryDialog({ row, onClose }: { row: DeliveryRow; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`${eventName(row.type)} to “${row.endpoint_name}”`}
      description={
        <>
          {row.attempts} {row.attempts === 1 ? 'attempt' : 'attempts'}
          {row.last_attempt_at && (
            <>
              , the last at <Moment at={row.last_attempt_at} />
            </>
          )}
        </>
      }
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
      {row.last_attempt_at && (
        <Answer status={row.last_status} answer={row.last_answer} milliseconds={row.duration_ms} />
      )}
      <div className='grid gap-1.5'>
        <p className='text-sm font-medium'>Event</p>
        <p className='text-xs text-ink-soft'>webhook-id {row.event_id}</p>
        <pre
          aria-label='Event'
          className='max-h-72 overflow-auto rounded-lg bg-raised px-3 py-2 text-xs whitespace-pre-wrap break-all'
          tabIndex={0}
        >{row.payload === null ? 'It is made when it is first sent.' : JSON.stringify(row.payload, null, 2)}</pre>
      </div>
    </Dialog>
  );
}
