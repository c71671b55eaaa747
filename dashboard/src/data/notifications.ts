// One's own notifications by email, and the mail service that sends them.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { functionFailure, read } from './failure.ts';
import type { EventType } from './outgoing.ts';
import { supabase } from './supabase.ts';

const preferences = z.object({
  events: z.array(z.string()),
  frequency: z.enum(['at_once', 'hourly', 'daily']),
  language: z.enum(['en', 'nl', 'de']),
  time_zone: z.string(),
  offered: z.array(z.string()),
  is_set_up: z.boolean(),
});

type Read = z.infer<typeof preferences>;
export type Preferences = Omit<Read, 'events' | 'offered'> & { events: EventType[]; offered: EventType[] };
export type PreferenceInput = Pick<Preferences, 'events' | 'frequency' | 'language' | 'time_zone'>;

/** The types are an enum of the database, which the dashboard is built with. */
const parse = (answer: unknown): Preferences => preferences.parse(answer) as Preferences;

export const ownNotificationsQuery = queryOptions({
  queryKey: ['own-notifications'],
  queryFn: async () => parse(await read(supabase().rpc('my_notifications'))),
  refetchInterval: false,
});

export async function changeOwnNotifications(input: PreferenceInput): Promise<Preferences> {
  return parse(await read(supabase().rpc('change_my_notifications', { settings: { ...input } })));
}

const settings = z.object({
  settings: z.nullable(z.object({
    sender_address: z.string(),
    base_url: z.string(),
    key_last4: z.string(),
    dashboard_url: z.string(),
  })),
});

export type MailSettings = NonNullable<z.infer<typeof settings>['settings']>;

export const mailSettingsQuery = queryOptions({
  queryKey: ['mail-settings'],
  queryFn: async () => settings.parse(await invoke({ action: 'read_mail' })).settings,
  refetchInterval: false,
});

export async function saveMailSettings(
  input: { senderAddress: string; baseUrl: string; apiKey: string },
): Promise<MailSettings | null> {
  return settings.parse(
    await invoke({
      action: 'save_mail',
      sender_address: input.senderAddress,
      base_url: input.baseUrl,
      ...(input.apiKey === '' ? {} : { api_key: input.apiKey }),
      dashboard_url: new URL(import.meta.env.BASE_URL, location.origin).href,
    }),
  ).settings;
}

const tested = z.object({ to: z.string(), sent: z.boolean(), error: z.nullable(z.string()) });

export const testMail = async (to: string): Promise<z.infer<typeof tested>> =>
  tested.parse(await invoke({ action: 'test_mail', to }));

async function invoke(body: Record<string, unknown>): Promise<unknown> {
  const { data, error } = await supabase().functions.invoke<unknown>('outgoing', { body });
  if (error) throw await functionFailure(error);
  return data;
}
