import { Buffer } from 'node:buffer';
import { z } from 'zod';
import type { Caller } from '../platform/caller.ts';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { sha256Hex } from '../platform/digest.ts';
import { AppError } from '../platform/errors.ts';
import { jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import { maxLogo, readLogo } from './image.ts';

const identity = z.object({
  name: z.string().nullable(),
  support_address: z.string().nullable(),
  accent_colour: z.string().nullable(),
  show_product_name: z.boolean(),
  logo_version: z.string().nullable(),
});

/** The page that asks is on another origin, and no one has signed in yet. */
const forEverybody = { 'access-control-allow-origin': '*' };

const toBytes = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** GET: name, colour, support address and version of the logo. GET …/logo: the picture. Neither needs a sign-in. */
export async function showAgency(request: Request, database: ServiceClient): Promise<Response> {
  const url = new URL(request.url);
  if (!url.pathname.endsWith('/logo')) {
    const found = await callFunction(database, 'read_agency', {}, identity);
    return Response.json(found, { headers: { ...forEverybody, 'cache-control': 'no-cache' } });
  }
  const logo = await callFunction(database, 'read_agency_logo', {}, z.string().nullable());
  const [, type, content] = /^data:([^;]+);base64,(.*)$/.exec(logo ?? '') ?? [];
  if (type === undefined || content === undefined) throw new AppError('NOT_FOUND', 'The agency has no logo');
  return new Response(toBytes(content), {
    headers: {
      ...forEverybody,
      'content-type': type,
      // The version is part of the address, so a new logo has a new one.
      'cache-control': url.searchParams.has('version') ? 'public, max-age=31536000, immutable' : 'no-cache',
      // Opened as a page, an SVG is a document: it may load and run nothing.
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; sandbox`,
      'x-content-type-options': 'nosniff',
      'content-disposition': 'inline; filename="logo"',
    },
  });
}

export const requestBody = z.strictObject({
  /** Absent or null = the agency's own. */
  client_id: z.uuid().nullable().default(null),
  /** The picture in base64; null removes the logo. */
  image: z.base64().min(1, 'is empty').nullable(),
});

/** POST { client_id?, image } from an operator or a secret key: saves or removes a logo. */
export async function saveLogo(
  request: Request,
  caller: Caller,
  { database, functionsUrl }: { database: ServiceClient; functionsUrl: string },
): Promise<Response> {
  requireMethod(request, 'POST');
  if (caller.kind === 'client') throw new AppError('FORBIDDEN', 'Only operators can change a logo');
  const body = await readBody(request, requestBody, Math.ceil(maxLogo * 4 / 3) + 1024);
  const logo = body.image === null ? null : readLogo(toBytes(body.image));
  const image = logo && `data:${logo.type};base64,${Buffer.from(logo.bytes).toString('base64')}`;
  const version = image && sha256Hex(image).slice(0, 16);
  await callFunction(database, 'save_logo', {
    target_client_id: body.client_id,
    image,
    version,
    // Mail programs show no SVG.
    mail_url: logo && logo.type !== 'image/svg+xml' ? `${functionsUrl}/agency/logo?version=${version}` : null,
    actor: caller.userId,
  }, z.unknown());
  return jsonResponse({ client_id: body.client_id, type: logo?.type ?? null, version });
}
