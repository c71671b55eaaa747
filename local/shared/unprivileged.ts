// Postgres refuses to run as root. As root it gets an unprivileged user, and a place of its own that this user can
// reach: the checkout may lie in a folder, such as /root, that other users cannot even enter.
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

/** The user that Postgres runs as; undefined when this process is not root and can run it itself. */
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

/** Where this checkout's data lies. */
export function dataDirectory(): string {
  return unprivilegedUser() ? join(sharedPlace(), checkoutHash) : join(stateDirectory, 'postgres');
}

/** Where the prepared Postgres programs lie; one copy serves every checkout of a root user. */
export function programsDirectory(): string {
  return unprivilegedUser() ? sharedPlace() : stateDirectory;
}

/** Where throw-away data goes. */
export function temporaryDirectory(): string {
  return unprivilegedUser() ? join(sharedPlace(), 'temporary') : join(stateDirectory, 'temporary');
}

/** A folder that only root can write to and everybody can enter; never a name that somebody else may have taken. */
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
    'Neither /var/lib/replyloop nor /var/tmp/replyloop can be made; run the command as a normal user',
  );
}

/** Creates the folder for the user that Postgres runs as. */
export function makeOwnedDirectory(directory: string, user: UnprivilegedUser | undefined): void {
  mkdirSync(directory, { recursive: true });
  if (!user) return;
  // A strict umask would keep the user out of a folder on the way.
  if (dirname(directory) === join(sharedPlace(), 'temporary')) chmodSync(dirname(directory), 0o755);
  chownSync(directory, user.uid, user.gid);
  chmodSync(directory, 0o700);
}
