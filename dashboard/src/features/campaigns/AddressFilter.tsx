import { useState } from 'react';
import { Input } from '../../ui/input.tsx';

/** Applied with Enter or on leaving the field: each key press would be a request to the server. */
export function AddressFilter({ label, placeholder, value, onChange }: {
  label: string;
  placeholder: string;
  value: string;
  onChange: (next: string) => void;
}) {
  const [text, setText] = useState(value);
  const apply = () => text.trim() !== value && onChange(text.trim());
  return (
    <form
      role='search'
      onSubmit={(event) => {
        event.preventDefault();
        apply();
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
        onBlur={apply}
      />
    </form>
  );
}
