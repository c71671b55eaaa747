import { useState } from 'react';
import { describeFailure } from '../../data/failure.ts';
import { sendMagicLink } from '../../data/session.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/input.tsx';

export function MagicLinkForm({ next }: { next: string | undefined }) {
  const [state, setState] = useState<'idle' | 'busy' | 'sent'>('idle');
  const [error, setError] = useState<string>();

  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email'));
    setState('busy');
    setError(undefined);
    try {
      await sendMagicLink(email, new URL(next ?? '/', location.origin).href);
      setState('sent');
    } catch (failure) {
      const { title, advice } = describeFailure(failure);
      setError(`${title}. ${advice}`);
      setState('idle');
    }
  };

  if (state === 'sent') {
    return (
      <p role='status' className='rounded-lg bg-good-wash px-3 py-2 text-sm text-good'>
        If this address has an account, a link is on its way. Open it in this browser.
      </p>
    );
  }
  return (
    <form className='grid gap-4' onSubmit={(event) => void submit(event)}>
      <Field label='Email address' htmlFor='email'>
        <Input id='email' name='email' type='email' autoComplete='username' required autoFocus />
      </Field>
      {error && <p role='alert' className='text-sm text-bad'>{error}</p>}
      <Button type='submit' variant='primary' size='large' disabled={state === 'busy'}>
        {state === 'busy' ? 'Sending …' : 'Send me a link'}
      </Button>
    </form>
  );
}
