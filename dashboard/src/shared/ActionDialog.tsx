import { type ReactNode, useId } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ActionFailure } from './ActionFailure.tsx';

/** A dialog that does one thing: Cancel, a button (Enter presses it too), and why it failed. */
export function ActionDialog({ title, description, action, busy, isDangerous, isReady = true, ...rest }: {
  title: string;
  description: ReactNode;
  /** On the button, and while it works. */
  action: string;
  busy: string;
  isDangerous?: boolean;
  /** False: something is still missing. */
  isReady?: boolean;
  mutation: { isPending: boolean; error: unknown };
  onSubmit: () => void;
  onClose: () => void;
  /** In place of the usual sentence about a failure. */
  failure?: (error: unknown) => ReactNode;
  children?: ReactNode;
}) {
  const form = useId();
  const { mutation, onSubmit, onClose, failure, children } = rest;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={isDangerous ? 'danger' : 'primary'}
            type='submit'
            form={form}
            disabled={!isReady || mutation.isPending}
          >
            {mutation.isPending ? busy : action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className='grid gap-4 empty:hidden'
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !mutation.isPending) onSubmit();
        }}
      >
        {children}
        {mutation.error ? failure?.(mutation.error) ?? <ActionFailure error={mutation.error} /> : null}
      </form>
    </Dialog>
  );
}

/** A checkbox with a sentence about what it means. */
export function CheckField({ label, hint, isChecked, onChange }: {
  label: string;
  hint?: string;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
}) {
  return (
    <label className='flex items-start gap-2.5 text-sm'>
      <input
        type='checkbox'
        className='mt-0.5 size-4 shrink-0 accent-brand'
        checked={isChecked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        {hint && <span className='block text-xs text-ink-soft'>{hint}</span>}
      </span>
    </label>
  );
}
