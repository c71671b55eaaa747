// The location of this checkout and of its state: one folder, `.replyloop/`, ignored by git.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const checkoutRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

export const stateDirectory = join(checkoutRoot, '.replyloop');

/** Distinguishes checkouts that share a folder (data of a root user, see `unprivileged.ts`). */
export const checkoutHash = createHash('sha256').update(checkoutRoot).digest('hex').slice(0, 12);

export const functionsDirectory = join(checkoutRoot, 'supabase', 'functions');
export const configFile = join(checkoutRoot, 'supabase', 'config.toml');
