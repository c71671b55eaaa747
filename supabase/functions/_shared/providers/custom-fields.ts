import type { JsonScalar } from './provider.ts';

/** The ideal-customer fields that users keep in custom variables, under English or Dutch names, in any case. */
const names = {
  job_title: ['job title', 'job_title', 'jobtitle', 'functie'],
  // What a business is listed under stands in when nobody named its industry; every export sends it along.
  industry: ['industry', 'branche', 'category'],
  company_size: ['company size', 'company_size', 'companysize', 'bedrijfsgrootte'],
} as const;

export interface CustomerProfile {
  job_title: string | null;
  industry: string | null;
  company_size: string | null;
}

/** Reads job title, industry and company size from custom variables; the first name in the list that has a value wins. */
export function readCustomerProfile(variables: Record<string, unknown>): CustomerProfile {
  const byName = new Map<string, string>();
  for (const [name, value] of Object.entries(variables)) {
    const text = asText(value);
    const key = name.trim().toLowerCase();
    if (text !== null && !byName.has(key)) byName.set(key, text);
  }
  const first = (candidates: readonly string[]) => {
    for (const candidate of candidates) {
      const value = byName.get(candidate);
      if (value !== undefined) return value;
    }
    return null;
  };
  return {
    job_title: first(names.job_title),
    industry: first(names.industry),
    company_size: first(names.company_size),
  };
}

/** A trimmed, non-empty text; numbers become text, everything else is nothing. */
export function asText(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}

export function isScalar(value: unknown): value is JsonScalar {
  return value === null || typeof value === 'string' || typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value));
}
