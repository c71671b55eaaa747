import type { JsonScalar } from './provider.ts';

/** Ideal-customer fields that users keep in custom variables, under English or Dutch names, in any letter case. */
const names = {
  job_title: ['job title', 'job_title', 'jobtitle', 'functie'],
  // The business's listing category is the fallback for a missing industry; every export sends it.
  industry: ['industry', 'branche', 'category'],
  company_size: ['company size', 'company_size', 'companysize', 'bedrijfsgrootte'],
} as const;

export interface CustomerProfile {
  job_title: string | null;
  industry: string | null;
  company_size: string | null;
}

/** Reads job title, industry and company size from custom variables; the first listed name with a value wins. */
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

/** Trimmed, non-empty text; numbers become text, everything else null. */
export function asText(value: unknown): string | null {
  if (Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}

export function isScalar(value: unknown): value is JsonScalar {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** A number that a column of type integer holds; null for everything else. */
export function asInteger(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2_147_483_647
    ? value
    : null;
}
