import { CalendarCheck } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import type { MeetingLead } from './MeetingDialog.tsx';

const MeetingDialog = lazy(() =>
  import('./MeetingDialog.tsx').then((module) => ({ default: module.MeetingDialog }))
);

/** "Meeting…": what became of it, for one person. */
export function MeetingAct({ leads, isSmall = false, className = '' }: {
  leads: readonly MeetingLead[];
  isSmall?: boolean;
  className?: string;
}) {
  const [isOpen, setOpen] = useState(false);
  if (leads.length === 0) return null;
  return (
    <>
      <Button {...(isSmall ? { size: 'small' } : {})} className={className} onClick={() => setOpen(true)}>
        <CalendarCheck aria-hidden /> Meeting …
      </Button>
      {isOpen && (
        <Suspense>
          <MeetingDialog leads={leads} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
