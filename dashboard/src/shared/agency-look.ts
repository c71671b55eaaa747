// The agency's look on the whole page: its colour, its icon, and its name in the title.
import { type Agency, onAgencyChange, readAgency } from '../data/agency.ts';

/** The software's own name, which clients read only where the agency wants it. */
export const productName = 'Replyloop';

const defaultAccent = '#0f5f5c';

export const firstLetter = (name: string): string => [...name.trim()][0]?.toLocaleUpperCase('en') ?? '';

export const titleOf = (page: string, { name }: Agency): string => name === null ? page : `${page} · ${name}`;

async function wear({ name, logo, accent_colour: accent }: Agency): Promise<void> {
  if (name === null && accent === null) return;
  // Not part of the first load: the page is readable in the usual colours until it is there.
  const { accentSheet, letterIcon } = await import('../ui/accent.ts');
  let sheet = document.getElementById('agency-accent');
  if (!sheet) {
    sheet = document.createElement('style');
    sheet.id = 'agency-accent';
    document.head.append(sheet);
  }
  sheet.textContent = accent === null ? '' : accentSheet(accent);
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (icon && name !== null) {
    icon.removeAttribute('type');
    icon.href = logo ?? letterIcon(firstLetter(name), accent ?? defaultAccent);
  }
}

/** From now on the page looks like the agency. */
export function followAgency(): void {
  const follow = () => void wear(readAgency()).catch(() => undefined);
  follow();
  onAgencyChange(follow);
}
