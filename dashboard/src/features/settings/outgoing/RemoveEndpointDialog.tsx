import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Endpoint, endpointsQuery, removeEndpoint } from '../../../data/outgoing.ts';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { toast } from '../../../ui/toast.tsx';

export function RemoveEndpointDialog({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removeEndpoint(endpoint.id),
    onSuccess: async () => {
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: endpointsQuery.queryKey }),
        queryClient.invalidateQueries({ queryKey: ['list', 'outgoing-log'] }),
      ]);
      toast(`Removed “${endpoint.name}”`);
      onClose();
    },
  });
  return (
    <ActionDialog
      title={`Remove “${endpoint.name}”?`}
      description='Nothing is sent there any more, and its log is deleted. To pause it instead, switch it off.'
      action='Remove'
      busy='Removing …'
      isDangerous
      mutation={remove}
      onSubmit={() => remove.mutate()}
      onClose={onClose}
    />
  );
}
