import { useMutation, useQueryClient } from '@tanstack/react-query';
import { showStandings } from '../../data/standing.ts';
import { ActionDialog } from '../../shared/ActionDialog.tsx';
import { toast } from '../../ui/toast.tsx';

/** Whether clients read how they compare: one switch for all of them. */
export function ShowStandingsDialog({ isShown, onClose }: { isShown: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: () => showStandings(!isShown),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['standings'] });
      toast(
        isShown ? 'Clients no longer see how they compare' : 'Every client sees how it compares',
      );
      onClose();
    },
  });
  return (
    <ActionDialog
      title={isShown ? 'Hide this from all clients?' : 'Show this to all clients?'}
      description={isShown
        ? 'Only your agency sees how clients compare.'
        : 'Each client sees in its overview in which quarter of your clients it is, also a client in the lowest. It sees no name, no number of another client, and not how many clients you have.'}
      action={isShown ? 'Hide from clients' : 'Show to clients'}
      busy='Saving …'
      mutation={change}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    />
  );
}
