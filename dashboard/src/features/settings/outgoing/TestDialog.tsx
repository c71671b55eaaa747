import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type Endpoint, endpointsQuery, testEndpoint } from '../../../data/outgoing.ts';
import { ActionFailure } from '../../../shared/ActionFailure.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Answer } from './Answer.tsx';

/** Sends a test as soon as it opens, and shows the answer. */
export function TestDialog({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const queryClient = useQueryClient();
  const test = useMutation({
    mutationFn: () => testEndpoint(endpoint.id),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: endpointsQuery.queryKey }),
        queryClient.invalidateQueries({ queryKey: ['list', 'outgoing-log'] }),
      ]),
  });
  const { mutate } = test;
  useEffect(() => mutate(), [mutate]);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Test of “${endpoint.name}”`}
      description='A test event was posted to the address; receivers see the type “test”.'
      footer={
        <>
          <Button disabled={test.isPending} onClick={() => mutate()}>Send again</Button>
          <Button variant='primary' onClick={onClose}>Done</Button>
        </>
      }
    >
      {test.isPending && <Skeleton className='h-20' />}
      {test.error && <ActionFailure error={test.error} />}
      {test.data && !test.isPending && (
        <div className='grid gap-3' role='status'>
          <p className='flex items-center gap-2 text-sm'>
            <Badge tone={test.data.delivered ? 'good' : 'bad'}>
              {test.data.delivered ? 'Delivered' : 'Not delivered'}
            </Badge>
            {test.data.error}
          </p>
          <Answer status={test.data.status} answer={test.data.answer} milliseconds={test.data.duration_ms} />
        </div>
      )}
    </Dialog>
  );
}
