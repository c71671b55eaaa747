// `npm run build`: the dashboard as a static site in dashboard/dist.
import { relative } from 'node:path';
import process from 'node:process';
import { buildDashboard, distDirectory } from '../dashboard/build.ts';
import { step } from './progress.ts';
import { print } from './progress.ts';

export async function build(): Promise<void> {
  await step('dashboard', () => buildDashboard());
  print(
    `${
      relative(process.cwd(), distDirectory) || distDirectory
    } holds the site; put config.json beside its index.html`,
  );
}
