import { Eye, EyeOff } from 'lucide-react';
import { useId, useState } from 'react';
import { type Provider, providers } from '../../../data/connections.ts';
import { Button } from '../../../ui/button.tsx';
import { Input } from '../../../ui/input.tsx';

/** For a key that is on its way in: hidden unless somebody wants to see it, and not kept by the browser. */
export function KeyField({ provider, value, onChange, hasError }: {
  provider: Provider;
  value: string;
  onChange: (key: string) => void;
  hasError: boolean;
}) {
  const id = useId();
  const [isShown, setShown] = useState(false);
  const { name, keyPlace, scopes } = providers[provider];
  return (
    <div className='grid gap-1.5'>
      <label htmlFor={id} className='text-sm font-medium'>{name} API key</label>
      <div className='flex gap-2'>
        <Input
          id={id}
          type={isShown ? 'text' : 'password'}
          autoComplete='off'
          spellCheck={false}
          data-1p-ignore
          data-lpignore='true'
          className='font-mono'
          aria-describedby={`${id}-help`}
          aria-invalid={hasError}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
        <Button
          size='icon'
          aria-label={isShown ? 'Hide the key' : 'Show the key'}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        </Button>
      </div>
      <div id={`${id}-help`} className='grid gap-1 text-xs text-ink-soft'>
        <p>{keyPlace}</p>
        {scopes && <p>{scopes}</p>}
        <p>
          It is sealed before it is stored; nobody can read it again, only its last four characters stay
          visible.
        </p>
      </div>
    </div>
  );
}
