// The text of a page of the documentation.
import { Link } from '@tanstack/react-router';
import { cn } from '../../ui/class-names.ts';
import type { Block, Inline } from './document.ts';

/** `hash` is the heading that the address names: it is marked, so that it is found on a page where it is not at the top. */
export function Blocks({ blocks, hash }: { blocks: readonly Block[]; hash: string }) {
  return blocks.map((block, place) => {
    switch (block.kind) {
      case 'heading':
        return <Heading key={place} block={block} isCurrent={block.id === hash} />;
      case 'paragraph':
        return (
          <p key={place} className='my-3 first:mt-0 last:mb-0 wrap-anywhere'>
            <Text text={block.text} />
          </p>
        );
      case 'list': {
        const List = block.ordered ? 'ol' : 'ul';
        return (
          <List
            key={place}
            className={cn('my-3 grid gap-1.5 pl-5', block.ordered ? 'list-decimal' : 'list-disc')}
          >
            {block.items.map((item, position) => (
              <li key={position} className='marker:text-ink-soft'>
                <Blocks blocks={item} hash={hash} />
              </li>
            ))}
          </List>
        );
      }
      case 'table':
        return <Table key={place} block={block} />;
      case 'code':
        return (
          <pre
            key={place}
            tabIndex={0}
            className='my-3 overflow-x-auto rounded-lg border border-line bg-raised p-3 text-sm'
          >
            <code>{block.text}</code>
          </pre>
        );
    }
  });
}

function Heading({ block: { level, id, text }, isCurrent }: {
  block: Extract<Block, { kind: 'heading' }>;
  isCurrent: boolean;
}) {
  const Tag = level === 2 ? 'h2' : level === 3 ? 'h3' : 'h4';
  return (
    <Tag
      id={id}
      className={cn(
        'scroll-mt-24 text-balance wrap-anywhere',
        level === 2 &&
          'mt-10 mb-3 border-b border-line pb-1.5 text-xl font-semibold tracking-tight first:mt-0',
        level === 3 && 'mt-7 mb-2 text-base font-semibold',
        level > 3 && 'mt-5 mb-2 font-medium',
        isCurrent && '-mx-3 rounded-lg bg-brand-wash px-3 py-1.5',
      )}
    >
      <Text text={text} />
    </Tag>
  );
}

function Table({ block: { head, rows } }: { block: Extract<Block, { kind: 'table' }> }) {
  return (
    <div
      tabIndex={0}
      role='group'
      aria-label='Table'
      className='my-4 overflow-x-auto rounded-card border border-line'
    >
      <table className='w-full min-w-136 border-collapse bg-surface text-left text-sm'>
        <thead>
          <tr>
            {head.map((cell, place) => (
              <th key={place} scope='col' className='border-b border-line bg-raised px-3 py-2 font-medium'>
                <Text text={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={place} className='border-b border-line align-top last:border-0'>
              {row.map((cell, column) => (
                <td key={column} className='px-3 py-2 wrap-anywhere first:min-w-32'>
                  <Text text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Text({ text }: { text: readonly Inline[] }) {
  return text.map((part, place) => {
    if (typeof part === 'string') return part;
    if ('code' in part) {
      return <code key={place} className='rounded bg-raised px-1 py-0.5 text-[0.9em]'>{part.code}</code>;
    }
    if ('strong' in part) {
      return (
        <strong key={place} className='font-semibold'>
          <Text text={part.strong} />
        </strong>
      );
    }
    if ('em' in part) {
      return (
        <em key={place}>
          <Text text={part.em} />
        </em>
      );
    }
    const link = 'text-brand underline underline-offset-4';
    return 'url' in part.to
      ? (
        <a key={place} href={part.to.url} target='_blank' rel='noreferrer' className={link}>
          <Text text={part.text} />
        </a>
      )
      : (
        <Link
          key={place}
          to='/docs/$page'
          params={{ page: part.to.page }}
          {...(part.to.id === undefined ? {} : { hash: part.to.id })}
          className={link}
        >
          <Text text={part.text} />
        </Link>
      );
  });
}
