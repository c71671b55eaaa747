// Whom a referral names: the address in its text, and a name beside it or within the address.

export interface Referred {
  email: string;
  first_name: string;
  last_name: string;
}

const address = /[\p{L}\d._%+'-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu;
const capitalised = String
  .raw`\p{Lu}[\p{L}'’-]+(?:[ \t]+(?:(?:van|von|de|der|den|di|la|le)[ \t]+)*\p{Lu}[\p{L}'’-]+){0,2}`;

/** The first address that is neither the writer's nor ours; undefined where there is none. */
export function findReferred(text: string | null, known: readonly (string | null)[]): Referred | undefined {
  const own = new Set(known.map((email) => email?.toLowerCase()));
  for (const found of text?.matchAll(address) ?? []) {
    const email = found[0].replace(/^['.]+|['.]+$/g, '').toLowerCase();
    if (own.has(email)) continue;
    const before = (text ?? '').slice(0, found.index);
    const beside = new RegExp(`(${capitalised})[ \\t]*[(<:,-]?[ \\t]*(?:mailto:)?$`, 'u').exec(before)?.[1];
    return { email, ...nameOf(beside ?? nameInAddress(email)) };
  }
  return undefined;
}

function nameInAddress(email: string): string {
  const parts = (email.split('@')[0] ?? '').split(/[._]/).filter((part) => /^\p{L}{2,}$/u.test(part));
  return parts.length < 2 ? '' : parts.map((part) => part[0]?.toUpperCase() + part.slice(1)).join(' ');
}

function nameOf(name: string): { first_name: string; last_name: string } {
  const [first = '', ...rest] = name.trim().split(/\s+/);
  return { first_name: first, last_name: rest.join(' ') };
}
