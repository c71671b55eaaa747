import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { Config } from '../../data/config.ts';
import { sendMagicLink, sendPasswordLink } from '../../data/session.ts';
import { projectConfig } from '../../data/supabase.ts';
import { Button } from '../../ui/button.tsx';
import { MailForm } from './MailForm.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { SignInFrame } from './SignInFrame.tsx';

const route = getRouteApi('/sign-in');

const titles = {
  password: { title: 'Sign in', description: 'See the results of your cold email campaigns.' },
  magic_link: {
    title: 'Sign in with a link',
    description: 'We send you an email with a link that signs you in, without a password.',
  },
  forgotten: {
    title: 'Forgot your password?',
    description: 'We send you an email with a link to choose a new one.',
  },
};

/** On this site, wherever it is installed. */
const pageAddress = (path: string) => new URL(path, new URL(import.meta.env.BASE_URL, location.origin)).href;

export function SignInPage() {
  const { next, reason, form } = route.useSearch();
  const config = projectConfig();
  const router = useRouter();
  const navigate = route.useNavigate();
  const [prefill, setPrefill] = useState<{ email: string; password: string }>();
  const proceed = () => void router.navigate({ href: next ?? '/', replace: true });
  const hasPassword = config.sign_in.includes('password');
  const shown = form === 'forgotten' && !hasPassword ? undefined : form;
  const method = shown ?? config.sign_in[0] ?? 'password';
  const show = (chosen: typeof form) =>
    void navigate({ search: (kept) => ({ ...kept, form: chosen }), replace: true });
  return (
    <SignInFrame
      {...titles[method]}
      below={config.demo_accounts.length > 0 && method === 'password' && (
        <DemoAccounts accounts={config.demo_accounts} onChoose={setPrefill} />
      )}
    >
      {reason === 'expired' && (
        <p role='status' className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>
          Your session has ended. Sign in again to continue where you were.
        </p>
      )}
      {method === 'password' && (
        <PasswordForm key={prefill?.email ?? ''} prefill={prefill} onSignedIn={proceed} />
      )}
      {method === 'magic_link' && (
        <MailForm
          key='magic_link'
          action='Send me a link'
          sent='If this address has an account, a link is on its way. It works once, for a day.'
          send={(email) => sendMagicLink(email, pageAddress((next ?? '/').slice(1)))}
        />
      )}
      {method === 'forgotten' && (
        <MailForm
          key='forgotten'
          action='Send me a link'
          sent='If this address has an account, a link to choose a new password is on its way. Check your spam folder too.'
          send={(email) => sendPasswordLink(email, pageAddress('welcome'))}
        />
      )}
      <div className='flex flex-wrap justify-between gap-x-4 gap-y-2'>
        {method === 'forgotten'
          ? <Button variant='link' onClick={() => show(undefined)}>Back to sign-in</Button>
          : (
            <>
              {config.sign_in.length > 1 && (
                <Button
                  variant='link'
                  onClick={() => show(method === 'password' ? 'magic_link' : 'password')}
                >
                  {method === 'password' ? 'Send me a link instead' : 'Use a password instead'}
                </Button>
              )}
              {method === 'password' && (
                <Button variant='link' onClick={() => show('forgotten')}>Forgot your password?</Button>
              )}
            </>
          )}
      </div>
    </SignInFrame>
  );
}

/** Fills the form with one of the demo's public passwords. */
function DemoAccounts({ accounts, onChoose }: {
  accounts: Config['demo_accounts'];
  onChoose: (account: { email: string; password: string }) => void;
}) {
  return (
    <div className='grid w-full max-w-sm gap-2 text-center text-sm text-ink-soft'>
      <p>This is a demo. Sign in as:</p>
      <div className='flex flex-wrap justify-center gap-2'>
        {accounts.map((account) => (
          <Button key={account.email} size='small' onClick={() => onChoose(account)}>{account.label}</Button>
        ))}
      </div>
    </div>
  );
}
