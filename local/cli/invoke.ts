import process from 'node:process';
import { Failure } from '../shared/failure.ts';
import { print } from './progress.ts';
import { environmentOf, requireRunning } from './status.ts';

/** `invoke <function> '<json>'`: calls a function with the secret key and shows its answer. */
export async function invoke(parameters: string[]): Promise<void> {
  const [slug, body = '{}'] = parameters;
  if (!slug) throw new Failure(`Name the function to call, e.g. npm run invoke -- sync-client '{}'`);
  try {
    JSON.parse(body);
  } catch {
    throw new Failure(`The body is not JSON: ${body}`);
  }
  const { FUNCTIONS_URL: url, SECRET_KEY: key = '' } = await environmentOf(requireRunning());
  const response = await fetch(`${url}/${slug}`, {
    method: 'POST',
    headers: { apikey: key, 'content-type': 'application/json' },
    body,
  });
  print(`${response.status} ${response.statusText}`.trim());
  const text = await response.text();
  try {
    print(JSON.stringify(JSON.parse(text), null, 2));
  } catch {
    print(text);
  }
  if (response.status >= 400) process.exitCode = 1;
}
