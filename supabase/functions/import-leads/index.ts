/**
 * POST /import-leads { action: preview | start | add | status | finish | cancel | undo, … }: brings a list of leads into a
 * campaign, part by part. For operators and secret keys.
 */
import { handleImport } from '../_shared/import/handle-import.ts';
import { createSignedInFunction } from '../_shared/platform/signed-in-function.ts';

export default { fetch: createSignedInFunction(handleImport) };
