// The mails that the stand-in would send. They are kept for the person who runs the stack, on disk where a directory is given, because
// a link is worth a sign-in: no one else's file, and never in a log.
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AuthError } from './errors.ts';

const mailSchema = z.object({
  id: z.string(),
  sent_at: z.string(),
  to: z.string(),
  kind: z.enum(['invite', 'magic_link', 'recovery', 'confirmation', 'notification']),
  subject: z.string(),
  html: z.string(),
  attachments: z.array(z.object({
    filename: z.string(),
    content_type: z.string(),
    /** In base64. */
    content: z.string(),
  })).optional(),
  /** Where the first link of the mail leads. */
  link: z.string(),
});

export type Mail = z.infer<typeof mailSchema>;

/** What a project's mail server may answer instead of taking a mail. */
export type MailProblem = 'unreachable' | 'address_not_authorized' | 'over_limit';

export interface Outbox {
  send(mail: Omit<Mail, 'id' | 'sent_at'>): void;
  /** Newest first. */
  mails(to?: string): Mail[];
  /** Tests set it, to play a project that cannot send mail. */
  problem: MailProblem | undefined;
}

/** Beyond this many the oldest are dropped. */
const maxMails = 200;

export function createOutbox(directory?: string): Outbox {
  const inMemory: Mail[] = [];
  if (directory) {
    mkdirSync(directory, { recursive: true });
    chmodSync(directory, 0o700);
  }
  const filesOf = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.json')).sort();

  const keep = (mail: Mail) => {
    if (!directory) {
      inMemory.push(mail);
      inMemory.splice(0, inMemory.length - maxMails);
      return;
    }
    const file = join(directory, `${mail.sent_at.replaceAll(':', '-')}-${mail.id.slice(0, 8)}.json`);
    writeFileSync(`${file}.new`, `${JSON.stringify(mail, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    for (const name of filesOf(directory).slice(0, -maxMails)) rmSync(join(directory, name), { force: true });
  };
  const all = (): Mail[] => {
    if (!directory || !existsSync(directory)) return inMemory;
    return filesOf(directory).flatMap((name) => {
      const parsed = mailSchema.safeParse(JSON.parse(readFileSync(join(directory, name), 'utf8')));
      return parsed.success ? [parsed.data] : [];
    });
  };

  return {
    problem: undefined,
    send(mail) {
      if (this.problem) throw problems[this.problem](mail.kind);
      keep({ id: randomUUID(), sent_at: new Date().toISOString(), ...mail });
    },
    mails: (to) => all().filter((mail) => to === undefined || mail.to === to.toLowerCase()).reverse(),
  };
}

const names = {
  invite: 'invite email',
  magic_link: 'magic link email',
  recovery: 'recovery email',
  confirmation: 'confirmation email',
  notification: 'notification',
};

const problems: Record<MailProblem, (kind: Mail['kind']) => AuthError> = {
  unreachable: (kind) => new AuthError(500, 'unexpected_failure', `Error sending ${names[kind]}`),
  address_not_authorized: () =>
    new AuthError(
      400,
      'email_address_not_authorized',
      'Email address cannot be used as it is not authorized',
    ),
  over_limit: () => new AuthError(429, 'over_email_send_rate_limit', 'email rate limit exceeded'),
};
