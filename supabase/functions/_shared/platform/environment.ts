import { z } from 'zod';

/** The function files pass the real environment, tests a plain object. */
export type ReadVariable = (name: string) => string | undefined;

const masterKeys = z.object({
  current: z.string().min(1),
  keys: z.record(z.string(), z.string().min(1)),
}).refine((value) => Object.hasOwn(value.keys, value.current), {
  message: '"current" must name one of "keys"',
});

export type MasterKeys = z.infer<typeof masterKeys>;

const jsonText = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});

const hosts = z.object({
  instantly: z.array(z.hostname().toLowerCase()).default([]),
  smartlead: z.array(z.hostname().toLowerCase()).default([]),
});

/** The public resolvers that may be asked for DNS records, by the JSON form of DNS over HTTPS. */
const publicResolvers: Record<string, string> = {
  cloudflare: 'https://cloudflare-dns.com/dns-query',
  google: 'https://dns.google/resolve',
  quad9: 'https://dns.quad9.net:5053/dns-query',
};

/** A name of the list, or an address of this machine for a stand-in. */
const resolver = z.string().trim().transform((text, context) => {
  if (Object.hasOwn(publicResolvers, text)) return publicResolvers[text] ?? z.NEVER;
  if (URL.canParse(text) && ['127.0.0.1', 'localhost'].includes(new URL(text).hostname)) return text;
  context.addIssue({ code: 'custom', message: `is one of ${Object.keys(publicResolvers).join(', ')}` });
  return z.NEVER;
});

const variables = z.object({
  /** Base URL of Instantly; differs only for the simulator. */
  INSTANTLY_API_URL: z.url().default('https://api.instantly.ai'),
  /** Base URL of Smartlead. */
  SMARTLEAD_API_URL: z.url().default('https://server.smartlead.ai'),
  /** Base URL of HubSpot's API. */
  HUBSPOT_API_URL: z.url().default('https://api.hubapi.com'),
  /** `{"smartlead":["api.agency.example"]}`: white-label hosts to which a key may be sent, besides the URLs above. */
  PROVIDER_HOSTS: jsonText.pipe(hosts).default({ instantly: [], smartlead: [] }),
  /** Who is asked for the DNS records of sending domains, in this order. */
  DNS_RESOLVERS: z.string().default('cloudflare,google,quad9').transform((text) => text.split(',')).pipe(
    z.array(resolver),
  ),
  /** Where providers reach the functions. @default SUPABASE_URL/functions/v1 */
  FUNCTIONS_PUBLIC_URL: z.url().optional(),
  /** `{"current":"k1","keys":{"k1":"<32 bytes, base64>"}}`: decrypts the provider keys. */
  PROVIDER_KEYS_MASTER: jsonText.pipe(masterKeys).optional(),
  /** "true" on a developer's machine: events may be sent to http and private addresses. */
  ALLOW_PRIVATE_ENDPOINTS: z.enum(['true', 'false']).default('false'),
});

export interface Environment {
  /** Base URL of each provider, without a trailing slash. */
  providerUrls: { instantly: string; smartlead: string };
  /** The same of each CRM. */
  crmUrls: { hubspot: string };
  /** White-label hosts that a connection may choose. */
  providerHosts: { instantly: string[]; smartlead: string[] };
  /** Addresses of DNS over HTTPS. */
  dnsResolvers: string[];
  functionsUrl: string | undefined;
  masterKeys: MasterKeys | undefined;
  allowsPrivateEndpoints: boolean;
}

/** Reads and validates our own variables; throws with the name of a wrong one, never its value. */
export function readEnvironment(read: ReadVariable): Environment {
  const parsed = variables.safeParse({
    INSTANTLY_API_URL: read('INSTANTLY_API_URL') || undefined,
    SMARTLEAD_API_URL: read('SMARTLEAD_API_URL') || undefined,
    HUBSPOT_API_URL: read('HUBSPOT_API_URL') || undefined,
    PROVIDER_HOSTS: read('PROVIDER_HOSTS') || undefined,
    DNS_RESOLVERS: read('DNS_RESOLVERS') || undefined,
    FUNCTIONS_PUBLIC_URL: read('FUNCTIONS_PUBLIC_URL') || undefined,
    PROVIDER_KEYS_MASTER: read('PROVIDER_KEYS_MASTER') || undefined,
    ALLOW_PRIVATE_ENDPOINTS: read('ALLOW_PRIVATE_ENDPOINTS') || undefined,
  });
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment of the functions is incomplete: ${names.join('; ')}`);
  }
  return {
    providerUrls: {
      instantly: parsed.data.INSTANTLY_API_URL.replace(/\/+$/, ''),
      smartlead: parsed.data.SMARTLEAD_API_URL.replace(/\/+$/, ''),
    },
    crmUrls: { hubspot: parsed.data.HUBSPOT_API_URL.replace(/\/+$/, '') },
    providerHosts: parsed.data.PROVIDER_HOSTS,
    dnsResolvers: parsed.data.DNS_RESOLVERS,
    functionsUrl: parsed.data.FUNCTIONS_PUBLIC_URL?.replace(/\/+$/, ''),
    masterKeys: parsed.data.PROVIDER_KEYS_MASTER,
    allowsPrivateEndpoints: parsed.data.ALLOW_PRIVATE_ENDPOINTS === 'true',
  };
}
