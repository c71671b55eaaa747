import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { type Provider, providers } from '../../../data/connections.ts';
import { Button } from '../../../ui/button.tsx';
import { Input } from '../../../ui/input.tsx';

/** For a secret to be saved: hidden unless somebody wants to see it, and not kept by the browser. */
export function SecretField({ label, what, value, onChange, hasError, children }: {
  label: string;
  /** After "Show the" and "Hide the". */
  what: string;
  value: string;
  onChange: (value: string) => void;
  hasError: boolean;
  /** Where it is found, in paragraphs. */
  children: ReactNode;
}) {
  const id = useId();
  const [isShown, setShown] = useState(false);
  return (
    <div className='grid gap-1.5'>
      <label htmlFor={id} className='text-sm font-medium'>{label}</label>
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
          aria-label={`${isShown ? 'Hide' : 'Show'} the ${what}`}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        </Button>
      </div>
      <div id={`${id}-help`} className='grid gap-1 text-xs text-ink-soft'>{children}</div>
    </div>
  );
}

/** An API key, with where to create it and which scopes it needs. */
export function KeyField({ provider, value, onChange, hasError }: {
  provider: Provider;
  value: string;
  onChange: (key: string) => void;
  hasError: boolean;
}) {
  const { name, keyPlace, scopes } = providers[provider];
  return (
    <SecretField label={`${name} API key`} what='key' value={value} onChange={onChange} hasError={hasError}>
      <p>{keyPlace}</p>
      {scopes && <p>{scopes}</p>}
      <p>
        It is encrypted before it is stored and cannot be read again. Only its last four characters stay
        visible.
      </p>
    </SecretField>
  );
}
