import { LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { signOut, useSession } from '../../data/session.ts';
import { Button } from '../../ui/button.tsx';
import { cn } from '../../ui/class-names.ts';
import { setTheme, type Theme, useTheme } from '../../ui/theme.ts';

const themes: readonly { value: Theme; label: string; Icon: typeof Sun }[] = [
  { value: 'light', label: 'Light', Icon: Sun },
  { value: 'dark', label: 'Dark', Icon: Moon },
  { value: 'system', label: 'System', Icon: Monitor },
];

/** Who is signed in, light or dark, and the way out. */
export function AccountMenu({ className }: { className?: string }) {
  const session = useSession();
  const theme = useTheme();
  return (
    <div className={cn('grid grid-cols-[minmax(0,1fr)] gap-3 border-t border-line pt-4', className)}>
      <div role='radiogroup' aria-label='Theme' className='flex gap-1 rounded-lg bg-raised p-1'>
        {themes.map(({ value, label, Icon }) => (
          <button
            key={value}
            type='button'
            role='radio'
            aria-checked={theme === value}
            aria-label={label}
            title={label}
            onClick={() => setTheme(value)}
            className={cn(
              'grid h-8 flex-1 place-items-center rounded-md text-ink-soft hover:text-ink',
              theme === value && 'bg-surface text-ink shadow-card',
            )}
          >
            <Icon aria-hidden className='size-4' />
          </button>
        ))}
      </div>
      <div className='flex items-center justify-between gap-2'>
        <div className='min-w-0 px-1'>
          <p className='truncate text-sm' title={session?.email}>{session?.email}</p>
          <p className='text-xs text-ink-soft'>{session?.role === 'operator' ? 'Operator' : 'Client'}</p>
        </div>
        <Button
          variant='ghost'
          size='icon'
          aria-label='Sign out'
          title='Sign out'
          onClick={() => void signOut()}
        >
          <LogOut aria-hidden />
        </Button>
      </div>
    </div>
  );
}
