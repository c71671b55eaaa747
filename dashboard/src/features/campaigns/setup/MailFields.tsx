import { Braces } from 'lucide-react';
import { useId, useRef } from 'react';
import type { Mail } from '../../../data/campaign-setup.ts';
import { Button } from '../../../ui/button.tsx';
import { Dropdown, DropdownItem } from '../../../ui/dropdown.tsx';
import { Field, fieldLooks, Input } from '../../../ui/input.tsx';
import { cn } from '../../../ui/class-names.ts';
import { fieldVariables, hintsOf } from './copy.ts';

/** Subject and text of one email, with a menu of variables that writes where the cursor is. */
export function MailFields({ mail, onChange, customVariables, isFirst, isLocked }: {
  mail: Mail;
  onChange: (mail: Mail) => void;
  customVariables: readonly string[];
  /** The first step needs a subject. */
  isFirst: boolean;
  isLocked: boolean;
}) {
  const id = useId();
  const body = useRef<HTMLTextAreaElement>(null);
  const subject = useRef<HTMLInputElement>(null);
  const last = useRef<'subject' | 'body'>('body');
  const insert = (name: string, fallback: string) => {
    const field = last.current === 'subject' ? subject.current : body.current;
    const written = `{{${name}${fallback === '' ? '' : `|${fallback}`}}}`;
    const text = mail[last.current];
    const start = field?.selectionStart ?? text.length;
    const end = field?.selectionEnd ?? text.length;
    onChange({ ...mail, [last.current]: text.slice(0, start) + written + text.slice(end) });
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(start + written.length, start + written.length);
    });
  };
  const hints = hintsOf(mail);
  return (
    <div className='grid gap-3'>
      <Field
        label='Subject'
        htmlFor={`${id}-subject`}
        {...(isFirst ? {} : { hint: 'Empty: the email continues the thread of the one before.' })}
      >
        <Input
          id={`${id}-subject`}
          ref={subject}
          value={mail.subject}
          maxLength={250}
          disabled={isLocked}
          placeholder={isFirst ? 'A question about {{companyName}}' : 'Same thread'}
          onFocus={() => {
            last.current = 'subject';
          }}
          onChange={(event) => onChange({ ...mail, subject: event.target.value })}
        />
      </Field>
      <div className='grid gap-1.5'>
        <div className='flex items-center justify-between gap-2'>
          <label htmlFor={`${id}-body`} className='text-sm font-medium'>Text</label>
          {!isLocked && (
            <Dropdown
              trigger={
                <Button size='small' variant='ghost'>
                  <Braces aria-hidden /> Variable
                </Button>
              }
            >
              <div className='grid max-h-80 gap-0 overflow-y-auto'>
                {fieldVariables.map(({ name, label }) => (
                  <DropdownItem
                    key={name}
                    onSelect={() => insert(name, name === 'firstName' ? 'there' : '')}
                  >
                    <span className='grow'>{label}</span>
                    <code className='text-xs text-ink-soft'>{name}</code>
                  </DropdownItem>
                ))}
                {customVariables.length > 0 && (
                  <p className='border-t border-line px-2.5 pt-2 pb-1 text-xs text-ink-soft'>
                    From your list
                  </p>
                )}
                {customVariables.map((name) => (
                  <DropdownItem key={name} onSelect={() => insert(name, '')}>
                    <code className='text-xs'>{name}</code>
                  </DropdownItem>
                ))}
              </div>
            </Dropdown>
          )}
        </div>
        <textarea
          id={`${id}-body`}
          ref={body}
          rows={8}
          value={mail.body}
          maxLength={20_000}
          disabled={isLocked}
          className={cn(fieldLooks, 'h-auto w-full resize-y py-2 leading-relaxed')}
          onFocus={() => {
            last.current = 'body';
          }}
          onChange={(event) => onChange({ ...mail, body: event.target.value })}
        />
        <p className='text-xs text-ink-soft'>
          A fallback follows a line: <code>{'{{firstName|there}}'}</code>. Simple HTML such as{' '}
          <code>{'<b>'}</code> and <code>{'<a href>'}</code>{' '}
          is sent as it is, unless the campaign sends plain text.
        </p>
        {hints.length > 0 && (
          <ul className='grid gap-1 text-xs text-warm-ink'>
            {hints.map((hint) => (
              <li key={hint} className='rounded-lg bg-warm-wash px-2.5 py-1.5'>{hint}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
