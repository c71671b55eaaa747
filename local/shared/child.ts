// A child process of the stack: its own process group, output to a file, restarted when it dies unexpectedly.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './failure.ts';
import { signalGroup } from './process-identity.ts';
import { processorSeconds } from './process-usage.ts';

/** How a process ended: with its exit code or signal, and whether it had been ready before. */
export interface ProcessEnd {
  reason: string;
  wasReady: boolean;
}

export interface ChildOptions {
  name: string;
  command: string;
  parameters: string[];
  environment: Record<string, string>;
  directory: string;
  logFile: string;
  /** True once the child is ready; called every 25 ms after a start. */
  isReady: () => Promise<boolean>;
  /** Milliseconds that a start may take. @default 30000 */
  startTimeout?: number;
  /** Stops the child, also while it starts. */
  signal?: AbortSignal | undefined;
  onLine?: ((line: string) => void) | undefined;
  /** Called whenever the process id changes; undefined while there is none. */
  onProcess?: ((pid: number | undefined, end?: ProcessEnd) => void) | undefined;
}

/** Longest backoff between two starts of a child that keeps dying, in milliseconds. */
const maxPause = 5_000;

/** Starts without success until those who wait get an error. */
const maxFailures = 3;

export class Child {
  readonly #options: ChildOptions;
  #process: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #stopped = false;
  #ready = false;
  /** Stays true while a ready process is being killed. */
  #wasReady = false;
  #waiters: { resolve: () => void; reject: (error: Error) => void }[] = [];
  #failures = 0;
  /** The process was killed because its start took too long. */
  #hung = false;
  #lastLines: string[] = [];

  constructor(options: ChildOptions) {
    this.#options = options;
    mkdirSync(dirname(options.logFile), { recursive: true });
  }

  get #startTimeout(): number {
    return this.#options.startTimeout ?? 30_000;
  }

  get isUp(): boolean {
    return this.#ready;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Starts the child and waits until it is ready. */
  async start(): Promise<void> {
    const { signal } = this.#options;
    signal?.addEventListener('abort', () => void this.stop(), { once: true });
    if (signal?.aborted) this.#stopped = true;
    else this.#spawn();
    await this.ready();
  }

  /** Resolves when the child is up, now or after a running restart. */
  ready(): Promise<void> {
    if (this.#ready) return Promise.resolve();
    if (this.#stopped) return Promise.reject(new Failure(`${this.#options.name} was stopped`));
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  /** SIGKILL, like a crash; the child restarts automatically. */
  async kill(): Promise<void> {
    const pid = this.pid;
    this.#ready = false;
    if (pid !== undefined) signalGroup(pid, 'SIGKILL');
    await this.#exited;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#ready = false;
    this.#settle(new Failure(`${this.#options.name} was stopped`));
    const pid = this.pid;
    if (pid === undefined) return;
    signalGroup(pid, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), 3_000);
    await this.#exited;
    clearTimeout(timer);
  }

  #spawn(): void {
    const { command, parameters, directory, environment, logFile, onLine } = this.#options;
    const log = createWriteStream(logFile, { flags: 'a' });
    const child = spawn(command, parameters, {
      cwd: directory,
      env: environment,
      // Its own group: Ctrl-C in the terminal reaches only the supervisor, which stops everything in the right order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.#wasReady = false;
    this.#hung = false;
    this.#lastLines = [];
    let partial = '';
    const receive = (chunk: string) => {
      log.write(chunk);
      const lines = (partial + chunk).split('\n');
      partial = lines.pop() ?? '';
      for (const line of lines) {
        this.#lastLines = [...this.#lastLines.slice(-4), line];
        onLine?.(line);
      }
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', receive);
    }
    this.#exited = new Promise((resolve) => {
      const finish = (reason: string) => {
        if (this.#process === child) this.#process = undefined;
        log.end(partial);
        this.#options.onProcess?.(undefined, { reason, wasReady: this.#wasReady });
        resolve();
        this.#died(reason);
      };
      child.once('error', (error) => finish(error.message));
      child.once('close', (code, signal) => finish(signal ?? `exit code ${code}`));
    });
    this.#options.onProcess?.(child.pid);
    void this.#watch(child);
  }

  async #watch(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + this.#startTimeout;
    while (this.#process === child && !this.#stopped) {
      if (await this.#options.isReady()) {
        if (this.#process !== child || this.#stopped) return;
        this.#ready = true;
        this.#wasReady = true;
        this.#failures = 0;
        this.#settle();
        return;
      }
      // A process that hangs is ended however often it takes: after a crash no caller waits for the restart and would see that.
      if (Date.now() > deadline) {
        this.#hung = true;
        if (child.pid !== undefined) {
          console.warn(`${this.#options.name} ${this.#hungFor(child.pid)} and is started again`);
          signalGroup(child.pid, 'SIGKILL');
        }
        return;
      }
      await sleep(25);
    }
  }

  /** What is known of a process that does not get ready: one that waits for something uses no processor time. */
  #hungFor(pid: number): string {
    const used = processorSeconds(pid);
    const seconds = `${this.#startTimeout / 1_000} s`;
    return `did not come up in ${seconds}${
      Number.isNaN(used) ? '' : `, with ${used.toFixed(1)} s of processor time,`
    }`;
  }

  #died(reason: string): void {
    this.#ready = false;
    if (this.#stopped) return;
    this.#failures += 1;
    if (this.#failures >= maxFailures) {
      const what = this.#hung
        ? `did not come up in ${this.#startTimeout / 1_000} s`
        : `ended ${maxFailures} times while starting (${reason})`;
      this.#settle(new Failure(`${this.#options.name} ${what}; ${this.#advice()}`));
    }
    const pause = Math.min(maxPause, 50 * 3 ** (this.#failures - 1));
    setTimeout(() => {
      if (!this.#stopped) this.#spawn();
    }, pause).unref();
  }

  #settle(error?: Error): void {
    for (const waiter of this.#waiters.splice(0)) {
      if (error) waiter.reject(error);
      else waiter.resolve();
    }
  }

  #advice(): string {
    const last = this.#lastLines.filter((line) => line.trim() !== '').join(' | ');
    return `its log is ${this.#options.logFile}${last === '' ? '' : `, and ends with: ${last}`}`;
  }
}
