import { Button } from '../../ui/button.tsx';

/** Pages that the server cuts: there is no number of them, only further down and back to the top. */
export function NewerOlder({ isFirst, hasMore, onNewest, onOlder }: {
  isFirst: boolean;
  hasMore: boolean;
  onNewest: () => void;
  onOlder: () => void;
}) {
  return (
    <nav aria-label='Pages' className='flex justify-between gap-2 border-t border-line px-5 py-3'>
      <Button size='small' disabled={isFirst} onClick={onNewest}>Newest</Button>
      <Button size='small' disabled={!hasMore} onClick={onOlder}>Older</Button>
    </nav>
  );
}
