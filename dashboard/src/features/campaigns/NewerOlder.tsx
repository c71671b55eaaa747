import { Button } from '../../ui/button.tsx';

/** Pages that the server cuts: there is no number of them, only further down and back to the top. */
export function NewerOlder({ labels = ['Newest', 'Older'], isFirst, hasMore, onNewest, onOlder }: {
  labels?: readonly [back: string, on: string];
  isFirst: boolean;
  hasMore: boolean;
  onNewest: () => void;
  onOlder: () => void;
}) {
  return (
    <nav
      aria-label='Pages'
      className='flex print:hidden justify-between gap-2 border-t border-line px-5 py-3'
    >
      <Button size='small' disabled={isFirst} onClick={onNewest}>{labels[0]}</Button>
      <Button size='small' disabled={!hasMore} onClick={onOlder}>{labels[1]}</Button>
    </nav>
  );
}
