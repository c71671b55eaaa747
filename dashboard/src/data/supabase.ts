// The one door to the project. Row level security decides what comes through it.
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '../../../supabase/functions/_shared/platform/database.types.ts';
import type { Config } from './config.ts';

export type Tables = Database['public']['Tables'];
export type Views = Database['public']['Views'];
export type Functions = Database['public']['Functions'];
export type Enums = Database['public']['Enums'];

/** A view's columns without the nulls that the generator cannot rule out; name the truly nullable ones. */
export type Filled<Row, Nullable extends keyof Row = never> = {
  [Column in keyof Row]: Column extends Nullable ? Row[Column] : NonNullable<Row[Column]>;
};

export const providerNames: Record<Enums['provider'], string> = {
  instantly: 'Instantly',
  smartlead: 'Smartlead',
};

let client: SupabaseClient<Database> | undefined;
let settings: Config | undefined;

export function connect(config: Config): SupabaseClient<Database> {
  settings = config;
  client = createClient<Database>(config.api_url, config.publishable_key, {
    auth: { storageKey: 'replyloop.session', flowType: 'pkce' },
  });
  return client;
}

/** Which project the page belongs to. */
export function projectConfig(): Config {
  if (!settings) throw new Error('connect() comes first');
  return settings;
}

export function supabase(): SupabaseClient<Database> {
  if (!client) throw new Error('connect() comes first');
  return client;
}
