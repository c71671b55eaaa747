// Which columns the list of leads shows: chosen per client, remembered by the browser.
import { useState } from 'react';
import * as z from 'zod/mini';

/** The id of a variable's column: the list sorts and stores by it, and no field of a lead has a blank in its name. */
export const variableColumn = (name: string): string => `variable ${name} (custom)`;

/** A variable's name in the id of its column; undefined for a field. */
export const variableOf = (id: string): string | undefined => /^variable (.+) \(custom\)$/s.exec(id)?.[1];

const storedChoice = z.array(z.string().check(z.maxLength(200))).check(z.maxLength(600));

const keyOf = (clientId: string) => `replyloop.lead-columns.${clientId}`;

function readChoice(clientId: string): string[] | undefined {
  try {
    return storedChoice.safeParse(JSON.parse(localStorage.getItem(keyOf(clientId)) ?? 'null')).data;
  } catch {
    return undefined;
  }
}

function saveChoice(clientId: string, choice: readonly string[] | undefined): void {
  try {
    if (choice) localStorage.setItem(keyOf(clientId), JSON.stringify(choice));
    else localStorage.removeItem(keyOf(clientId));
  } catch {
    // Storage may be forbidden; the choice then holds until the page is left.
  }
}

/** The chosen columns, in the order in which they were chosen; undefined = those that the list begins with. */
export function useColumnChoice(
  clientId: string,
): [string[] | undefined, (choice: string[] | undefined) => void] {
  const [choice, setChoice] = useState(() => readChoice(clientId));
  return [choice, (next) => {
    setChoice(next);
    saveChoice(clientId, next);
  }];
}
