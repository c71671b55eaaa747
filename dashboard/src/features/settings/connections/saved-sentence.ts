import type { saveConnection } from '../../../data/connections.ts';

/** What was saved, and whether events will come; a key without its webhook is saved all the same. */
export function savedSentence(answer: Awaited<ReturnType<typeof saveConnection>>): string {
  const saved = `The key of “${answer.workspace.name}” is saved`;
  return answer.webhook.registered
    ? `${saved}, and the webhook is registered${
      answer.sync_job_id ? '; the first sync starts within a minute' : ''
    }`
    : `${saved}, but the webhook is not registered yet: ${
      answer.webhook.message ?? 'the next sync tries again'
    }`;
}
