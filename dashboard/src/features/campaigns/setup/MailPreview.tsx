import type { Mail, SampleLead } from '../../../data/campaign-setup.ts';
import { Select } from '../../../ui/select.tsx';
import { type Piece, render, valuesOf } from './copy.ts';

const looks: Record<Piece['kind'], string> = {
  text: '',
  value: 'rounded bg-good-wash px-0.5',
  fallback: 'rounded bg-brand-wash px-0.5',
  missing: 'rounded bg-bad-wash px-1 text-bad',
};

const Pieces = ({ pieces }: { pieces: Piece[] }) =>
  pieces.map((piece, index) => (
    <span key={index} className={looks[piece.kind]}>
      {piece.kind === 'missing' ? `no ${piece.text}` : piece.text}
    </span>
  ));

/** The email as one lead gets it; what was filled in is marked. */
export function MailPreview({ mail, footer, leads, leadId, onLead, subjectBefore }: {
  mail: Mail;
  footer: string | null;
  leads: readonly SampleLead[];
  leadId: string | undefined;
  onLead: (leadId: string) => void;
  /** Of the step before, whose thread an empty subject continues. */
  subjectBefore: string | undefined;
}) {
  const lead = leads.find(({ id }) => id === leadId) ?? leads[0];
  const values = lead ? valuesOf(lead) : new Map<string, string>();
  const subject = mail.subject.trim() === '' && subjectBefore !== undefined
    ? `Re: ${subjectBefore}`
    : mail.subject;
  return (
    <section aria-label='Preview' className='grid content-start gap-3 rounded-xl bg-raised p-4 text-sm'>
      <div className='flex flex-wrap items-center justify-between gap-2'>
        <h4 className='font-medium'>Preview</h4>
        {leads.length > 0
          ? (
            <Select
              aria-label='Lead of the preview'
              className='max-w-52'
              value={lead?.id ?? ''}
              onValueChange={onLead}
              choices={leads.map(({ id, name, email }) => ({ value: id, label: name ?? email ?? 'Lead' }))}
            />
          )
          : (
            <span className='text-xs text-ink-soft'>
              No lead to send to yet: bring in verified addresses to see their values.
            </span>
          )}
      </div>
      <p className='border-b border-line pb-2 font-medium wrap-anywhere'>
        <Pieces pieces={render(subject, values)} />
      </p>
      <p className='leading-relaxed whitespace-pre-wrap wrap-anywhere'>
        <Pieces pieces={render(mail.body, values)} />
        {footer && <span className='text-ink-soft'>{`\n\n${footer}`}</span>}
      </p>
    </section>
  );
}
