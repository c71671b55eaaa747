// A page of docs/ as the dashboard shows it: taken apart by dashboard/documents.ts when the site is built.

/** The pages that the runbook leads to; links to others are shown as text. */
export const documentNames = [
  'runbook',
  'faq',
  'operations',
  'metrics',
  'api',
  'api-operators',
  'api-outgoing',
] as const;
export type DocumentName = typeof documentNames[number];

export type Target = { page: DocumentName; id?: string } | { url: string };

export type Inline = string | { code: string } | { strong: Inline[] } | { em: Inline[] } | {
  to: Target;
  text: Inline[];
};

export type Block =
  | { kind: 'heading'; level: number; id: string; text: Inline[] }
  | { kind: 'paragraph'; text: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Block[][] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'code'; text: string };

export interface Document {
  title: string;
  blocks: Block[];
}

export const isDocumentName = (name: string): name is DocumentName =>
  documentNames.some((known) => known === name);

/** What is read, without its form. */
export const plainText = (text: readonly Inline[]): string =>
  text.map((part) =>
    typeof part === 'string'
      ? part
      : 'code' in part
      ? part.code
      : plainText('strong' in part ? part.strong : 'em' in part ? part.em : part.text)
  ).join('');
