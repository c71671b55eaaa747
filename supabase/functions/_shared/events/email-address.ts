/**
 * The identity of an email address. `private.normalize_email` in SQL gives exactly the same result; a test compares them, so
 * change both together.
 */

/** Invisible: control characters other than spaces, soft hyphen, zero-width, direction and variation marks. */
const invisible =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]+/gu;
const space = '\\u0009-\\u000d\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const spaces = new RegExp(`[${space}]`);
const quotes = '"\'`\\u00ab\\u00bb\\u2018-\\u201f\\u2039\\u203a';
const before = new RegExp(`^(?:[${space}<>()\\[\\]{}${quotes},;:.]|%20|mailto:/*)+`);
const after = new RegExp(`(?:[${space}<>()\\[\\]{}${quotes},;:.]|%20)+$`);
const link = new RegExp(`^[${space}<("']*mailto:`);
const named = /^([^<>]*)<([^<>]*)>[^<>@]*$/u;
const localPart =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10ffff}-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10ffff}-]+)*$/u;
const label = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
/** Most addresses are already normalised; short enough that no part can be too long. */
const plain = /^[a-z0-9_]+(?:[-.+_'][a-z0-9_]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

/**
 * One usable address in the form in which it is stored and compared, or null: without what scrapers and mail programs put
 * around it, in lower case, its domain in ASCII (`xn--…`).
 */
export function normalizeEmailAddress(value: string): string | null {
  if (value.length <= 66 && plain.test(value)) return value;
  // Anything longer is prose, not an address.
  if (Array.from(value).length > 2000 || /\p{Cs}|\ufffd/u.test(value)) return null;

  let text = lowerCase(value.replace(invisible, '').normalize('NFKC')).normalize('NFKC').replaceAll(
    '\u3002',
    '.',
  );
  if (link.test(text)) text = text.replace(/\?.*/su, '');
  const parts = named.exec(text);
  if (parts?.[2]?.includes('@')) {
    const name = trim(parts[1] ?? '');
    // A name that is itself an address must be the same one.
    if (name.includes('@') && name !== trim(parts[2])) return null;
    text = parts[2];
  }
  text = trim(text);
  if (spaces.test(text)) return null;

  const [local, host, ...more] = text.split('@');
  if (local === undefined || host === undefined || more.length > 0) return null;
  if (!localPart.test(local) || new TextEncoder().encode(local).length > 64) return null;

  const labels = host.split('.').map(asciiLabel);
  const domain = labels.join('.');
  if (!labels.every((one) => one.length <= 63 && label.test(one))) return null;
  if (
    !/\.(?=[^.]*[a-z])[^.]{2,}$/.test(domain) ||
    new TextEncoder().encode(`${local}@${domain}`).length > 254
  ) {
    return null;
  }
  return `${local}@${domain}`;
}

/** The rows with a usable address, each with its normalised form; other rows are dropped. */
export function withAddress<Row>(rows: Row[], read: (row: Row) => string): { row: Row; email: string }[] {
  return rows.flatMap((row) => {
    const email = normalizeEmailAddress(read(row));
    return email === null ? [] : [{ row, email }];
  });
}

/** Character by character, as the database does it: no final sigma, and one character that would become two. */
function lowerCase(text: string): string {
  return Array.from(text, (character) => character.toLowerCase()).join('');
}

function trim(text: string): string {
  return text.replace(before, '').replace(after, '');
}

/** A label of a domain as it goes over the wire (RFC 3492). */
function asciiLabel(text: string): string {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const basic = points.filter((point) => point < 0x80);
  if (basic.length === points.length) return text;
  // Too long for a label; refused by the caller.
  if (points.length > 63) return '';

  let output = String.fromCodePoint(...basic) + (basic.length > 0 ? '-' : '');
  let handled = basic.length;
  let last = 0x80;
  let delta = 0;
  let bias = 72;
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= last));
    delta += (next - last) * (handled + 1);
    last = next;
    for (const point of points) {
      if (point < next) delta += 1;
      if (point !== next) continue;
      let rest = delta;
      for (let k = 36;; k += 36) {
        const threshold = Math.min(26, Math.max(1, k - bias));
        if (rest < threshold) break;
        output += digit(threshold + (rest - threshold) % (36 - threshold));
        rest = Math.floor((rest - threshold) / (36 - threshold));
      }
      output += digit(rest);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled += 1;
    }
    delta += 1;
    last += 1;
  }
  return `xn--${output}`;
}

function digit(value: number): string {
  return 'abcdefghijklmnopqrstuvwxyz0123456789'.charAt(value);
}

function adapt(delta: number, points: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / 700) : Math.floor(delta / 2);
  rest += Math.floor(rest / points);
  let k = 0;
  while (rest > 455) {
    rest = Math.floor(rest / 35);
    k += 36;
  }
  return k + Math.floor(36 * rest / (rest + 38));
}

/** An address from a delivery, normalised; undefined when it is none. */
export function readAddress(value: unknown): string | undefined {
  return typeof value === 'string' ? normalizeEmailAddress(value) ?? undefined : undefined;
}

/** True for a reserved domain, which test deliveries use and no real mail comes from. */
export function isTestAddress(address: string | undefined): boolean {
  return address === 'test@example.com';
}
