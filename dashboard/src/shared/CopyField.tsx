import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/input.tsx';

/** A text to take along: readable, chosen as a whole, and copied by a button that says so. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const [copied, setCopied] = useState<string>();
  const isCopied = copied === value;
  return (
    <div className='flex gap-2'>
      <Input
        readOnly
        aria-label={label}
        className='font-mono text-xs'
        value={value}
        onFocus={(event) => event.target.select()}
      />
      <Button onClick={() => void navigator.clipboard.writeText(value).then(() => setCopied(value))}>
        {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}
