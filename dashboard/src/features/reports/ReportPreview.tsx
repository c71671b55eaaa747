import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import {
  kindNames,
  type ReportDraft,
  type ReportKind,
  reportPreviewQuery,
  type ReportSettings,
  testReport,
} from '../../data/client-reports.ts';
import { describeFailure } from '../../data/failure.ts';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardHeader } from '../../ui/card.tsx';
import { cn } from '../../ui/class-names.ts';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import { ReportFrame } from './ReportFrame.tsx';
import { SendReportDialog } from './SendReportDialog.tsx';

/** Milliseconds without a key pressed before a note is shown in the preview. */
const pause = 700;

/** The report of the last period as the form beside it makes it; sent as a test, or to the recipients. */
export function ReportPreview({ saved, draft, attachPdf }: {
  saved: ReportSettings;
  draft: ReportDraft;
  /** Whether a test has it; the preview is the same. */
  attachPdf: boolean;
}) {
  const [kind, setKind] = useState<ReportKind>('weekly');
  const [form, setForm] = useState<'html' | 'text'>('html');
  const [isSending, setSending] = useState(false);
  const settled = useSettled(draft);
  const preview = useQuery({
    ...reportPreviewQuery(saved.client_id, kind, settled),
    placeholderData: keepPreviousData,
  });
  const test = useMutation({
    mutationFn: () => testReport(saved.client_id, kind, { ...draft, attach_pdf: attachPdf }),
    onSuccess: ({ to, sent, error }) =>
      sent ? toast(`Sent a test to ${to}`) : toast(error ?? 'The test was not sent', 'bad'),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      toast(`${title}. ${advice}`, 'bad');
    },
  });
  return (
    <Card className='overflow-hidden'>
      <CardHeader title='Preview' hint={preview.data?.subject ?? 'The last period, as it would be sent'}>
        <Select
          aria-label='Report'
          value={kind}
          onValueChange={setKind}
          choices={(['weekly', 'monthly'] as const).map((value) => ({ value, label: kindNames[value] }))}
        />
        <Select
          aria-label='Form'
          value={form}
          onValueChange={setForm}
          choices={[{ value: 'html', label: 'Email' }, { value: 'text', label: 'Plain text' }]}
        />
        <Button disabled={!saved.is_set_up || test.isPending} onClick={() => test.mutate()}>
          {test.isPending ? 'Sending …' : 'Send test to me'}
        </Button>
        <Button variant='primary' disabled={!saved.is_set_up} onClick={() => setSending(true)}>
          Send now
        </Button>
      </CardHeader>
      {preview.error
        ? <FailureCard error={preview.error} onRetry={() => void preview.refetch()} />
        : !preview.data
        ? <Skeleton className='m-5 h-96' />
        : (
          <div
            aria-busy={preview.isFetching}
            className={cn('border-t border-line', preview.isPlaceholderData && 'opacity-60')}
          >
            {form === 'html'
              ? <ReportFrame html={preview.data.html} label='Preview of the report' />
              : (
                <pre className='overflow-x-auto p-5 text-[13px] leading-normal whitespace-pre-wrap wrap-anywhere'>
                  {preview.data.text}
                </pre>
              )}
          </div>
        )}
      {isSending && <SendReportDialog saved={saved} kind={kind} onClose={() => setSending(false)} />}
    </Card>
  );
}

/** A value once it has not changed for a moment. */
function useSettled(draft: ReportDraft): ReportDraft {
  const [settled, setSettled] = useState(draft);
  const present = JSON.stringify(draft);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(present) as ReportDraft), pause);
    return () => clearTimeout(timer);
  }, [present]);
  return settled;
}
