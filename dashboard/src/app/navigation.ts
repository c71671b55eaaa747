// What the navigation lists, in this order; on a phone the first four stand at the bottom, all of them in the menu.
import { Building2, ChartNoAxesCombined, Inbox, type LucideIcon, Send, Settings, Wrench } from 'lucide-react';

export interface Destination {
  to:
    | '/clients'
    | '/overview'
    | '/inbox'
    | '/campaigns'
    | '/operations'
    | '/settings';
  label: string;
  Icon: LucideIcon;
  /** Operators see an overview only of a chosen client. */
  for: 'operators' | 'everyone' | 'one client';
}

export const destinations: readonly Destination[] = [
  { to: '/clients', label: 'Clients', Icon: Building2, for: 'operators' },
  { to: '/overview', label: 'Overview', Icon: ChartNoAxesCombined, for: 'one client' },
  { to: '/inbox', label: 'Inbox', Icon: Inbox, for: 'everyone' },
  { to: '/campaigns', label: 'Campaigns', Icon: Send, for: 'everyone' },
  { to: '/operations', label: 'Operations', Icon: Wrench, for: 'operators' },
  { to: '/settings', label: 'Settings', Icon: Settings, for: 'everyone' },
];
