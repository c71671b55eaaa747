import { useState } from 'react';
import { Input } from '../../ui/input.tsx';

/** Asked with Enter or on leaving: each letter would be a question to the server. */
export function AddressFilter({ label, placeholder, value, onChange }: {
  label: string;
  placeholder: string;
  value: string;
  onChange: (next: string) => void;
}) {
  const [text, setText] = useState(value);
  const tell = () => text.trim() !== value && onChange(text.trim());
  return (
    <form
      role='search'
      onSubmit={(event) => {
        event.preventDefault();
        tell();
      }}
    >
      <Input
        type='search'
        aria-label={label}
        placeholder={placeholder}
        className='w-48'
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          // The cross of the field empties it without leaving it.
          if (event.target.value === '' && value !== '') onChange('');
        }}
        onBlur={tell}
      />
    </form>
  );
}
