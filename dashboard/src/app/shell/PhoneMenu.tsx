import { Dialog } from '../../ui/dialog.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { NavigationList } from './navigation.tsx';

/** What has no room at the bottom of a phone; loaded with the first press, dialog and all. */
export function PhoneMenu({ isMember, onClose }: { isMember: boolean; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title='Menu'>
      {isMember && <NavigationList onChoose={onClose} />}
      <AccountMenu />
    </Dialog>
  );
}
