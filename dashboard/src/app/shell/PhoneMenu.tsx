import { Dialog } from '../../ui/dialog.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { NavigationList } from './NavigationList.tsx';

/** Everything that does not stand at the bottom of a phone. */
export function PhoneMenu({ isMember, onClose }: { isMember: boolean; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title='Menu'>
      {isMember && <NavigationList onChoose={onClose} />}
      <AccountMenu />
    </Dialog>
  );
}
