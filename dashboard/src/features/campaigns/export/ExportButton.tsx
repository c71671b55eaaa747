import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Send } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { CampaignRow } from '../../../data/campaigns.ts';
import { exportsQuery, isOpen } from '../../../data/exports.ts';
import { formatCount } from '../../../shared/format.ts';
import { Button } from '../../../ui/button.tsx';

const ExportCheck = lazy(() =>
  import('./ExportCheck.tsx').then((module) => ({ default: module.ExportCheck }))
);
const ExportProgress = lazy(() =>
  import('./ExportProgress.tsx').then((module) => ({ default: module.ExportProgress }))
);

const route = getRouteApi('/shell/campaigns/$campaignId');

/** Why leads that are not ready cannot be exported, beside the button. */
const whyNot = {
  pending: 'Nothing to export yet: the lead search has not started.',
  running: 'Nothing to export yet: leads are still being found and verified.',
  failed: 'Nothing to export: the lead search failed. Start it again.',
};

/** Starts an export, or shows the running one. The address holds which dialog is open, so a reload keeps it. */
export function ExportButton({ campaign }: { campaign: CampaignRow }) {
  const { export: shown } = route.useSearch();
  const navigate = route.useNavigate();
  const exports = useQuery(exportsQuery(campaign.campaign_id));
  const running = exports.data?.find(isOpen);
  const show = (next: string | undefined) =>
    void navigate({ search: (kept) => ({ ...kept, export: next }), replace: true });
  const isReady = campaign.generation_status === 'completed';

  return (
    <>
      {!isReady && (
        <p id='why-no-export' className='max-w-60 text-sm text-ink-soft'>
          {whyNot[campaign.generation_status as keyof typeof whyNot]}
        </p>
      )}
      <Button
        variant='primary'
        disabled={!isReady}
        aria-describedby={isReady ? undefined : 'why-no-export'}
        onClick={() => show(running?.export_id ?? 'check')}
      >
        <Send aria-hidden />
        {running
          ? `Export running: ${formatCount(running.done)} of ${
            running.total === null ? '…' : formatCount(running.total)
          }`
          : 'Export leads'}
      </Button>
      <Suspense>
        {shown === 'check' && (
          <ExportCheck
            campaign={campaign}
            onClose={() => show(undefined)}
            onStarted={(exportId) => show(exportId)}
          />
        )}
        {shown !== undefined && shown !== 'check' && (
          <ExportProgress
            row={exports.data?.find((entry) => entry.export_id === shown)}
            isLoaded={exports.data !== undefined && !exports.isFetching}
            onClose={() => show(undefined)}
            campaign={campaign}
            onRetry={() => show('check')}
            onCampaign={() =>
              void navigate({
                search: (kept) => ({ ...kept, tab: undefined, export: undefined, receipts: undefined }),
              })}
            onReceipts={() =>
              void navigate({
                search: (kept) => ({ ...kept, tab: 'exports' as const, receipts: shown, export: undefined }),
              })}
          />
        )}
      </Suspense>
    </>
  );
}
