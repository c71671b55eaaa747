// The browser of the tests is the machine's own: Playwright's download of one is not needed, and not tried.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

const headlessShell = '/usr/bin/chromium-headless-shell';
/** With a window around each page that no one sees, which takes three times the processor time. */
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where Chromium is: the one without windows where it is there or can be installed, on Debian by root, else any. */
export function requireChromium(): string {
  const chosen = process.env['CHROMIUM'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROMIUM is "${chosen}", which does not exist`);
  }
  if (existsSync(headlessShell)) return headlessShell;
  const found = places.find((path) => existsSync(path));
  let problem = '';
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing chromium-headless-shell (once) …');
    problem = install('chromium-headless-shell');
    if (existsSync(headlessShell)) return headlessShell;
    if (!found) problem = install('chromium');
    if (existsSync(places[0]!)) return places[0]!;
  }
  if (found) return found;
  throw new Error(
    `The browser tests need Chromium: install it ("apt-get install chromium-headless-shell" as root, or Chrome) or name its program in CHROMIUM. ${problem}`
      .trim(),
  );
}

/** What went wrong; empty when nothing did. */
function install(name: string): string {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // A machine without network has another browser, or none; either way it should not wait for minutes.
  const brief = ['-qq', '-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=15'];
  for (const parameters of [['update'], ['install', '--yes', name]]) {
    const { status, stderr } = spawnSync('apt-get', [...parameters, ...brief], {
      env: environment,
      encoding: 'utf8',
    });
    if (status !== 0) return `apt-get ${parameters[0]} failed: ${stderr.trim().slice(-1_000)}`;
  }
  return '';
}
