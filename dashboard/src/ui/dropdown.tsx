import { Check } from 'lucide-react';
import { DropdownMenu as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';

/** A menu behind a button. */
export function Dropdown({ trigger, children, align = 'end' }: {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
}) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          sideOffset={6}
          collisionPadding={12}
          className='z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 max-w-[min(20rem,calc(100vw-1.5rem))] overflow-y-auto rounded-xl border border-line bg-surface p-1.5 shadow-card'
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

const itemLooks =
  'flex cursor-pointer items-center gap-2.5 rounded-lg px-2.5 py-2 text-sm outline-none data-highlighted:bg-raised [&_svg]:size-4 [&_svg]:shrink-0';

export function DropdownItem({ className, ...rest }: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item
      className={cn(itemLooks, '[&_svg]:text-ink-soft', className)}
      {...rest}
    />
  );
}

/** Ticked or not; the menu stays open, for several are chosen at a time. */
export function DropdownCheckbox({ children, ...rest }: ComponentProps<typeof Primitive.CheckboxItem>) {
  return (
    <Primitive.CheckboxItem
      className={cn(itemLooks, 'py-1.5')}
      onSelect={(event) => event.preventDefault()}
      {...rest}
    >
      <span aria-hidden className='grid size-4 shrink-0 place-items-center'>
        <Primitive.ItemIndicator>
          <Check className='text-brand' />
        </Primitive.ItemIndicator>
      </span>
      <span dir='auto' className='min-w-0 wrap-anywhere'>{children}</span>
    </Primitive.CheckboxItem>
  );
}

export function DropdownHeading({ children }: { children: ReactNode }) {
  return (
    <Primitive.Label className='px-2.5 pt-1.5 pb-1 text-xs font-medium text-ink-soft'>
      {children}
    </Primitive.Label>
  );
}

/** A text between the items, in place of some. */
export function DropdownNote({ children }: { children: ReactNode }) {
  return <p className='px-2.5 py-1.5 text-sm text-ink-soft'>{children}</p>;
}

export function DropdownSeparator() {
  return <Primitive.Separator className='my-1.5 h-px bg-line' />;
}
