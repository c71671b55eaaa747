// The part of Go's templates that mails of Supabase Auth are written in: {{ .Name }}, {{ .Data.name }}, {{ if }} {{ else }} {{ end }}.
// Anything else throws: a mail that only the stand-in understands would fail on a hosted project.

export type TemplateValues = Readonly<Record<string, unknown>> & { Data?: Readonly<Record<string, unknown>> };

type Part =
  | { kind: 'text'; text: string }
  | { kind: 'value'; path: readonly string[] }
  | { kind: 'if'; path: readonly string[]; then: Part[]; otherwise: Part[] };

const action = /\{\{(-?)\s*([\s\S]*?)\s*(-?)\}\}/g;
const path = /^\.(\w+)(?:\.(\w+))?$/;

/** Fills a template; values are escaped for HTML, and a missing one is empty. */
export function fillTemplate(template: string, values: TemplateValues): string {
  return render(parse(template), values);
}

function parse(template: string): Part[] {
  const root: Part[] = [];
  // Where parts are added, with the `if` that they belong to.
  const open: { parts: Part[]; branch?: Extract<Part, { kind: 'if' }> }[] = [{ parts: root }];
  const add = (part: Part) => open.at(-1)?.parts.push(part);
  let end = 0;
  let trimsNext = false;
  const text = (until: number, trimsEnd: boolean) => {
    let piece = template.slice(end, until);
    if (trimsNext) piece = piece.trimStart();
    if (trimsEnd) piece = piece.trimEnd();
    if (piece !== '') add({ kind: 'text', text: piece });
  };
  for (const match of template.matchAll(action)) {
    const [whole, trimBefore, content = '', trimAfter] = match;
    text(match.index, trimBefore === '-');
    end = match.index + whole.length;
    trimsNext = trimAfter === '-';
    if (content.startsWith('if ')) {
      const branch = {
        kind: 'if' as const,
        path: readPath(content.slice(3).trim()),
        then: [],
        otherwise: [],
      };
      add(branch);
      open.push({ parts: branch.then, branch });
    } else if (content === 'else') {
      const inner = open.pop();
      if (!inner?.branch || inner.parts === inner.branch.otherwise) {
        throw new Error('{{ else }} without an {{ if }}');
      }
      open.push({ parts: inner.branch.otherwise, branch: inner.branch });
    } else if (content === 'end') {
      if (!open.pop()?.branch) throw new Error('{{ end }} without an {{ if }}');
    } else {
      add({ kind: 'value', path: readPath(content) });
    }
  }
  text(template.length, false);
  if (open.length > 1) throw new Error('An {{ if }} has no {{ end }}');
  return root;
}

function readPath(content: string): readonly string[] {
  const [, first, second] = path.exec(content) ?? [];
  if (first === undefined || (second !== undefined && first !== 'Data')) {
    throw new Error(`The stand-in for Supabase Auth does not know {{ ${content} }}`);
  }
  return second === undefined ? [first] : [first, second];
}

function render(parts: readonly Part[], values: TemplateValues): string {
  return parts.map((part) => {
    if (part.kind === 'text') return part.text;
    const value = valueAt(part.path, values);
    if (part.kind === 'value') return escapeHtml(typeof value === 'string' ? value : '');
    return render(isTrue(value) ? part.then : part.otherwise, values);
  }).join('');
}

function valueAt([name = '', key]: readonly string[], values: TemplateValues): unknown {
  const source = key === undefined ? values : values.Data ?? {};
  const wanted = key ?? name;
  return Object.hasOwn(source, wanted) ? source[wanted] : undefined;
}

/** What Go takes for false: nothing, zero, and what is empty. */
const isTrue = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : typeof value === 'object' && value !== null
    ? Object.keys(value).length > 0
    : Boolean(value);

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`.replace('&#38;', '&amp;'));
