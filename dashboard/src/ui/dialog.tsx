import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { cn } from './class-names.ts';

/** A modal with a title and a sentence; Escape and the corner close it. */
export function Dialog({ open, onOpenChange, title, description, children, footer, className }: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  className?: string;
}) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className='fixed inset-0 z-40 bg-black/45 backdrop-blur-[2px]' />
        <Primitive.Content
          {
            // Without a description there is nothing that could describe it.
            ...(description ? {} : { 'aria-describedby': undefined })
          }
          className={cn(
            'fixed z-50 grid max-h-[90dvh] w-full grid-cols-[minmax(0,1fr)] wrap-anywhere gap-4 overflow-y-auto border border-line bg-surface p-5 shadow-card',
            'bottom-0 left-0 rounded-t-2xl sm:bottom-auto sm:top-1/2 sm:left-1/2 sm:max-w-lg sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-2xl sm:p-6',
            className,
          )}
        >
          <div className='grid gap-1.5 pr-10'>
            <Primitive.Title className='text-lg font-semibold tracking-tight'>{title}</Primitive.Title>
            {description && (
              <Primitive.Description className='text-sm text-ink-soft'>{description}</Primitive.Description>
            )}
          </div>
          {children}
          {footer && <div className='flex flex-wrap justify-end gap-2 pt-1'>{footer}</div>}
          <Primitive.Close asChild>
            <Button variant='ghost' size='icon' aria-label='Close' className='absolute top-3 right-3'>
              <X aria-hidden />
            </Button>
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
