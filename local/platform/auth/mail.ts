// The text of a mail, from the templates of config.toml and with the variables that Supabase Auth gives them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../shared/checkout.ts';
import type { ProjectConfig } from '../../shared/project-config.ts';
import { fillTemplate } from './go-template.ts';
import type { Mail } from './outbox.ts';

/** What Auth itself sends. */
export type AuthMail = Exclude<Mail['kind'], 'notification'>;

export interface MailFacts {
  kind: AuthMail;
  to: string;
  otp: string;
  tokenHash: string;
  redirectTo: string;
  /** The link through Auth itself, which signs in at once. */
  confirmationUrl: string;
  data: Record<string, unknown>;
}

const plain: Record<AuthMail, { subject: string; html: string }> = {
  invite: {
    subject: 'You have been invited',
    html: '<p><a href="{{ .ConfirmationURL }}">Accept the invitation</a></p>',
  },
  magic_link: { subject: 'Your Magic Link', html: '<p><a href="{{ .ConfirmationURL }}">Log In</a></p>' },
  recovery: {
    subject: 'Reset Your Password',
    html: '<p><a href="{{ .ConfirmationURL }}">Reset Password</a></p>',
  },
  confirmation: {
    subject: 'Confirm Your Signup',
    html: '<p><a href="{{ .ConfirmationURL }}">Confirm your mail</a></p>',
  },
};

export function composeMail(facts: MailFacts, config: ProjectConfig): Omit<Mail, 'id' | 'sent_at'> {
  const own = config.mailTemplates[facts.kind];
  const file = own?.contentPath === undefined ? undefined : join(checkoutRoot, own.contentPath);
  const html = fill(
    file && existsSync(file) ? readFileSync(file, 'utf8') : plain[facts.kind].html,
    facts,
    config,
  );
  const link = /href="([^"]+)"/.exec(html)?.[1] ?? facts.confirmationUrl;
  return {
    to: facts.to,
    kind: facts.kind,
    subject: fill(own?.subject ?? plain[facts.kind].subject, facts, config),
    html,
    link: link.replaceAll('&amp;', '&'),
  };
}

function fill(template: string, facts: MailFacts, config: ProjectConfig): string {
  const values = {
    SiteURL: config.siteUrl,
    RedirectTo: facts.redirectTo,
    ConfirmationURL: facts.confirmationUrl,
    TokenHash: facts.tokenHash,
    Token: facts.otp,
    Email: facts.to,
  };
  return fillTemplate(template, { ...values, Data: facts.data });
}
