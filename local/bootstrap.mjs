// The door of every npm script: plain JavaScript without dependencies, so that `npm start` works on a bare clone.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lockFile = join(root, 'package-lock.json');
const installedMark = join(root, 'node_modules', '.replyloop-installed');
const programs = {
  test: 'tests/run.ts',
  bench: 'bench/run.ts',
  'test:e2e': 'tests/e2e/run.ts',
  screenshots: 'tests/e2e/screenshots.ts',
  types: 'local/generate-types.ts',
};

requireNode();
await installPackages();
await run();

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `Node ${process.versions.node} is too old for Replyloop; install Node 20.19 or newer and run the command again`,
  );
}

/** Runs `npm ci` when there are no packages yet, or when the lock file changed since they were installed. */
async function installPackages() {
  const lockHash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (packagesMatch(lockHash)) return;
  console.error('Installing the npm packages (once, about 15 s) …');
  const quietly = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'pipe');
  // `npm ci` insists on a lock file that names every platform's packages, which not every registry offers;
  // `npm install` takes the versions of the lock file too, and --no-save leaves the file as it is.
  if (quietly !== 0 && (await npm(['install', '--no-audit', '--no-fund', '--no-save'], 2)) !== 0) {
    fail('The npm packages could not be installed; read npm’s message above, then run the command again');
  }
  writeFileSync(installedMark, lockHash);
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
function npm(parameters, output) {
  const script = process.env.npm_execpath;
  const [command, ...first] = script && script.endsWith('.js') ? [process.execPath, script] : ['npm'];
  const child = spawn(command, [...first, ...parameters], {
    cwd: root,
    // npm's own chatter goes to stderr: `npm run status -- -o env` must print nothing else on stdout.
    stdio: ['ignore', output, output],
    shell: process.platform === 'win32' && command === 'npm',
  });
  child.stdout?.resume();
  child.stderr?.resume();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      child.kill(signal);
      child.once('exit', () => process.exit(130));
    });
  }
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  }).finally(() => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
  });
}

/**
 * The TypeScript program runs in this very process: no second Node that has to be told about Ctrl-C, and its exit
 * code is ours.
 */
async function run() {
  const [command = 'help', ...parameters] = process.argv.slice(2);
  const program = programs[command] ?? 'local/cli.ts';
  const path = join(root, program);
  if (!existsSync(path)) {
    fail(`The program of "${command}" is missing: ${program} does not exist in this checkout`);
  }
  process.argv = [process.execPath, path, ...(programs[command] ? parameters : [command, ...parameters])];
  const { register } = await import('tsx/esm/api');
  register();
  await import(pathToFileURL(path).href);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
