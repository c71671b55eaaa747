import { Trophy } from 'lucide-react';
import { Badge } from '../ui/badge.tsx';

/** Of a campaign; always of the last 30 days, whatever the table beside it covers. */
export function BestBadge() {
  return (
    <Badge tone='warm' title='The highest positive rate of the last 30 days'>
      <Trophy aria-hidden /> Best performer
    </Badge>
  );
}
