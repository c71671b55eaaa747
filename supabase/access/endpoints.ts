// Who may call which edge function and join which topic. A test compares these rows with the folders of supabase/functions and with what
// each kind of caller is answered. A new edge function needs one row here.

/**
 * Who an edge function works for; the secret key, which pg_cron calls with too, works at all of them but those of providers and people.
 * `operators`; `clients`: a client for what is its own, an operator for everything; `people`: every member, with the rights of its own
 * token; `provider`: who presents the secret of the connection in the address, and no one without it; `open`: everybody.
 */
export type Audience = 'operators' | 'clients' | 'people' | 'provider' | 'open';

export interface Endpoint {
  audience: Audience;
  /** What of it needs no sign-in, or what a client may do with it. */
  but?: string;
}

export const endpoints: Record<string, Endpoint> = {
  agency: {
    audience: 'operators',
    but: 'reading name, colour and logo (`GET`) needs no sign-in',
  },
  'answer-reply': { audience: 'operators' },
  campaign: { audience: 'clients', but: 'a client only asks why its own campaigns do not send' },
  'client-report': {
    audience: 'clients',
    but: 'a client only reads a report of its own as PDF; `/stop` needs the token of a mail',
  },
  crm: { audience: 'operators' },
  'export-campaign': { audience: 'clients', but: 'a client exports its own campaigns' },
  health: { audience: 'open', but: 'says nothing about any client' },
  'import-leads': { audience: 'operators' },
  'instantly-webhook': { audience: 'provider' },
  mcp: { audience: 'people' },
  outgoing: { audience: 'operators', but: '`/stop` needs the token of a mail' },
  people: { audience: 'operators' },
  'personal-data': { audience: 'operators' },
  'provider-connection': {
    audience: 'clients',
    but: 'a client manages its own workspace, where it may see it',
  },
  'remove-client': { audience: 'operators' },
  'reply-model': { audience: 'operators' },
  'shared-report': { audience: 'open', but: 'the token of a share link is the key' },
  'smartlead-webhook': { audience: 'provider' },
  'sync-client': { audience: 'operators' },
};

/** The private channels of Realtime and who may join them; no one may write to one. */
export const topics = {
  'client:<id>': 'the people of that client, and operators',
  operators: 'operators',
};
