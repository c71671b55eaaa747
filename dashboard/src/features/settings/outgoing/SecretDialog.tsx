import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Input } from '../../../ui/input.tsx';

/** The secret of an endpoint, shown once. */
export function SecretDialog({ name, secret, isNew, onClose }: {
  name: string;
  secret: string;
  isNew: boolean;
  onClose: () => void;
}) {
  const [isCopied, setCopied] = useState(false);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Secret of “${name}”`}
      description={isNew
        ? 'The receiver verifies events with it. Copy it now: it is not shown again.'
        : 'Copy it now: it is not shown again. Events are signed with the old secret too for 24 hours.'}
      footer={<Button variant='primary' onClick={onClose}>Done</Button>}
    >
      <div className='flex gap-2'>
        <Input
          readOnly
          aria-label='Secret'
          className='font-mono text-xs'
          value={secret}
          onFocus={(event) => event.target.select()}
        />
        <Button onClick={() => void navigator.clipboard.writeText(secret).then(() => setCopied(true))}>
          {isCopied ? <Check aria-hidden className='size-4' /> : <Copy aria-hidden className='size-4' />}
          {isCopied ? 'Copied' : 'Copy'}
        </Button>
      </div>
    </Dialog>
  );
}
