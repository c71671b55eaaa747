import { largestBatch, type Positions, projectBatch, smallerBatch } from '../../events/project-batch.ts';
import { prepareMessages } from '../../messages/prepare.ts';
import { isStatementTimeout, type ServiceClient } from '../../platform/database.ts';

/** Projects waiting deliveries of a connection until none is due; false when the time is up first. */
export async function projectAll(
  database: ServiceClient,
  connectionId: string,
  isOutOfTime: () => boolean,
): Promise<boolean> {
  let size = largestBatch;
  for (let positions: Positions = {};;) {
    let answer: Awaited<ReturnType<typeof projectBatch>>;
    try {
      answer = await projectBatch(database, size, positions, [connectionId]);
    } catch (error) {
      // The same batch would take as long the next time, and the sync would never get past it.
      const smaller = smallerBatch(size);
      if (!isStatementTimeout(error) || smaller === size) throw error;
      if (isOutOfTime()) return false;
      size = smaller;
      continue;
    }
    const isLeft = answer.claimed > 0 || answer.unfinished.length > 0;
    if (!isLeft && Object.keys(positions).length === 0) {
      await prepareMessages(database, isOutOfTime);
      return true;
    }
    if (isOutOfTime()) return false;
    // None after the position: once more from the beginning, for one whose transaction took longer.
    positions = isLeft ? { ...positions, ...answer.positions } : {};
  }
}
