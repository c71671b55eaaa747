// The labelled replies as they are kept: development files by language and batch, sentences for training, and the held-out half.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { replyClasses } from '../../supabase/functions/_shared/replies/reply-class.ts';

export const languages = ['en', 'nl', 'de', 'fr'] as const;
export type Language = (typeof languages)[number];
export type Half = 'development' | 'held-out';

const replies = z.array(z.object({
  id: z.string(),
  subject: z.string(),
  text: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
  label: z.enum(replyClasses),
  date: z.iso.date().optional(),
  received_at: z.iso.datetime(),
}));
export type Labelled = z.infer<typeof replies>[number] & { file: string; batch: number; language: Language };

/** From this batch on, no rule was corrected by what it got wrong: they say how far the rules can be believed. */
export const firstUnseenBatch = 9;

/** `en.json`, then `en-2.json`, `en-3.json` and so on, batch by batch. */
const batchOf = (file: string): number => Number(/-(\d+)/.exec(file)?.[1] ?? 1);

const filesOf = (half: Half, language: Language): string[] =>
  readdirSync(`evaluation/replies/${half}`)
    .filter((name) => name === `${language}.json` || name.startsWith(`${language}-`))
    .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));

export const readReplies = (half: Half): Labelled[] =>
  languages.flatMap((language) =>
    filesOf(half, language).flatMap((file) =>
      replies.parse(JSON.parse(readFileSync(`evaluation/replies/${half}/${file}`, 'utf8')))
        .map((reply) => ({ ...reply, file, batch: batchOf(file), language }))
    )
  );

/** "# label", then one reply a line; "subject | text" where the subject is not that of an answer. */
export const readSentences = (): Pick<Labelled, 'subject' | 'text' | 'label'>[] =>
  languages.map((language) => `evaluation/replies/sentences/${language}.txt`).filter(existsSync)
    .flatMap((path) => {
      let label: Labelled['label'] = 'interested';
      return readFileSync(path, 'utf8').split('\n').flatMap((line) => {
        if (line.startsWith('# ')) label = z.enum(replyClasses).parse(line.slice(2).trim());
        if (line.startsWith('# ') || line.trim() === '') return [];
        const bar = line.indexOf(' | ');
        return bar < 0
          ? [{ subject: 'Re: x', text: line, label }]
          : [{ subject: line.slice(0, bar), text: line.slice(bar + 3), label }];
      });
    });
