import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Download, Share2 } from 'lucide-react';
import { useState } from 'react';
import { reportHtml } from '../../../../supabase/functions/_shared/client-reports/html.ts';
import type { SharedReport } from '../../../../supabase/functions/_shared/client-reports/shared-report.ts';
import { fileNameOf, titleOf } from '../../../../supabase/functions/_shared/client-reports/words.ts';
import { clientReportQuery, readReportPdf, reportMailsQuery } from '../../data/client-reports.ts';
import { describeFailure } from '../../data/failure.ts';
import { useSession } from '../../data/session.ts';
import { snapshot } from '../../data/shared-report.ts';
import { InZoneOf } from '../../routing/use-time-zone.tsx';
import { saveFile } from '../../shared/csv.ts';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import { MailList } from './MailList.tsx';
import { ReportFrame } from './ReportFrame.tsx';
import { skippedText } from './report-text.ts';
import { ShareDialog } from './ShareDialog.tsx';

const route = getRouteApi('/shell/reports/$reportId');

/** One report as it was sent. */
export function ReportPage() {
  const { reportId } = route.useParams();
  const isOperator = useSession()?.role === 'operator';
  const [isSharing, setSharing] = useState(false);
  const found = useQuery(clientReportQuery(reportId));
  const clientId = found.data?.client_id ?? '';
  const emails = useQuery({ ...reportMailsQuery(clientId), enabled: isOperator && clientId !== '' });
  const parsed = found.data && snapshot.safeParse(found.data.snapshot);
  const own = emails.data?.filter((mail) => mail.report_id === reportId) ?? [];
  return (
    <InZoneOf clientId={found.data?.client_id}>
      <PageHeader
        title={parsed?.success ? titleOf(parsed.data) : 'Report'}
        above={
          <Link
            to='/reports'
            search={isOperator && clientId ? { client: clientId } : {}}
            className='text-ink-soft underline-offset-4 hover:underline'
          >
            Reports
          </Link>
        }
      >
        {parsed?.success && <PdfButton reportId={reportId} report={parsed.data} />}
        {isOperator && parsed?.success && (
          <Button onClick={() => setSharing(true)}>
            <Share2 aria-hidden /> Share
          </Button>
        )}
      </PageHeader>
      {isSharing && <ShareDialog reportId={reportId} onClose={() => setSharing(false)} />}
      {found.error
        ? <FailureCard error={found.error} onRetry={() => void found.refetch()} />
        : !found.data || !parsed
        ? <Skeleton className='h-96' />
        : (
          <div className='grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]'>
            <Card className='overflow-hidden'>
              {parsed.success
                ? (
                  <ReportFrame
                    html={reportHtml(parsed.data, { dashboard: null, stop: null })}
                    label='Report'
                  />
                )
                : found.data.skipped
                ? <StateCard kind='empty' title='Nothing was sent' advice={skippedText[found.data.skipped]} />
                : (
                  <StateCard
                    kind='error'
                    title='This report cannot be shown'
                    advice='It was made by another version. Its email is complete.'
                  />
                )}
            </Card>
            {isOperator && (
              <Card>
                <CardHeader title='Recipients' hint='“Sent” means that the mail service has taken it.' />
                <CardBody>
                  {emails.error
                    ? <FailureCard error={emails.error} onRetry={() => void emails.refetch()} />
                    : own.length === 0
                    ? <p className='text-sm text-ink-soft'>It went to no one.</p>
                    : <MailList emails={own} />}
                </CardBody>
              </Card>
            )}
          </div>
        )}
    </InZoneOf>
  );
}

/** The same report as a document. */
function PdfButton({ reportId, report }: { reportId: string; report: SharedReport }) {
  const download = useMutation({
    mutationFn: () => readReportPdf(reportId),
    onSuccess: (pdf) => saveFile(fileNameOf(report), pdf),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      toast(`The PDF could not be made. ${title}. ${advice}`, 'bad');
    },
  });
  return (
    <Button disabled={download.isPending} onClick={() => download.mutate()}>
      <Download aria-hidden /> {download.isPending ? 'Making the PDF …' : 'Download PDF'}
    </Button>
  );
}
