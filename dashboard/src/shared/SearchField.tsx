import { useEffect, useState } from 'react';
import { Input } from '../ui/input.tsx';

/** Text to look for; asks the server when the typing pauses. */
export function SearchField({ label, value, onChange }: {
  label: string;
  value: string | undefined;
  onChange: (next: string | undefined) => void;
}) {
  const [text, setText] = useState(value ?? '');
  useEffect(() => {
    if (text === (value ?? '')) return;
    const timer = setTimeout(() => onChange(text.trim() === '' ? undefined : text), 300);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <Input
      type='search'
      aria-label={label}
      placeholder={label}
      className='max-w-64'
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
