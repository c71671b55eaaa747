import { useState } from 'react';
import { describeFailure } from '../../data/failure.ts';
import { signInWithPassword } from '../../data/session.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/input.tsx';

export function PasswordForm({ prefill, onSignedIn }: {
  prefill: { email: string; password: string } | undefined;
  onSignedIn: () => void;
}) {
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(undefined);
    try {
      await signInWithPassword(String(form.get('email')), String(form.get('password')));
      onSignedIn();
    } catch (failure) {
      const { title, advice } = describeFailure(failure);
      setError(`${title}. ${advice}`);
      setBusy(false);
    }
  };

  return (
    <form className='grid gap-4' onSubmit={(event) => void submit(event)}>
      <Field label='Email address' htmlFor='email'>
        <Input
          id='email'
          name='email'
          type='email'
          autoComplete='username'
          required
          autoFocus={!prefill}
          defaultValue={prefill?.email}
        />
      </Field>
      <Field label='Password' htmlFor='password'>
        <Input
          id='password'
          name='password'
          type='password'
          autoComplete='current-password'
          required
          defaultValue={prefill?.password}
          aria-invalid={error !== undefined}
          {...(error ? { 'aria-describedby': 'sign-in-error' } : {})}
        />
      </Field>
      {error && <p id='sign-in-error' role='alert' className='text-sm text-bad'>{error}</p>}
      <Button
        type='submit'
        variant='primary'
        size='large'
        disabled={isBusy}
        autoFocus={prefill !== undefined}
      >
        {isBusy ? 'Signing in …' : 'Sign in'}
      </Button>
    </form>
  );
}
