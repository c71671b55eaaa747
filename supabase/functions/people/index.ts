/**
 * POST /people { action, … }: invites, changes and removes the people of the agency and of its clients.
 * For operators and secret keys.
 */
import { handlePeople } from '../_shared/people/handle-people.ts';
import { createSignedInFunction } from '../_shared/platform/signed-in-function.ts';

export default { fetch: createSignedInFunction(handlePeople) };
