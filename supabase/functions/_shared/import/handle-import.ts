import type { Caller } from '../platform/caller.ts';
import { callFunction } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import type { FunctionOptions } from '../platform/signed-in-function.ts';
import { tooManyVariables } from '../providers/variable-limit.ts';
import { decodeBytes } from './encoding.ts';
import { guessMapping, nameVariables, type Remembered } from './guess-mapping.ts';
import { maxBodyBytes, maxChunkRows } from './limits.ts';
import { mapRow } from './map-row.ts';
import { isBlank, readRows, readStart } from './read-table.ts';
import { importRequest, type ImportState, importState, type RequestOf } from './request.ts';
import { repeatable } from './targets.ts';

/** Rows that one step of undoing takes out (0.2 s of the database, 0.7 s on a busy one), and how long one call continues. */
const undoStep = 1_000;
const undoMilliseconds = 15_000;

/** POST { action, … } from an operator or a secret key; docs/api-imports.md lists the actions. */
export async function handleImport(
  request: Request,
  caller: Caller,
  options: FunctionOptions,
): Promise<Response> {
  requireMethod(request, 'POST');
  // Who imports answers for verification and consent: the agency does.
  if (caller.kind === 'client') {
    throw new AppError('FORBIDDEN', 'Leads are imported by your agency; send the list to them');
  }
  const body = await readBody(request, importRequest, maxBodyBytes);
  switch (body.action) {
    case 'preview':
      return jsonResponse(await preview(body, options));
    case 'start':
      return jsonResponse(await start(body, caller, options), 201);
    case 'add':
      return jsonResponse(await add(body, options));
    case 'status':
      return jsonResponse(await readImport(body.import_id, options));
    case 'finish':
      return jsonResponse(await end(body.import_id, 'completed', body.chunks, caller, options));
    case 'cancel':
      return jsonResponse(await end(body.import_id, 'cancelled', null, caller, options));
    case 'undo':
      return jsonResponse(await undo(body.import_id, caller, options));
  }
}

/** What the list is and how its columns would be read; stores nothing. */
async function preview(body: RequestOf<'preview'>, options: FunctionOptions) {
  const decoded = body.base64 === undefined ? undefined : decodeBytes(fromBase64(body.base64));
  const text = decoded?.text ?? body.text ?? '';
  if (text.trim() === '') {
    throw new AppError('VALIDATION_FAILED', 'The list is empty; send its beginning as text or base64');
  }
  const table = readStart(text, body.headings ?? 'guess');
  const columns = guessMapping(table.headers, table.rows, await readRemembered(body.client_id, options));
  const problems = [...table.problems];
  if (decoded !== undefined && decoded.lost > 0) problems.push(`${decoded.lost} letters could not be read`);
  if (!columns.some(({ target }) => target === 'email')) problems.push('No column holds email addresses');
  const renamed = columns.filter(({ header, variable }) => variable !== undefined && variable !== header)
    .map(({ header, variable }) => ({ header, variable }));
  return {
    ...(decoded === undefined ? {} : { encoding: decoded.encoding }),
    delimiter: table.delimiter,
    header_row: table.header_row,
    columns,
    renamed,
    needs_verification_answer: !columns.some(({ target }) => target === 'email_deliverability'),
    problems,
  };
}

function fromBase64(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    throw new AppError(
      'VALIDATION_FAILED',
      'base64 does not hold base64; encode the first bytes of the file',
    );
  }
}

async function readRemembered(
  clientId: string | undefined,
  { database }: FunctionOptions,
): Promise<Remembered> {
  if (clientId === undefined) return new Map();
  const { data, error } = await database.from('import_mappings').select('heading, target, variable')
    .eq('client_id', clientId).limit(1_000);
  if (error) throw new AppError('INTERNAL', 'The mappings could not be read; try again', { cause: error });
  return new Map(data.map(({ heading, target, variable }) => [heading, { target, variable }]));
}

async function start(
  body: RequestOf<'start'>,
  caller: Caller,
  { database }: FunctionOptions,
): Promise<ImportState & { warnings: string[] }> {
  const columns = nameVariables(body.columns);
  if (!columns.some(({ target }) => target === 'email')) {
    throw new AppError(
      'VALIDATION_FAILED',
      'No column is mapped to the email address; choose the one that holds it',
    );
  }
  const twice = columns.find(({ target }, index) =>
    !repeatable.has(target) && columns.findIndex((other) => other.target === target) < index
  );
  if (twice !== undefined) {
    throw new AppError(
      'VALIDATION_FAILED',
      `Two columns are mapped to ${twice.target}; keep one of them as a variable`,
    );
  }
  const hasVerdicts = columns.some(({ target }) => target === 'email_deliverability');
  if (!hasVerdicts && body.list_is_verified === undefined) {
    throw new AppError(
      'VALIDATION_FAILED',
      'No column says whether the addresses are verified; say it for the whole list with list_is_verified',
    );
  }
  const verification = hasVerdicts
    ? 'column'
    : body.list_is_verified
    ? 'declared_verified'
    : 'declared_unverified';
  const settings = {
    file_name: body.file_name,
    file_checksum: body.file_checksum,
    format: body.format ?? {},
    mapping: columns,
    total_rows: body.total_rows,
    update_existing: body.existing === 'update',
    allow_other_campaigns: body.other_campaigns === 'allow',
    verification,
    consent_source: body.consent_source?.trim() || undefined,
    consent_note: body.consent_note?.trim() || undefined,
  };
  const started = await callFunction(
    database,
    'start_import',
    { target_campaign_id: body.campaign_id, settings, requester: caller.userId },
    importState,
  );
  const { data, error } = await database.from('campaigns').select('provider').eq('id', body.campaign_id)
    .maybeSingle();
  if (error) throw new AppError('INTERNAL', 'The campaign could not be read; try again', { cause: error });
  const warning = tooManyVariables(data?.provider ?? null, columns);
  return { ...started, warnings: warning === undefined ? [] : [warning] };
}

async function add(body: RequestOf<'add'>, options: FunctionOptions): Promise<Omit<ImportState, 'mapping'>> {
  const started = await readImport(body.import_id, options);
  const rows = body.rows ??
    (body.text === undefined ? [] : readRows(body.text, started.format.delimiter ?? ','));
  if (rows.length > maxChunkRows) {
    throw new AppError(
      'PAYLOAD_TOO_LARGE',
      `A part holds at most ${maxChunkRows.toLocaleString('en')} rows, this one has ${
        rows.length.toLocaleString('en')
      }; send smaller parts`,
    );
  }
  // Numbered before blank lines are left out, so that the numbers are those of a spreadsheet.
  const mapped = rows.map((row, index) => ({ row, number: body.first_row + index }))
    .filter(({ row }) => !(Array.isArray(row) && isBlank(row)))
    .map(({ row, number }) => mapRow(row, number, started.mapping, started.verification));
  const { mapping: _, ...state } = await callFunction(
    options.database,
    'add_import_rows',
    { target_import_id: body.import_id, chunk_number: body.chunk, given_rows: mapped },
    importState,
  );
  return state;
}

async function readImport(importId: string, { database }: FunctionOptions): Promise<ImportState> {
  const state = await callFunction(
    database,
    'read_import',
    { target_import_id: importId },
    importState.nullable(),
  );
  if (state === null) throw new AppError('NOT_FOUND', `There is no import "${importId}"; check the id`);
  return state;
}

async function end(
  importId: string,
  status: 'completed' | 'cancelled',
  chunks: number | null,
  caller: Caller,
  { database }: FunctionOptions,
): Promise<ImportState> {
  return await callFunction(
    database,
    'end_import',
    { target_import_id: importId, final_status: status, chunks, requester: caller.userId },
    importState,
  );
}

/** Step by step within the call's time; a caller that reads "undoing" calls again. */
async function undo(
  importId: string,
  caller: Caller,
  { database, now }: FunctionOptions,
): Promise<ImportState> {
  const endsAt = now().getTime() + undoMilliseconds;
  for (;;) {
    const state = await callFunction(
      database,
      'undo_import',
      { target_import_id: importId, step_size: undoStep, requester: caller.userId },
      importState,
    );
    if (state.status !== 'undoing' || now().getTime() >= endsAt) return state;
  }
}
