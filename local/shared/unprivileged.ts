// Postgres refuses to run as root. For root it runs as an unprivileged user, with its data where that user can reach it: the
// checkout may be in a folder, such as /root, that other users cannot enter.
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { checkoutHash, stateDirectory } from './checkout.ts';
import { Failure } from './failure.ts';

export interface UnprivilegedUser {
  uid: number;
  gid: number;
}

/** The user that Postgres runs as; undefined when this process is not root. */
export function unprivilegedUser(): UnprivilegedUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const number = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: number('-u'), gid: number('-g') };
    } catch {
      // No such user here: try the next.
    }
  }
  throw new Failure(
    'Postgres does not run as root and this machine has neither a user "postgres" nor "nobody"; run the command as a normal user',
  );
}

/** The folder of this checkout's data. */
export function dataDirectory(): string {
  return unprivilegedUser() ? join(sharedPlace(), checkoutHash) : join(stateDirectory, 'postgres');
}

/** The folder of the prepared Postgres programs; one copy for all checkouts of a root user. */
export function programsDirectory(): string {
  return unprivilegedUser() ? sharedPlace() : stateDirectory;
}

/** The folder of throw-away data. */
export function temporaryDirectory(): string {
  return unprivilegedUser() ? join(sharedPlace(), 'temporary') : join(stateDirectory, 'temporary');
}

/** A folder that only root can write to and everybody can enter; never a name that another user could have taken. */
function sharedPlace(): string {
  for (const parent of ['/var/lib', '/var/tmp']) {
    const directory = join(parent, 'replyloop');
    try {
      mkdirSync(directory, { recursive: true });
      if (lstatSync(directory).isSymbolicLink() || lstatSync(directory).uid !== 0) continue;
      chmodSync(directory, 0o755);
      return directory;
    } catch {
      // Read-only: try the next.
    }
  }
  throw new Failure(
    'Neither /var/lib/replyloop nor /var/tmp/replyloop can be created; run the command as a normal user',
  );
}

/** Creates the folder for the user that Postgres runs as. */
export function makeOwnedDirectory(directory: string, user: UnprivilegedUser | undefined): void {
  mkdirSync(directory, { recursive: true });
  if (!user) return;
  // A strict umask would keep the user out of a parent folder.
  if (dirname(directory) === join(sharedPlace(), 'temporary')) chmodSync(dirname(directory), 0o755);
  chownSync(directory, user.uid, user.gid);
  chmodSync(directory, 0o700);
}
