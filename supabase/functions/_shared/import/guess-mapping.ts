/** What the columns of a list are, from what the client's lists were before, their headings and their values. */
import { normalizeEmailAddress } from '../events/email-address.ts';
import { plainHeading, readHeading } from './headings.ts';
import { type ColumnMapping, repeatable, type Target, targets } from './targets.ts';
import { distinctNames, variableName } from './variable-names.ts';
import { isVerdictWord, readVerdict } from './verifier-words.ts';

export interface GuessedColumn extends ColumnMapping {
  /** Why it is read like this. */
  because: 'remembered' | 'heading' | 'values' | 'nothing';
  samples: string[];
}

/** What was decided before, by heading in lower case; rows of import_mappings. */
export type Remembered = ReadonlyMap<string, { target: string; variable: string | null }>;

interface Guess {
  target: Target;
  because: GuessedColumn['because'];
  variable?: string | undefined;
}

const samplesShown = 3;

export const rememberedKey = (heading: string): string => heading.toLowerCase().slice(0, 300);

export function guessMapping(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  remembered: Remembered = new Map(),
): GuessedColumn[] {
  const values = headers.map((_, index) =>
    rows.map((row) => (row[index] ?? '').trim()).filter((cell) => cell !== '').slice(0, 100)
  );
  const plain = headers.map(plainHeading);
  const seen = new Set<string>();
  const guesses = headers.map((header, index): Guess => {
    const key = rememberedKey(header);
    const before = seen.has(key) ? undefined : remembered.get(key);
    seen.add(key);
    const known = before && targets.find((target) => target === before.target);
    if (known !== undefined) {
      return { target: known, because: 'remembered', variable: before?.variable ?? undefined };
    }
    return guess(header, plain, values[index] ?? []);
  });
  return named(headers, onlyOnce(guesses)).map((column, index) => ({
    ...column,
    because: guesses[index]?.because ?? 'nothing',
    samples: [...new Set(values[index])].slice(0, samplesShown),
  }));
}

function guess(header: string, all: readonly string[], values: readonly string[]): Guess {
  const named = ofHeading(header, all);
  const shown = ofValues(values);
  if (named === 'email_deliverability') {
    if (share(values, (cell) => readVerdict(cell) !== undefined) >= 0.6 && !isAboutListing(header, values)) {
      return { target: named, because: 'heading' };
    }
    // "State" and "Status" are something else in most lists.
    return plainHeading(header) === 'state' ? { target: 'state', because: 'heading' } : kept(values);
  }
  // A column "email" without an address in it is about addresses; one with links to firms is no person's profile.
  if (named === 'email' && values.length > 0 && shown !== 'email') return kept(values);
  if (
    named === 'linkedin_url' && share(values, isCompanyPage) >= 0.6 &&
    header.trim().toLowerCase() !== 'linkedin'
  ) {
    return kept(values);
  }
  if (named !== undefined) return { target: named, because: 'heading' };
  return shown === undefined ? kept(values) : { target: shown, because: 'values' };
}

const kept = (values: readonly string[]): Guess => ({
  target: values.length === 0 ? 'skip' : 'variable',
  because: 'nothing',
});

/** Outscraper's "verified" is about the listing at Google. */
function isAboutListing(header: string, values: readonly string[]): boolean {
  const plain = plainHeading(header);
  return !/e ?mail|deliver|geprueft|geverifieerd|verifiziert/.test(plain) && !values.some(isVerdictWord);
}

function ofHeading(header: string, all: readonly string[]): Target | undefined {
  const plain = plainHeading(header);
  const known = readHeading(header);
  const has = (...targets: Target[]) => all.some((one) => targets.includes(readHeading(one) ?? 'skip'));
  const isOfPlaces = has('address', 'rating', 'category') ||
    all.some((one) => /review|place id|google/.test(one));
  if (/^(name|naam)$/.test(plain)) {
    // The firm in a list of places, the person beside a firm.
    if (has('name')) return has('first_name', 'last_name', 'full_name') ? undefined : 'full_name';
    return isOfPlaces || has('first_name', 'full_name') ? 'name' : 'full_name';
  }
  if (plain === 'title' && isOfPlaces && !has('name', 'first_name', 'last_name', 'full_name')) return 'name';
  return known;
}

const isCompanyPage = (cell: string): boolean => /linkedin\.com\/(company|school|showcase)\//i.test(cell);

function ofValues(values: readonly string[]): Target | undefined {
  if (share(values, mayHoldAddress) >= 0.5) return 'email';
  if (share(values, (cell) => /linkedin\.com\/(in|pub|sales)\//i.test(cell)) >= 0.6) return 'linkedin_url';
  if (share(values, (cell) => /facebook\.com\//i.test(cell)) >= 0.6) return 'facebook_url';
  if (values.length >= 3 && share(values, isVerdictWord) >= 0.8) return 'email_deliverability';
  return undefined;
}

function mayHoldAddress(cell: string): boolean {
  return cell.includes('@') && cell.split(/[\s,;|/]/).some((part) => normalizeEmailAddress(part) !== null);
}

/** NaN without values, which reaches no limit. */
function share(values: readonly string[], holds: (cell: string) => boolean): number {
  return values.filter(holds).length / values.length;
}

/** A field is read from one column: a remembered one first, else the first; the others stay as variables. */
function onlyOnce(guesses: Guess[]): Guess[] {
  const taken = new Map<Target, number>();
  for (const wanted of ['remembered', 'heading', 'values', 'nothing'] as const) {
    guesses.forEach((one, index) => {
      if (one.because === wanted && !taken.has(one.target)) taken.set(one.target, index);
    });
  }
  return guesses.map((one, index) =>
    repeatable.has(one.target) || taken.get(one.target) === index ? one : { ...one, target: 'variable' }
  );
}

/** Gives each variable a name that providers take and no other has. */
function named(headers: readonly string[], guesses: readonly Guess[]): ColumnMapping[] {
  return nameVariables(headers.map((header, index) => ({
    header,
    target: guesses[index]?.target ?? 'skip',
    variable: guesses[index]?.variable,
  })));
}

/** The mapping with a name for each variable: the wanted one or the heading's, as providers take it, each only once. */
export function nameVariables(columns: readonly ColumnMapping[]): ColumnMapping[] {
  const wanted = columns.map(({ header, target, variable }, index) =>
    target === 'variable' ? variableName(variable?.trim() || header.trim() || `column_${index + 1}`) : ''
  );
  const variables = wanted.map((name, index) => ({ name, index })).filter(({ name }) => name !== '');
  const distinct = distinctNames(variables.map(({ name }) => name));
  const byIndex = new Map(variables.map(({ index }, place) => [index, distinct[place] ?? '']));
  return columns.map(({ header, target }, index) => {
    const variable = byIndex.get(index);
    return variable === undefined ? { header, target } : { header, target, variable };
  });
}
