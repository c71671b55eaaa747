import { useState } from 'react';
import { describeFailure } from '../../data/failure.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/input.tsx';

/** One address and one button that sends a link to it; the answer never reveals who has an account. */
export function MailForm({ action, sent, send }: {
  action: string;
  sent: string;
  send: (email: string) => Promise<void>;
}) {
  const [state, setState] = useState<'idle' | 'busy' | 'sent'>('idle');
  const [error, setError] = useState<string>();

  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email'));
    setState('busy');
    setError(undefined);
    try {
      await send(email);
      setState('sent');
    } catch (failure) {
      const { title, advice } = describeFailure(failure);
      setError(`${title}. ${advice}`);
      setState('idle');
    }
  };

  if (state === 'sent') {
    return <p role='status' className='rounded-lg bg-good-wash px-3 py-2 text-sm text-good'>{sent}</p>;
  }
  return (
    <form className='grid gap-4' onSubmit={(event) => void submit(event)}>
      <Field label='Email address' htmlFor='email'>
        <Input id='email' name='email' type='email' autoComplete='username' required autoFocus />
      </Field>
      {error && <p role='alert' className='text-sm text-bad'>{error}</p>}
      <Button type='submit' variant='primary' size='large' disabled={state === 'busy'}>
        {state === 'busy' ? 'Sending …' : action}
      </Button>
    </form>
  );
}
