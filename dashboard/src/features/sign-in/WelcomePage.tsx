import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { type Arrival, type LinkType, readArrival, setArrival } from '../../data/arrival.ts';
import { describeFailure, toFailure } from '../../data/failure.ts';
import { choosePassword, openArrival, useSession } from '../../data/session.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/input.tsx';
import { SignInFrame } from './SignInFrame.tsx';

const route = getRouteApi('/welcome');

/** As `minimum_password_length` in supabase/config.toml. */
const minimumLength = 12;

const texts: Record<LinkType, { title: string; description: string; action: string; busy: string }> = {
  invite: {
    title: 'Welcome',
    description:
      'Choose a password to accept the invitation. With it and your email address you sign in from now on.',
    action: 'Set password and sign in',
    busy: 'Signing in …',
  },
  recovery: {
    title: 'Choose a new password',
    description: 'When you save it, your other devices are signed out within an hour.',
    action: 'Save password and sign in',
    busy: 'Saving …',
  },
  magiclink: {
    title: 'Sign in',
    description: 'You opened a sign-in link. It works once.',
    action: 'Sign in',
    busy: 'Signing in …',
  },
};

/** Where the link of an email ends: an invitation, a forgotten password, a sign-in without one. */
export function WelcomePage() {
  const { next } = route.useSearch();
  const router = useRouter();
  // The page keeps it: what was opened is forgotten before the next page loads.
  const [arrival] = useState(readArrival);
  const [isExpired, setExpired] = useState(arrival === undefined || arrival.kind === 'refused');
  const leave = (href: string) => {
    setArrival(undefined);
    void router.navigate({ href, replace: true });
  };
  if (arrival === undefined || arrival.kind === 'refused' || isExpired) {
    return <ExpiredLink type={arrival && 'type' in arrival ? arrival.type : undefined} onLeave={leave} />;
  }
  return (
    <OpenForm
      arrival={arrival}
      onDone={() => leave(next ?? '/')}
      onExpired={() => setExpired(true)}
    />
  );
}

function OpenForm({ arrival, onDone, onExpired }: {
  arrival: Exclude<Arrival, { kind: 'refused' }>;
  onDone: () => void;
  onExpired: () => void;
}) {
  const session = useSession();
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [isShown, setShown] = useState(false);
  const { title, description, action, busy } = texts[arrival.type];
  const needsPassword = arrival.type !== 'magiclink';
  // Read once: opening the link changes who is signed in.
  const [stranger] = useState(arrival.kind === 'signed-in' ? undefined : session?.email);

  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password') ?? '');
    if (needsPassword && password.length < minimumLength) {
      setError(`Use at least ${minimumLength} characters; a few words are easy to remember.`);
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      // Only now, so that a preview of the link does not use it up; a second attempt continues with the session.
      await openArrival(readArrival() ?? arrival);
      if (needsPassword) await choosePassword(password);
      onDone();
    } catch (failure) {
      if (toFailure(failure).code === 'LINK_EXPIRED') {
        onExpired();
        return;
      }
      const sentences = describeFailure(failure);
      setError(`${sentences.title}. ${sentences.advice}`);
      setBusy(false);
    }
  };

  return (
    <SignInFrame title={title} description={description}>
      {stranger && (
        <p role='status' className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>
          You are signed in as{' '}
          <span className='font-medium break-all'>{stranger}</span>. Continuing signs you out of that account
          in this browser.
        </p>
      )}
      <form className='grid gap-4' onSubmit={(event) => void submit(event)}>
        {needsPassword && (
          <Field label='New password' htmlFor='password' hint={`At least ${minimumLength} characters.`}>
            <div className='flex gap-2'>
              <Input
                id='password'
                name='password'
                type={isShown ? 'text' : 'password'}
                autoComplete='new-password'
                required
                autoFocus
                aria-invalid={error !== undefined}
                {...(error ? { 'aria-describedby': 'welcome-error' } : {})}
              />
              <Button
                aria-pressed={isShown}
                onClick={() =>
                  setShown(!isShown)}
              >
                {isShown ? 'Hide' : 'Show'}
              </Button>
            </div>
          </Field>
        )}
        {error && <p id='welcome-error' role='alert' className='text-sm text-bad'>{error}</p>}
        <Button type='submit' variant='primary' size='large' disabled={isBusy} autoFocus={!needsPassword}>
          {isBusy ? busy : action}
        </Button>
      </form>
    </SignInFrame>
  );
}

/** What to do depends on who sends the next link: the agency, or the person. */
function ExpiredLink({ type, onLeave }: { type: LinkType | undefined; onLeave: (href: string) => void }) {
  const isInvitation = type === 'invite';
  return (
    <SignInFrame
      title='This link no longer works'
      description={isInvitation
        ? 'An invitation works once, for a day. If you have chosen a password already, sign in. Otherwise ask your agency to send it again.'
        : 'A link works once, for a day, and a newer one replaces it.'}
    >
      <div className='grid gap-2'>
        <Button variant='primary' size='large' onClick={() => onLeave('/sign-in')}>Go to sign-in</Button>
        {!isInvitation && (
          <Button
            size='large'
            onClick={() =>
              onLeave(type === 'magiclink' ? '/sign-in?form=magic_link' : '/sign-in?form=forgotten')}
          >
            Send me a new link
          </Button>
        )}
      </div>
    </SignInFrame>
  );
}
