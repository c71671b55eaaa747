/** What a provider's refusal of an answer means, in a sentence for the operator who wrote it. */
import { explainProviderError } from '../jobs/run-job.ts';
import { AppError } from '../platform/errors.ts';
import type { ProviderError } from '../providers/provider.ts';

const titles = { instantly: 'Instantly', smartlead: 'Smartlead' } as const;

export function explainRefusal(
  error: ProviderError,
  { email_account, account_error }: { email_account: string | null; account_error: string | null },
): AppError {
  const provider = titles[error.provider];
  const says = error.providerMessage === undefined ? '' : ` (${provider} says: "${error.providerMessage}")`;
  const because = { cause: error };
  switch (error.kind) {
    case 'not_found':
      return new AppError(
        'NOT_FOUND',
        `${provider} no longer has this conversation, so nothing was sent; your draft is kept${says}`,
        because,
      );
    case 'forbidden':
      return new AppError(
        explainProviderError(error).code,
        error.provider === 'instantly'
          ? `The API key may not send answers; add the scope emails:create to it, then send again${says}`
          : `Smartlead forbids this key to answer; check the plan and the key, then send again${says}`,
        because,
      );
    case 'bad_request': {
      const account = email_account === null ? 'The mailbox' : `The mailbox ${email_account}`;
      const hint = account_error === null
        ? `check that ${email_account ?? 'its mailbox'} is connected there`
        : `${account} is disconnected (${account_error}): reconnect it there`;
      return new AppError(
        'VALIDATION_FAILED',
        `${provider} refused the answer${says}; ${hint}. Nothing was sent and your draft is kept`,
        because,
      );
    }
    case 'rate_limited': {
      const seconds = error.retryAfterSeconds;
      return new AppError(
        'RATE_LIMIT_EXCEEDED',
        `${provider} takes no more calls at the moment, so nothing was sent; send again ${
          seconds === undefined ? 'in a minute' : `in ${Math.ceil(seconds)} seconds`
        }`,
        because,
      );
    }
    case 'unavailable':
    case 'unreachable':
    case 'timeout':
    case 'unexpected_answer':
      return new AppError(
        'API_UNAVAILABLE',
        `${provider} did not say whether it sent the answer. It is looked for there before anything is sent again; your draft is kept`,
        { ...because, details: { state: 'unknown' } },
      );
    default: {
      const { code, message } = explainProviderError(error);
      return new AppError(code, message, because);
    }
  }
}
