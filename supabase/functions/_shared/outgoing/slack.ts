/**
 * An event as a message of Slack's incoming webhooks: Block Kit, with a plain text for notifications. Names and replies are in
 * rich text, whose text is literal: nothing that a stranger wrote becomes a link, a mention or formatting.
 */
import type { Words } from './words.ts';

/** Slack refuses a message whose header is longer. */
const maxHeader = 150;

/** Three characters mean something wherever text is not in a block. */
const escape = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const shorten = (value: string, limit: number) =>
  value.length > limit ? `${value.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : value;

const literal = (value: string, style?: { bold: true }) => ({
  type: 'text',
  text: value,
  ...(style ? { style } : {}),
});

export function slackMessage({ title, facts, quote, link }: Words): Record<string, unknown> {
  const lines = facts.flatMap(([name, value], place) => [
    literal(`${place > 0 ? '\n' : ''}${name}: `, { bold: true }),
    literal(value),
  ]);
  const elements = [
    ...(lines.length > 0 ? [{ type: 'rich_text_section', elements: lines }] : []),
    ...(quote === undefined ? [] : [{ type: 'rich_text_quote', elements: [literal(quote)] }]),
    ...(link === undefined ? [] : [{
      type: 'rich_text_section',
      elements: [{ type: 'link', url: link.url, text: link.label }],
    }]),
  ];
  return {
    text: escape(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: shorten(title, maxHeader), emoji: false } },
      ...(elements.length > 0 ? [{ type: 'rich_text', elements }] : []),
    ],
  };
}
