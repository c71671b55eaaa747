// Where the files of the archive are: a folder, or a bucket of any S3-compatible store.
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { Failure } from '../shared/failure.ts';

export interface ArchiveStore {
  name: string;
  /** Appears whole or not at all; a file of this name is replaced. */
  put(name: string, from: string): Promise<void>;
  get(name: string, to: string): Promise<void>;
  /** One that is not there is no error. */
  remove(name: string): Promise<void>;
}

/** `folder` or `s3://bucket/prefix`; keys, region and endpoint as the AWS tools name them. */
export function openStore(place: string, environment: NodeJS.ProcessEnv): ArchiveStore {
  const bucket = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(place);
  if (bucket === null) return folderStore(resolve(place));
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'];
  if (!accessKeyId || !secretAccessKey) {
    throw new Failure('For a bucket set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then run it again');
  }
  const region = environment['AWS_REGION'] || 'us-east-1';
  const endpoint = environment['AWS_ENDPOINT_URL_S3'] || environment['AWS_ENDPOINT_URL'] ||
    `https://s3.${region}.amazonaws.com`;
  const [, name = '', prefix = ''] = bucket;
  const base = [endpoint.replace(/\/+$/, ''), name, ...(prefix ? [prefix] : [])].join('/');
  const sessionToken = environment['AWS_SESSION_TOKEN'];
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken ? { sessionToken } : {}),
    service: 's3',
    region,
  });
  return bucketStore(place, base, client);
}

function folderStore(folder: string): ArchiveStore {
  return {
    name: folder,
    async put(name, from) {
      const target = join(folder, name);
      await mkdir(dirname(target), { recursive: true });
      await copyFile(from, `${target}.half`);
      await rename(`${target}.half`, target);
    },
    async get(name, to) {
      await copyFile(join(folder, name), to).catch((error: unknown) => {
        throw new Failure(`${join(folder, name)} cannot be read; restore the file, then run it again`, {
          cause: error,
        });
      });
    },
    remove: (name) => rm(join(folder, name), { force: true }),
  };
}

function bucketStore(place: string, base: string, client: AwsClient): ArchiveStore {
  async function call(name: string, method: string, body?: Uint8Array): Promise<Response> {
    const url = `${base}/${name.split('/').map(encodeURIComponent).join('/')}`;
    const response = await client.fetch(url, { method, ...(body ? { body: new Uint8Array(body) } : {}) })
      .catch((error: unknown) => {
        throw new Failure(`${place} cannot be reached; check address and network, then run it again`, {
          cause: error,
        });
      });
    if (response.ok || (method === 'DELETE' && response.status === 404)) return response;
    const code = /<Code>([^<]+)<\/Code>/.exec(await response.text())?.[1] ?? response.statusText;
    throw new Failure(`${place} answers ${method} of "${name}" with ${response.status} (${code})`);
  }
  return {
    name: place,
    put: async (name, from) => void await (await call(name, 'PUT', await readFile(from))).arrayBuffer(),
    get: async (name, to) =>
      await writeFile(to, new Uint8Array(await (await call(name, 'GET')).arrayBuffer())),
    remove: async (name) => void await (await call(name, 'DELETE')).arrayBuffer(),
  };
}
