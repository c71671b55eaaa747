// What has to be true before a client is closed: everything that would stop a move half-way is found here, as one sentence each.
import { Failure } from '../shared/failure.ts';
import { type Accounts, planAccounts } from './accounts.ts';
import { type Catalogue, readCatalogue, shapeOf } from './catalogue.ts';
import { readOwner } from './copy.ts';
import { requireReadableKeys, requireTargetMasterKey } from './keys.ts';
import { type Owner, type Plan, planTables } from './plan.ts';
import { type Project, rowOf, rowsOf } from './project.ts';

export interface Client {
  id: string;
  name: string;
}

/** The side of a move that a project remembers. */
export interface MoveRow {
  state: 'closed' | 'moved' | 'arriving' | 'arrived';
  other_project: string;
  was: unknown;
  copied: unknown;
  started_at: string;
}

export async function readMove(project: Project, clientId: string): Promise<MoveRow | undefined> {
  return await rowOf<MoveRow & Record<string, unknown>>(
    project,
    'select state, other_project, was, copied, started_at::text from private.client_moves where client_id = $1',
    [clientId],
  );
}

/** By id or by its exact name. */
export async function findClient(project: Project, wanted: string): Promise<Client | undefined> {
  return await rowOf<Client & Record<string, unknown>>(
    project,
    'select c.id::text, c.name from public.clients as c where c.id::text = lower($1) or btrim(c.name) = btrim($1)',
    [wanted],
  );
}

/** Both databases have one schema, and the sessions may do what a copy needs. Returns which tables move. */
export async function checkProjects(source: Project, target: Project, address: string): Promise<Plan> {
  const wanted = address.replace(/\/+$/, '');
  if (target.url !== wanted) {
    throw new Failure(
      `TARGET_DB_URL leads to the project ${target.url}, not to ${wanted}; correct one of them`,
    );
  }
  if (source.url === target.url) {
    throw new Failure(`Source and target are the same project, ${source.url}`);
  }
  for (const project of [source, target]) await requireRights(project);
  const [here, there] = await Promise.all([readCatalogue(source.client), readCatalogue(target.client)]);
  await requireOneSchema(source, target, here, there);
  return planTables(here);
}

async function requireRights(project: Project): Promise<void> {
  const { side, client } = project;
  const found = await rowOf<{ may: boolean; name: string }>(
    project,
    `select current_user as name, (r.rolsuper or r.rolbypassrls) and pg_has_role(c.relowner, 'usage') as may
     from pg_catalog.pg_roles as r, pg_catalog.pg_class as c
     where r.rolname = current_user and c.oid = 'public.clients'::regclass`,
  );
  if (!found?.may) {
    throw new Failure(
      `"${found?.name}" may not read and write everything in the ${side}; sign in to its database as postgres`,
    );
  }
  if (side === 'source') return;
  try {
    await client.query('begin; set local session_replication_role = replica; rollback');
  } catch (error) {
    await client.query('rollback');
    throw new Failure(
      `"${found.name}" may not set session_replication_role in the target, so its triggers would count every row again; sign in as postgres`,
      { cause: error },
    );
  }
}

async function requireOneSchema(
  source: Project,
  target: Project,
  here: Catalogue,
  there: Catalogue,
): Promise<void> {
  const versions = 'select version from supabase_migrations.schema_migrations order by 1';
  const [ours, theirs] = await Promise.all(
    [source, target].map((project) => rowsOf<{ version: string }>(project, versions)),
  );
  const lists = [ours, theirs].map((rows) => (rows ?? []).map(({ version }) => version));
  const [first = [], second = []] = lists;
  const differing = [
    ...first.filter((version) => !second.includes(version)),
    ...second.filter((version) => !first.includes(version)),
  ];
  if (differing.length > 0) {
    throw new Failure(
      `Source and target have different migrations (${
        differing.slice(0, 3).join(', ')
      }); bring both to the same version`,
    );
  }
  const [shape, other] = [shapeOf(here), shapeOf(there)];
  const columns = [
    ...shape.filter((line) => !other.includes(line)),
    ...other.filter((line) => !shape.includes(line)),
  ];
  if (columns.length > 0) {
    throw new Failure(`Source and target have different tables: ${columns.slice(0, 3).join(', ')}`);
  }
}

/** That this client can be moved to this target; returns whose accounts move and what it owns. */
export async function checkClient(
  source: Project,
  target: Project,
  plan: Plan,
  client: Client,
): Promise<{ accounts: Accounts; owner: Owner; keys: number }> {
  await requireFreePlace(target, client);
  await requireOwnWorkspaces(source, client);
  await requireEvents(source, client);
  const accounts = await planAccounts(source, target, client.id);
  const owner = await readOwner(source, client.id, accounts);
  await requireFreeWorkspaces(source, target, owner);
  await requireNothingOpen(source, client, false);
  const keys = await requireReadableKeys(source, plan, owner);
  await requireTargetMasterKey(target);
  return { accounts, owner, keys };
}

async function requireFreePlace(target: Project, client: Client): Promise<void> {
  const there = await rowOf<Client & Record<string, unknown>>(
    target,
    `select c.id::text, c.name from public.clients as c
     where c.id = $1 or lower(btrim(c.name)) = lower(btrim($2)) order by c.id = $1 desc limit 1`,
    [client.id, client.name],
  );
  if (!there) return;
  throw new Failure(
    there.id === client.id
      ? `The target has this client already ("${there.name}"), and no move brought it there`
      : `The target has another client named "${there.name}"; rename one of them first`,
  );
}

/** A workspace belongs to one project: what is shared by several clients cannot leave with one of them. */
async function requireOwnWorkspaces(source: Project, client: Client): Promise<void> {
  const shared = await rowsOf<{ name: string; campaigns: string[] }>(
    source,
    `select c.name, array_agg(k.name order by k.name) as campaigns
     from public.campaigns as k
     left join private.provider_campaigns as p on p.campaign_id = k.id
     join public.provider_connections as c on c.id in (k.connection_id, p.connection_id)
     where k.client_id = $1 and c.client_id is distinct from $1
     group by c.id, c.name order by c.name`,
    [client.id],
  );
  const [first] = shared;
  if (!first) return;
  throw new Failure(
    `"${client.name}" has ${first.campaigns.length} campaigns in the workspace "${first.name}" (${
      first.campaigns.slice(0, 3).map((name) => `"${name}"`).join(', ')
    }), which other clients use too; a workspace belongs to one project, see docs/moving-a-client.md`,
  );
}

/** Events in the archive have the numbers of the source, which are others in the target: they have to be in the database to move. */
async function requireEvents(source: Project, client: Client): Promise<void> {
  const archived = await rowsOf<{ name: string; id: string }>(
    source,
    `select k.name, k.id::text from private.closed_campaigns as d join public.campaigns as k on k.id = d.campaign_id
     where d.client_id = $1 and d.archived_at is not null order by 1, 2`,
    [client.id],
  );
  const [first] = archived;
  if (!first) return;
  throw new Failure(
    `The events of ${archived.length} campaigns of "${client.name}" are in the archive ("${first.name}"); put them back with npm run archive -- --reopen ${first.id}, and so on, then move`,
  );
}

async function requireFreeWorkspaces(source: Project, target: Project, owner: Owner): Promise<void> {
  const own = await rowsOf<
    { provider: string; name: string; workspace_id: string | null; digest: string | null }
  >(
    source,
    `select c.provider::text, c.name, c.workspace_id, encode(k.key_digest, 'hex') as digest
     from public.provider_connections as c left join private.provider_keys as k on k.connection_id = c.id
     where c.id = any ($1) and c.removed_at is null`,
    [owner.connections],
  );
  for (const { provider, name, workspace_id, digest } of own) {
    const holder = await rowOf<{ name: string }>(
      target,
      `select c.name from public.provider_connections as c left join private.provider_keys as k on k.connection_id = c.id
       where c.provider::text = $1 and c.removed_at is null and (c.workspace_id = $2 or encode(k.key_digest, 'hex') = $3)`,
      [provider, workspace_id, digest],
    );
    if (holder) {
      throw new Failure(
        `The workspace of "${name}" is connected in the target already, as "${holder.name}"; remove that connection first`,
      );
    }
  }
}

interface OpenWork extends Record<string, unknown> {
  is_short: boolean;
  details: string;
}

/** `waits`: what ends without a person is named instead of waited for. */
export async function requireNothingOpen(source: Project, client: Client, waits: boolean): Promise<void> {
  const open = (await listOpenWork(source, client.id)).filter(({ is_short }) => waits || !is_short);
  if (open.length === 0) return;
  throw new Failure(`The move of "${client.name}" waits for ${listed(open)}; run the command again then`);
}

export async function listOpenWork(source: Project, clientId: string): Promise<OpenWork[]> {
  return await rowsOf<OpenWork>(
    source,
    'select is_short, details from private.list_open_work($1) group by 1, 2 order by 1, 2',
    [clientId],
  );
}

export const listed = (open: OpenWork[]): string => open.map(({ details }) => details).join(', ');

/** What concerns the client and belongs to the agency, so that a person has to think of it. */
export async function listStaying(source: Project, owner: Owner): Promise<string[]> {
  const counts = await rowOf<{ rules: number; records: number; endpoints: number; files: number }>(
    source,
    `select
       (select count(*)::int from public.suppression_rules as r where r.client_id is null) as rules,
       (select count(*)::int from public.crm_records as r where r.client_id = $1 and r.connection_id <> all ($2)) as records,
       (select count(*)::int from public.outgoing_endpoints as e where e.client_id is null) as endpoints,
       (select count(*)::int from private.archive_parts as a where a.owner_id = $1) as files`,
    [owner.clientId, owner.crmConnections],
  );
  const { rules = 0, records = 0, endpoints = 0, files = 0 } = counts ?? {};
  return [
    ...(rules > 0
      ? [
        `${rules} domains and addresses that the agency emails for no client stay: enter those that hold in the target`,
      ]
      : []),
    ...(records > 0
      ? [
        `${records} leads stay in the agency’s CRM: connect it in the target, where each finds its deal again`,
      ]
      : []),
    ...(files > 0 ? [archiveNote(files, owner.clientId)] : []),
    ...(endpoints > 0 ? [`${endpoints} endpoints of the agency stay, with what was sent to them`] : []),
  ];
}

/** The command does not reach the stores; the target knows the files by their names. */
export const archiveNote = (files: number, clientId: string): string =>
  `${files} files of the archive: copy "*/client=${clientId}/" from the store of the source to that of the target before --finish`;
