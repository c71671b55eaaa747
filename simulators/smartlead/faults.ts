import type { FaultSettings as Settings, RequestFault as Fault } from '../shared/faults.ts';

/**
 * What only Smartlead does: `nothing-added` takes a lead upload, adds none and answers 200 with
 * `total_leads: 0` and no reason; `empty-object` answers 200 `{}` without doing anything.
 */
export type ExtraFault = 'nothing-added' | 'empty-object';

export type RequestFault = Fault<ExtraFault>;
export type FaultSettings = Settings<ExtraFault>;
