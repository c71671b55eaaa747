import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';

const person = z.object({
  user_id: z.uuid(),
  email: z.string().nullable().transform((value) => value ?? ''),
  is_confirmed: z.boolean(),
  role: z.enum(['operator', 'client']).nullable(),
  client_id: z.uuid().nullable(),
  client_name: z.string().nullable(),
  made_account: z.boolean(),
  seconds_since_mail: z.number().nullable(),
});

export type Person = z.infer<typeof person>;

/** The account with this address or id, member or not. */
export async function findPerson(
  database: ServiceClient,
  by: { address: string } | { target_user_id: string },
): Promise<Person | null> {
  return await callFunction(database, 'find_person', by, person.nullable());
}

/** A member; NOT_FOUND for an account without membership, so that no one else's account can be touched. */
export async function requirePerson(database: ServiceClient, userId: string): Promise<Person> {
  const found = await findPerson(database, { target_user_id: userId });
  if (!found?.role) {
    throw new AppError(
      'NOT_FOUND',
      'This person is not a member of the agency or of a client; reload the list',
    );
  }
  return found;
}
