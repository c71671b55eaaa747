import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';

const everyMs = 5000;

export async function loadSnapshot<Snapshot extends { version: 3 }>(file: string) {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (text === undefined) return undefined;
  const snapshot = JSON.parse(text) as Snapshot;
  if (snapshot.version !== 3) {
    throw new Error(`Cannot read simulator state "${file}": unknown version; delete it to start anew`);
  }
  return snapshot;
}

/** Saves while there is something new, and never spends more than a twentieth of the time on it. */
export class PeriodicSaver {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(readonly file: string, readonly takeIfDirty: () => object | undefined) {
    this.#schedule(everyMs);
  }

  #schedule(delay: number): void {
    this.#timer = setTimeout(() => {
      const started = performance.now();
      this.#running = this.#save().catch((error: unknown) => {
        console.error(`Cannot save simulator state to "${this.file}"`, error);
      }).then(() => {
        if (this.#timer === undefined) return;
        this.#schedule(Math.max(everyMs, 20 * (performance.now() - started)));
      });
    }, delay);
    this.#timer.unref();
  }

  /** Written beside the target and renamed, so a crash leaves either the old or the new state. */
  async #save(): Promise<void> {
    const snapshot = this.takeIfDirty();
    if (snapshot === undefined) return;
    await mkdir(dirname(this.file), { recursive: true });
    const temporary = `${this.file}.${process.pid}.tmp`;
    await writeFile(temporary, JSON.stringify(snapshot));
    await rename(temporary, this.file);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#running;
    await this.#save();
  }
}
