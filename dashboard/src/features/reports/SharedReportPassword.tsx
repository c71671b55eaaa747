import { useState } from 'react';
import { useAgency } from '../../data/agency.ts';
import type { Failure } from '../../data/failure.ts';
import { minutesLocked } from '../../data/shared-report.ts';
import { plural } from '../../shared/format.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/input.tsx';
import { SignInFrame } from '../sign-in/SignInFrame.tsx';

/** Asks for the password of a share link, and says what was wrong with the last one. */
export function SharedReportPassword({ failure, isPending, onSubmit }: {
  failure: Failure | undefined;
  isPending: boolean;
  onSubmit: (password: string) => void;
}) {
  const { name } = useAgency();
  const [password, setPassword] = useState('');
  const error = failure?.code === 'PASSWORD_REQUIRED' ? undefined : failure && sentenceOf(failure);
  return (
    <SignInFrame
      title='This report is protected'
      description={`Enter the password that you got from ${name ?? 'who sent the link'}.`}
    >
      <form
        className='grid gap-4'
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending) onSubmit(password);
        }}
      >
        <Field label='Password' htmlFor='report-password' error={error}>
          <Input
            id='report-password'
            type='password'
            autoComplete='off'
            autoFocus
            required
            maxLength={200}
            value={password}
            aria-invalid={error !== undefined}
            aria-describedby={error === undefined ? undefined : 'report-password-error'}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <p role='status' className='sr-only'>{error}</p>
        <Button variant='primary' type='submit' disabled={isPending}>
          {isPending ? 'Opening …' : 'Open the report'}
        </Button>
      </form>
    </SignInFrame>
  );
}

/** Why a link did not open. */
export function sentenceOf(failure: Failure): string {
  switch (failure.code) {
    case 'WRONG_PASSWORD':
      return 'This is not the password. Check it and try again.';
    case 'RATE_LIMIT_EXCEEDED':
      return `There were too many attempts. Try again in ${plural(minutesLocked(failure), 'minute')}.`;
    case 'OFFLINE':
      return 'The server cannot be reached. Check your connection and try again.';
    default:
      return 'Something went wrong on our side. Try again in a minute.';
  }
}
