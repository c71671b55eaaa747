import type { Config } from '../../data/config.ts';
import { Button } from '../../ui/button.tsx';

/** Fills the form with one of the demo's public passwords. */
export function DemoAccounts({ accounts, onChoose }: {
  accounts: Config['demo_accounts'];
  onChoose: (account: { email: string; password: string }) => void;
}) {
  return (
    <div className='grid w-full max-w-sm gap-2 text-center text-sm text-ink-soft'>
      <p>This is the demo. Fill in:</p>
      <div className='flex flex-wrap justify-center gap-2'>
        {accounts.map((account) => (
          <Button key={account.email} size='small' onClick={() => onChoose(account)}>{account.label}</Button>
        ))}
      </div>
    </div>
  );
}
