import type { Classified } from '../../../data/reply-classes.ts';
import { Badge } from '../../../ui/badge.tsx';
import { classText, classTones, whoSays } from './class-labels.ts';

/** What a reply is; who says so is in its title. */
export function ClassBadge({ row }: { row: Classified }) {
  return row.reply_class && (
    <Badge tone={classTones[row.reply_class]} title={whoSays(row)}>{classText(row)}</Badge>
  );
}
