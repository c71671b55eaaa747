/** An event for a Teams workflow ("When a Teams webhook request is received"): an Adaptive Card in its envelope. */
import type { Words } from './words.ts';

/**
 * Text of an Adaptive Card is Markdown. What could begin emphasis, a link, a heading or a list is made literal, and no more:
 * Teams on a phone shows the backslash before other characters.
 */
const literal = (value: string) =>
  value.replace(/[\\`*_[\]<>~|]/g, '\\$&').replace(/^(\s*)([#+-]|\d+(?=[.)]))/gm, '$1\u200b$2');

export function teamsMessage({ title, facts, quote, link }: Words): Record<string, unknown> {
  return {
    type: 'message',
    attachments: [{
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        // What every Teams client shows.
        version: '1.4',
        body: [
          { type: 'TextBlock', text: literal(title), weight: 'Bolder', size: 'Medium', wrap: true },
          ...(facts.length > 0
            ? [{
              type: 'FactSet',
              facts: facts.map(([name, value]) => ({ title: name, value: literal(value) })),
            }]
            : []),
          // Markdown joins lines; an empty one between keeps them apart.
          ...(quote === undefined ? [] : [{
            type: 'TextBlock',
            text: literal(quote).replace(/\n+/g, '\n\n'),
            wrap: true,
            separator: true,
          }]),
        ],
        ...(link === undefined
          ? {}
          : { actions: [{ type: 'Action.OpenUrl', title: link.label, url: link.url }] }),
      },
    }],
  };
}
