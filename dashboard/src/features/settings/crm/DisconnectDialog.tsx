import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type CrmConnection, disconnectCrm } from '../../../data/crm.ts';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { toast } from '../../../ui/toast.tsx';
import { crmFailure } from './CrmFailure.tsx';

export function DisconnectDialog({ connection, onClose }: {
  connection: CrmConnection;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const disconnect = useMutation({
    mutationFn: () => disconnectCrm(connection.id),
    onSuccess: async () => {
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ['crm'] }),
        queryClient.invalidateQueries({ queryKey: ['list', 'crm-log'] }),
      ]);
      toast('HubSpot is disconnected');
      onClose();
    },
  });
  return (
    <ActionDialog
      title='Disconnect HubSpot?'
      description='The token and the log are deleted here. Contacts and deals stay in HubSpot, and meetings that they reported stay here. To pause it instead, switch it off.'
      action='Disconnect'
      busy='Disconnecting …'
      isDangerous
      mutation={disconnect}
      onSubmit={() => disconnect.mutate()}
      onClose={onClose}
      failure={crmFailure}
    />
  );
}
