// Why a client is behind, in words and with the numbers that say so.
import type { Behind, HomeClient } from '../../data/home.ts';
import { formatCount, formatRate } from '../../shared/format.ts';
import type { State } from '../../shared/columns.tsx';

type Facts = Pick<
  HomeClient,
  'behind' | 'sent' | 'sent_before' | 'contacted_before' | 'positive_before' | 'positive_rate'
>;

/** A sentence; empty when the client is not behind. */
export function behindText(client: Facts): string {
  switch (client.behind) {
    case 'not_sending':
      return 'Has active campaigns, and sent nothing for seven days';
    case 'no_campaign':
      return 'No campaign is active';
    case 'fewer_sent':
      return `${formatCount(client.sent)} sent, ${formatCount(client.sent_before)} in the period before`;
    case 'fewer_positive': {
      const before = client.contacted_before === 0 ? null : client.positive_before / client.contacted_before;
      return `${formatRate(client.positive_rate)} positive, ${formatRate(before)} in the period before`;
    }
    case null:
      return '';
  }
}

export const behindStates: Record<Behind, State> = {
  not_sending: { label: 'Not sending', tone: 'bad' },
  no_campaign: { label: 'No active campaign', tone: 'neutral' },
  fewer_sent: { label: 'Sends less', tone: 'warm' },
  fewer_positive: { label: 'Fewer positive', tone: 'warm' },
};
