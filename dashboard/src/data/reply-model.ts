// The language model for unclear replies, through the function reply-model. Its key is written and never read.
import { queryOptions } from '@tanstack/react-query';
import { functionFailure } from './failure.ts';
import { supabase } from './supabase.ts';

export interface ReplyModel {
  base_url: string;
  model: string;
  daily_requests: number;
  is_on: boolean;
  has_key: boolean;
  last_error: string | null;
  last_error_at: string | null;
  requests_today: number;
  failures_today: number;
  tokens_today: number;
  waiting: number;
}

export interface ModelTest {
  works: boolean;
  error: string | null;
  reply: string;
  reply_class: string | null;
  reply_date: string | null;
  tokens: number;
  duration_ms: number;
}

export interface SavedModel {
  base_url: string;
  model: string;
  daily_requests: number;
  is_on: boolean;
  /** Absent = the saved one stays. */
  api_key?: string | null;
}

async function call<Answer>(body: Record<string, unknown>): Promise<Answer> {
  const { data, error } = await supabase().functions.invoke<Answer>('reply-model', { body });
  if (error) throw await functionFailure(error);
  return data as Answer;
}

export const replyModelQuery = queryOptions({
  queryKey: ['reply-model'],
  queryFn: async () => (await call<{ model: ReplyModel | null }>({ action: 'show' })).model,
});

export const saveReplyModel = async (saved: SavedModel): Promise<ReplyModel | null> =>
  (await call<{ model: ReplyModel | null }>({ action: 'save', ...saved })).model;

export const testReplyModel = (): Promise<ModelTest> => call({ action: 'test' });

/** A draft of an answer; nothing is sent. */
export const draftAnswer = async (messageId: string): Promise<string> =>
  (await call<{ draft: string }>({ action: 'draft', message_id: messageId })).draft;
