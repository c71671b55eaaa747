// Where a stack keeps its data. The demo and an empty start have each their own, so that neither destroys the other's.
import { join } from 'node:path';
import { stateDirectory } from '../shared/checkout.ts';
import { dataDirectory } from '../shared/unprivileged.ts';

export interface StatePaths {
  postgres: string;
  instantlySimulator: string;
  smartleadSimulator: string;
  hubspotSimulator: string;
  outbox: string;
}

export function statePaths(isEmpty: boolean): StatePaths {
  const suffix = isEmpty ? '-empty' : '';
  return {
    postgres: `${dataDirectory()}${suffix}`,
    instantlySimulator: join(stateDirectory, `simulator${suffix}.json`),
    smartleadSimulator: join(stateDirectory, `smartlead-simulator${suffix}.json`),
    hubspotSimulator: join(stateDirectory, `hubspot-simulator${suffix}.json`),
    outbox: join(stateDirectory, `outbox${suffix}`),
  };
}

/** The one option that `start`, `stack` and `reset` have. */
export const emptyOption = '--empty';
