import { useMutation } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { stopReports } from '../../data/client-reports.ts';
import { ActionFailure } from '../../shared/ActionFailure.tsx';
import { Button } from '../../ui/button.tsx';
import { SignInFrame } from '../sign-in/SignInFrame.tsx';

const uuid = z.uuid();

/** Asks once, because mail filters open every link. */
export function StopReportsPage() {
  const token = uuid.safeParse(new URLSearchParams(location.search).get('token')).data;
  const stop = useMutation({ mutationFn: () => stopReports(token ?? '') });
  if (token === undefined) {
    return (
      <SignInFrame
        title='This link is not complete'
        description='Open the link at the end of the report again, or answer the email.'
      >
        {null}
      </SignInFrame>
    );
  }
  if (stop.isSuccess) {
    return (
      <SignInFrame
        title='The reports are stopped'
        description='You get no more of them by email. If you want them again, ask the agency that sent them.'
      >
        {null}
      </SignInFrame>
    );
  }
  return (
    <SignInFrame
      title='Stop these reports?'
      description='You will get no more weekly or monthly reports at the address to which this link was sent.'
    >
      <Button variant='primary' disabled={stop.isPending} onClick={() => stop.mutate()}>
        {stop.isPending ? 'Stopping …' : 'Stop the reports'}
      </Button>
      {stop.error && <ActionFailure error={stop.error} />}
    </SignInFrame>
  );
}
