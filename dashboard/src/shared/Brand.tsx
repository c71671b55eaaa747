import { useAgency } from '../data/agency.ts';
import { cn } from '../ui/class-names.ts';
import { firstLetter, productName } from './agency-look.ts';

/** The agency's logo, or the first letter of its name, and the name. */
export function Brand({ isLarge = false, className }: { isLarge?: boolean; className?: string }) {
  const { name, logo } = useAgency();
  return (
    <span className={cn('inline-flex min-w-0 items-center gap-2.5 font-semibold tracking-tight', className)}>
      {logo
        ? (
          <img
            src={logo}
            alt=''
            className={cn('w-auto shrink-0 object-contain', isLarge ? 'h-11 max-w-44' : 'h-7 max-w-28')}
          />
        )
        : name && (
          <span
            aria-hidden
            className={cn(
              'grid shrink-0 place-items-center rounded-lg bg-brand text-brand-ink',
              isLarge ? 'size-10 text-xl' : 'size-7 text-sm',
            )}
          >
            {firstLetter(name)}
          </span>
        )}
      <span
        className={cn(
          isLarge ? 'truncate text-xl' : 'line-clamp-2 text-sm leading-tight md:text-base md:leading-tight',
        )}
      >
        {name ?? '\u00a0'}
      </span>
    </span>
  );
}

/** Only where the agency wants it. */
export function PoweredBy({ className }: { className?: string }) {
  const { show_product_name: isShown } = useAgency();
  return isShown ? <p className={cn('text-xs text-ink-soft', className)}>Powered by {productName}</p> : null;
}

/** Who to ask, as a link; null where the agency named no address. */
export function SupportLink({ className }: { className?: string }) {
  const { support_address: address } = useAgency();
  return address === null ? null : (
    <a
      href={`mailto:${encodeURIComponent(address).replace('%40', '@')}`}
      className={cn('underline-offset-4 hover:underline', className)}
    >
      {address}
    </a>
  );
}

/** On paper, where there is no frame around the page: whose numbers these are. */
export function PrintedBrand({ client }: { client: string | undefined }) {
  return (
    <div className='mb-4 hidden items-center justify-between border-b border-line pb-3 print:flex'>
      <Brand />
      {client && <span className='text-ink-soft'>{client}</span>}
    </div>
  );
}
