// The browser of the tests is the machine's own: Playwright's download of one is not needed, and not tried.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where Chromium is; installs it on Debian when we may. */
export function requireChromium(): string {
  const chosen = process.env['CHROMIUM'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROMIUM is "${chosen}", which does not exist`);
  }
  const found = places.find((path) => existsSync(path));
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium (once) …');
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const parameters of [['update', '-qq'], ['install', '-y', '-qq', 'chromium']]) {
      const { status, stderr } = spawnSync('apt-get', parameters, { env: environment, encoding: 'utf8' });
      if (status !== 0) throw new Error(`apt-get ${parameters[0]} failed: ${stderr.trim().slice(-1_000)}`);
    }
    if (existsSync(places[0]!)) return places[0]!;
  }
  throw new Error(
    'The browser tests need Chromium: install it ("apt-get install chromium" as root, or Chrome) or name its program in CHROMIUM',
  );
}
