import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReportSettings, setIntegration } from '../../data/cost-entries.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { ActFailure } from './ActFailure.tsx';

/** Says what follows before a client is switched off or on. */
export function IntegrationDialog({ settings, onClose }: { settings: ReportSettings; onClose: () => void }) {
  const queryClient = useQueryClient();
  const isOn = settings.integration_enabled;
  const change = useMutation({
    mutationFn: () => setIntegration(settings.id, !isOn),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      toast(`${settings.name} is switched ${isOn ? 'off' : 'on'}`);
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Switch ${settings.name} ${isOn ? 'off' : 'on'}?`}
      description={isOn
        ? 'Nothing is exported or synced any more, running jobs end, and events wait until the client is on again. Its campaigns at the provider go on sending: pause them there.'
        : 'What waited is counted within seconds, and the next sync reads what else was missed.'}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={isOn ? 'danger' : 'primary'}
            disabled={change.isPending}
            onClick={() => change.mutate()}
          >
            {change.isPending ? 'Switching …' : isOn ? 'Switch off' : 'Switch on'}
          </Button>
        </>
      }
    >
      {change.error && <ActFailure error={change.error} />}
    </Dialog>
  );
}
