import { Ellipsis, KeyRound, Pencil, Power, RotateCcw, Send, Trash2 } from 'lucide-react';
import type { Endpoint } from '../../../data/outgoing.ts';
import { Button } from '../../../ui/button.tsx';
import { Dropdown, DropdownItem } from '../../../ui/dropdown.tsx';

export type EndpointAction = 'test' | 'change' | 'replay' | 'rotate' | 'switch' | 'remove';

export function EndpointMenu({ endpoint, onChoose }: {
  endpoint: Endpoint;
  onChoose: (action: EndpointAction) => void;
}) {
  return (
    <Dropdown
      trigger={
        <Button size='small' aria-label={`Actions for ${endpoint.name}`}>
          <Ellipsis aria-hidden className='size-4' />
          <span className='md:hidden'>Actions</span>
        </Button>
      }
    >
      <DropdownItem onSelect={() => onChoose('test')}>
        <Send aria-hidden /> Send test
      </DropdownItem>
      <DropdownItem onSelect={() => onChoose('change')}>
        <Pencil aria-hidden /> Change
      </DropdownItem>
      {!endpoint.switched_off_at && (
        <DropdownItem onSelect={() => onChoose('replay')}>
          <RotateCcw aria-hidden /> Replay failed events
        </DropdownItem>
      )}
      {endpoint.format === 'json' && (
        <DropdownItem onSelect={() => onChoose('rotate')}>
          <KeyRound aria-hidden /> New secret
        </DropdownItem>
      )}
      <DropdownItem onSelect={() => onChoose('switch')}>
        <Power aria-hidden /> {endpoint.switched_off_at ? 'Switch on' : 'Switch off'}
      </DropdownItem>
      <DropdownItem className='text-bad [&_svg]:text-bad' onSelect={() => onChoose('remove')}>
        <Trash2 aria-hidden /> Remove
      </DropdownItem>
    </Dropdown>
  );
}
