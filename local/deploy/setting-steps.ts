// Steps of a deployment that change settings of Auth and of the Data API, and only those that Replyloop needs.
import type { Context } from './context.ts';
import type { Step } from './steps.ts';

export const authStep: Step<Context> = {
  name: 'Auth',
  plan: async (context) => Object.keys(await wrongAuthSettings(context)).map(authLine),
  async run(context) {
    await context.api.changeAuthConfig(await wrongAuthSettings(context));
  },
};

async function wrongAuthSettings(context: Context): Promise<Record<string, unknown>> {
  const { auth, hookUri } = context.release;
  const wanted: Record<string, unknown> = {
    // Without it every signed-in person sees nothing.
    hook_custom_access_token_enabled: true,
    hook_custom_access_token_uri: hookUri,
    disable_signup: !auth.allowSignUp,
    external_anonymous_users_enabled: false,
    password_min_length: auth.minimumPassword,
    jwt_exp: auth.tokenLifetime,
    mailer_otp_length: auth.otpLength,
    mailer_otp_exp: auth.otpExpiry,
    ...(context.siteUrl === undefined ? {} : { site_url: context.siteUrl }),
  };
  const present = await context.api.authConfig();
  // The platform takes texts of one's own only with a mail server of one's own.
  if (present['smtp_host']) {
    for (const [name, mail] of Object.entries(context.release.mails)) {
      wanted[`mailer_subjects_${name}`] = mail.subject;
      wanted[`mailer_templates_${name}_content`] = mail.content;
    }
  }
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => present[name] !== value));
}

function authLine(setting: string): string {
  if (setting === 'hook_custom_access_token_enabled') return 'access token hook on';
  return `setting ${setting}`;
}

/** Connections that the Data API needs, so that the functions find a place beside people's requests (docs/operations.md). */
const leastPool = 16;

export const dataApiStep: Step<Context> = {
  name: 'Data API',
  async plan(context) {
    const wrong = await wrongDataApiSettings(context);
    return Object.entries(wrong).map(([name, value]) => `${name} = ${value}`);
  },
  async run(context) {
    await context.api.changeDataApiConfig(await wrongDataApiSettings(context));
  },
};

async function wrongDataApiSettings({ api, release }: Context) {
  const present = await api.dataApiConfig();
  const wanted = {
    db_schema: release.schemas.join(','),
    db_extra_search_path: release.searchPath.join(','),
    max_rows: release.maxRows,
  };
  const isSame = (first: string | number, second: string | number) =>
    String(first).replaceAll(' ', '') === String(second).replaceAll(' ', '');
  return {
    ...Object.fromEntries(
      Object.entries(wanted).filter(([name, value]) => !isSame(present[name as keyof typeof wanted], value)),
    ),
    ...((present.db_pool ?? 0) < leastPool ? { db_pool: leastPool } : {}),
  };
}
