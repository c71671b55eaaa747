// What the stack reads from supabase/config.toml, with the platform's defaults.
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { configFile } from './checkout.ts';
import { Failure } from './failure.ts';

export interface SignInLimits {
  /** Failures within the window from one address. */
  perAddress: number;
  /** Failures within the window for one account, or one refresh token. */
  perAccount: number;
}

const schema = z.object({
  api: z.object({
    schemas: z.array(z.string()).default(['public', 'graphql_public']),
    extra_search_path: z.array(z.string()).default(['public', 'extensions']),
    max_rows: z.number().int().default(1_000),
  }).prefault({}),
  auth: z.object({
    site_url: z.url().default('http://127.0.0.1:3000'),
    additional_redirect_urls: z.array(z.string()).default([]),
    minimum_password_length: z.number().int().default(6),
    jwt_expiry: z.number().int().default(3_600),
    enable_refresh_token_rotation: z.boolean().default(true),
    refresh_token_reuse_interval: z.number().int().default(10),
    rate_limit: z.object({
      sign_in_sign_ups: z.number().int().positive().default(30),
      token_verifications: z.number().int().positive().default(30),
    }).prefault({}),
    email: z.object({
      otp_length: z.number().int().min(6).max(10).default(6),
      otp_expiry: z.number().int().positive().default(3_600),
      max_frequency: z.string().default('1s'),
      secure_password_change: z.boolean().default(false),
      template: z.record(
        z.string(),
        z.object({ subject: z.string().optional(), content_path: z.string().optional() }),
      ).default({}),
    }).prefault({}),
    hook: z.object({
      custom_access_token: z.object({ enabled: z.boolean(), uri: z.string() }).optional(),
    }).prefault({}),
  }).prefault({}),
  functions: z.record(
    z.string(),
    z.object({ enabled: z.boolean().default(true), verify_jwt: z.boolean().default(true) }),
  ).default({}),
});

export interface ProjectConfig {
  schemas: string[];
  searchPath: string[];
  maxRows: number;
  tokenLifetime: number;
  rotateRefreshTokens: boolean;
  refreshReuseInterval: number;
  /** Failed sign-ins in five minutes; the platform has no setting per account. */
  signInLimits: SignInLimits;
  /** Wrong links and codes in five minutes. */
  verifyLimits: SignInLimits;
  /** The dashboard's address: where a link leads that names no allowed place. */
  siteUrl: string;
  redirectUrls: string[];
  minimumPassword: number;
  securePasswordChange: boolean;
  otpLength: number;
  /** Seconds that a link is valid. */
  otpExpiry: number;
  /** Seconds between two mails that a person asks for. */
  mailFrequency: number;
  mailTemplates: Record<string, { subject?: string | undefined; contentPath?: string | undefined }>;
  /** The custom access token hook as a schema-qualified function; undefined when there is none. */
  accessTokenHook: { schema: string; name: string } | undefined;
  functions: Record<string, { enabled: boolean; verifyJwt: boolean }>;
}

export function readProjectConfig(file = configFile): ProjectConfig {
  const raw: unknown = existsSync(file) ? parse(readFileSync(file, 'utf8')) : {};
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw new Failure(`${file} is invalid: ${z.prettifyError(parsed.error)}`);
  const { api, auth, functions } = parsed.data;
  const hook = auth.hook.custom_access_token;
  return {
    // The stand-in has no GraphQL.
    schemas: api.schemas.filter((name) => name !== 'graphql_public'),
    searchPath: api.extra_search_path,
    maxRows: api.max_rows,
    tokenLifetime: auth.jwt_expiry,
    rotateRefreshTokens: auth.enable_refresh_token_rotation,
    refreshReuseInterval: auth.refresh_token_reuse_interval,
    signInLimits: { perAddress: auth.rate_limit.sign_in_sign_ups, perAccount: 10 },
    verifyLimits: {
      perAddress: auth.rate_limit.token_verifications,
      perAccount: auth.rate_limit.token_verifications,
    },
    siteUrl: auth.site_url,
    redirectUrls: auth.additional_redirect_urls,
    minimumPassword: auth.minimum_password_length,
    securePasswordChange: auth.email.secure_password_change,
    otpLength: auth.email.otp_length,
    otpExpiry: auth.email.otp_expiry,
    mailFrequency: secondsOf(auth.email.max_frequency),
    mailTemplates: Object.fromEntries(
      Object.entries(auth.email.template).map((
        [name, entry],
      ) => [name, { subject: entry.subject, contentPath: entry.content_path }]),
    ),
    accessTokenHook: hook?.enabled ? hookFunction(hook.uri) : undefined,
    functions: Object.fromEntries(
      Object.entries(functions).map((
        [slug, entry],
      ) => [slug, { enabled: entry.enabled, verifyJwt: entry.verify_jwt }]),
    ),
  };
}

/** `1m30s` → 90. */
function secondsOf(length: string): number {
  const units: Record<string, number> = { h: 3_600, m: 60, s: 1, ms: 0.001 };
  const parts = [...length.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)];
  if (parts.length === 0) throw new Failure(`"${length}" in config.toml is no length of time such as 60s`);
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ''] ?? 0), 0);
}

/** `pg-functions://postgres/private/custom_access_token_hook` → schema and name. */
export function hookFunction(uri: string): { schema: string; name: string } {
  const match = /^pg-functions:\/\/[^/]+\/([^/]+)\/([^/]+)$/.exec(uri);
  if (!match?.[1] || !match[2]) {
    throw new Failure(
      `The hook "${uri}" cannot run here; write it as pg-functions://postgres/<schema>/<function>`,
    );
  }
  return { schema: match[1], name: match[2] };
}
