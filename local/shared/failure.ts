/** A failure whose message is one sentence for the user of the terminal: printed without a stack trace. */
export class Failure extends Error {
  override name = 'Failure';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
