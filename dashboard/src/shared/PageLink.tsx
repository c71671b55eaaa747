import { Link, type LinkProps, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/**
 * A link to a page of another feature, by its address: no feature has to know the other's routes. Where this build has
 * no such page, the text stands there without a link.
 */
export function PageLink({ to, search = {}, className, children }: {
  to: string;
  search?: Record<string, unknown>;
  className?: string;
  children: ReactNode;
}) {
  const { routesByPath } = useRouter();
  if (!Object.hasOwn(routesByPath, to)) return <span>{children}</span>;
  return (
    <Link
      to={to as NonNullable<LinkProps['to']>}
      // The period and the client stay, as on every way from page to page.
      search={search as never}
      className={className ?? ''}
    >
      {children}
    </Link>
  );
}

/** Whether this build has a page of that address. */
export function useHasPage(address: string): boolean {
  return Object.hasOwn(useRouter().routesByPath, address);
}
