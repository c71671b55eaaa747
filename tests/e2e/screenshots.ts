// `npm run screenshots`: each page in light, dark and at 390 px, in .replyloop/screenshots, to be looked at.
import process from 'node:process';
import { runPlaywright } from './run.ts';

const { failed } = await runPlaywright(['--project=screenshots', ...process.argv.slice(2)]);
console.log('The pages are in .replyloop/screenshots');
process.exit(failed === 0 ? 0 : 1);
