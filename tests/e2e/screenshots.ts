// `npm run screenshots`: each page in light, dark and at 390 px, in .replyloop/screenshots, for review.
// `npm run screenshots -- readme`: the pictures of README and guides, in docs/images, of what `npm start` plays.
// `npm run screenshots -- guide`: those of docs/first-hour.md, taken by the test that goes through that hour.
import process from 'node:process';
import { runPlaywright } from './run.ts';

const [first, ...others] = process.argv.slice(2);
const isReadme = first === 'readme';
const isGuide = first === 'guide';
if (isGuide) process.env['GUIDE_PICTURES'] = 'yes';
const { failed } = isGuide
  ? await runPlaywright(['--project=tests', 'first-hour.spec.ts', ...others])
  : isReadme
  ? await runPlaywright(['--project=readme', ...others], { history: 'demo' })
  : await runPlaywright(['--project=screenshots', ...(first === undefined ? [] : [first]), ...others]);
console.log(`The pages are in ${isReadme || isGuide ? 'docs/images' : '.replyloop/screenshots'}`);
process.exit(failed === 0 ? 0 : 1);
