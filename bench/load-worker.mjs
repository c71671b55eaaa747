// A worker does not inherit the TypeScript loader of its parent, so it registers its own.
import { parentPort, workerData } from 'node:worker_threads';
import { tsImport } from 'tsx/esm/api';

const { generateLoad } = await tsImport('./load.ts', import.meta.url);
parentPort?.postMessage(await generateLoad(workerData));
