// `npm run screenshots`: each page in light, dark and at 390 px, in .replyloop/screenshots, for review.
// `npm run screenshots -- readme`: the README's pictures, in docs/images, of what `npm start` plays.
import process from 'node:process';
import { runPlaywright } from './run.ts';

const [first, ...others] = process.argv.slice(2);
const isReadme = first === 'readme';
const { failed } = isReadme
  ? await runPlaywright(['--project=readme', ...others], 'demo')
  : await runPlaywright(['--project=screenshots', ...(first === undefined ? [] : [first]), ...others]);
console.log(`The pages are in ${isReadme ? 'docs/images' : '.replyloop/screenshots'}`);
process.exit(failed === 0 ? 0 : 1);
