import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMover, emptyTables, type Mover, type MoveScene, startMoveScene } from '../support/move-scene.ts';

let scene: MoveScene;
let mover: Mover;

beforeAll(async () => {
  const t0 = performance.now();
  scene = await startMoveScene();
  console.log('start', performance.now() - t0);
  mover = await addMover(scene.source, scene.source, 'Leaving');
  console.log('furnished', performance.now() - t0);
});
afterAll(() => scene.stop());

describe('moving', () => {
  it('x', async () => {
    console.log(await emptyTables(scene.source, mover));
    console.log((await scene.run({ client: mover.clientId, isDryRun: true })).join('\n'));
    console.log((await scene.run({ client: mover.clientId })).join('\n'));
    expect(1).toBe(1);
  });
});
