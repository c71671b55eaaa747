import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useAgency } from '../../data/agency.ts';
import type { Config } from '../../data/config.ts';
import { projectConfig } from '../../data/supabase.ts';
import { titleOf } from '../../shared/agency-look.ts';
import { Brand, PoweredBy, SupportLink } from '../../shared/Brand.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { MagicLinkForm } from './MagicLinkForm.tsx';
import { PasswordForm } from './PasswordForm.tsx';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { next, reason } = route.useSearch();
  const config = projectConfig();
  const router = useRouter();
  const [method, setMethod] = useState(config.sign_in[0] ?? 'password');
  const [prefill, setPrefill] = useState<{ email: string; password: string }>();
  const proceed = () => void router.navigate({ href: next ?? '/', replace: true });
  const agency = useAgency();
  useEffect(() => {
    document.title = titleOf('Sign in', agency);
  }, [agency]);
  return (
    <main className='grid min-h-dvh content-center justify-items-center gap-5 px-4 py-10'>
      <Brand isLarge />
      <Card className='grid w-full max-w-sm gap-5 p-6'>
        <div>
          <h1 className='text-lg font-semibold tracking-tight'>Sign in</h1>
          <p className='mt-0.5 text-sm text-ink-soft'>See the results of your cold email campaigns.</p>
        </div>
        {reason === 'expired' && (
          <p role='status' className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>
            Your session has ended. Sign in again to continue where you were.
          </p>
        )}
        {method === 'password'
          ? <PasswordForm key={prefill?.email ?? ''} prefill={prefill} onSignedIn={proceed} />
          : <MagicLinkForm next={next} />}
        {config.sign_in.length > 1 && (
          <Button
            variant='link'
            onClick={() => setMethod(method === 'password' ? 'magic_link' : 'password')}
          >
            {method === 'password' ? 'Send me a link instead' : 'Use a password instead'}
          </Button>
        )}
      </Card>
      {agency.support_address && (
        <p className='text-center text-sm text-ink-soft'>
          Questions? Write to <SupportLink className='text-ink' />
        </p>
      )}
      <PoweredBy />
      {config.demo_accounts.length > 0 && (
        <DemoAccounts accounts={config.demo_accounts} onChoose={setPrefill} />
      )}
    </main>
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
