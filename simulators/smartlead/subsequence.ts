import type { World } from './state.ts';

export interface SubsequenceOptions {
  workspaceId: string;
  parentCampaignId: string | number;
  name?: string;
  /** Name of the category that brings a lead of the parent in. @default 'Interested' */
  onCategory?: string;
  /** One e-mail each, a day apart. */
  emails?: ReadonlyArray<{ subject: string; body: string; delayDays?: number }>;
}

/** Makes a subsequence, which the API can only list. Returns its campaign id. */
export function createSubsequence(world: World, options: SubsequenceOptions): string {
  const workspace = world.workspaces.get(options.workspaceId);
  const parent = workspace?.campaigns.get(Number(options.parentCampaignId));
  if (workspace === undefined || parent === undefined) {
    throw new Error(`Cannot make a subsequence: unknown campaign "${options.parentCampaignId}"`);
  }
  const wanted = options.onCategory ?? 'Interested';
  const category = workspace.categoryNamed(wanted);
  if (category === undefined) throw new Error(`Cannot make a subsequence: unknown category "${wanted}"`);
  const name = options.name ?? `${parent.data.name} – ${wanted}`;
  const { data } = world.createCampaign(workspace, name, parent.data.clientId, {
    data: parent.data,
    onCategory: category.id,
  });
  const emails = options.emails ?? [{ subject: 'Following up', body: 'Hi {{first_name}}, when suits you?' }];
  data.steps = emails.map(({ subject, body, delayDays }, index) => ({
    id: world.identifiers.take('step'),
    number: index + 1,
    delayDays: delayDays ?? 1,
    subject,
    body,
    variants: [],
  }));
  return String(data.id);
}
