import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Mail, SampleLead, Sequence } from '../../../data/campaign-setup.ts';
import { plural } from '../../../shared/format.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { cn } from '../../../ui/class-names.ts';
import { Input } from '../../../ui/input.tsx';
import { completeLeads, mailsOf } from './copy.ts';
import { MailFields } from './MailFields.tsx';
import { MailPreview } from './MailPreview.tsx';

const letterOf = (index: number) => String.fromCharCode(65 + index);

/** Steps with their waiting days, and up to five variants of each email. */
export function SequenceEditor({ sequence, onChange, footer, leads, customVariables, isLocked = false }: {
  sequence: Sequence;
  onChange: (sequence: Sequence) => void;
  footer: string | null;
  leads: readonly SampleLead[];
  customVariables: readonly string[];
  isLocked?: boolean;
}) {
  const [leadId, setLeadId] = useState<string>();
  const change = (index: number, step: Sequence[number]) => onChange(sequence.with(index, step));
  const move = (index: number, by: -1 | 1) => {
    const next = [...sequence];
    const [step] = next.splice(index, 1);
    if (step) next.splice(index + by, 0, step);
    onChange(next);
  };
  const offered = completeLeads(sequence, leads);
  let day = 1;
  return (
    <ol className='grid gap-4'>
      {sequence.map((step, index) => {
        if (index > 0) day += step.delay_days;
        return (
          <li key={index}>
            <StepCard
              step={step}
              index={index}
              day={day}
              count={sequence.length}
              subjectBefore={sequence.slice(0, index).map((one) => one.subject).findLast((subject) =>
                subject.trim() !== ''
              )}
              isLocked={isLocked}
              onChange={(next) => change(index, next)}
              onMove={(by) => move(index, by)}
              onRemove={() => onChange(sequence.toSpliced(index, 1))}
              leads={offered}
              {...{ footer, leadId, customVariables }}
              onLead={setLeadId}
            />
          </li>
        );
      })}
      {!isLocked && sequence.length < 20 && (
        <li>
          <Button onClick={() => onChange([...sequence, { delay_days: 3, subject: '', body: '' }])}>
            <Plus aria-hidden /> Add a follow-up
          </Button>
        </li>
      )}
    </ol>
  );
}

function StepCard({ step, index, day, count, isLocked, onChange, onMove, onRemove, ...shown }: {
  step: Sequence[number];
  index: number;
  /** On which day of a lead's sequence it goes out, at the earliest. */
  day: number;
  count: number;
  subjectBefore: string | undefined;
  isLocked: boolean;
  onChange: (step: Sequence[number]) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  footer: string | null;
  leads: readonly SampleLead[];
  leadId: string | undefined;
  onLead: (leadId: string) => void;
  customVariables: readonly string[];
}) {
  const [letter, setLetter] = useState(0);
  const variants = mailsOf(step);
  const place = Math.min(letter, variants.length - 1);
  const mail = variants[place]!;
  const write = (next: Mail) => {
    if (place === 0) onChange({ ...step, subject: next.subject, body: next.body });
    else {onChange({
        ...step,
        variants: (step.variants ?? []).with(place - 1, { subject: next.subject, body: next.body }),
      });}
  };
  const addVariant = () => {
    onChange({ ...step, variants: [...step.variants ?? [], { subject: mail.subject, body: mail.body }] });
    setLetter(variants.length);
  };
  const removeVariant = () => {
    const [first, ...rest] = variants.toSpliced(place, 1);
    onChange({
      delay_days: step.delay_days,
      subject: first!.subject,
      body: first!.body,
      ...(rest.length > 0 ? { variants: rest } : {}),
    });
    setLetter(0);
  };
  return (
    <Card className='p-4 sm:p-5' aria-label={`Step ${index + 1}`}>
      <div className='mb-4 flex flex-wrap items-center gap-x-3 gap-y-2'>
        <h3 className='font-semibold'>Step {index + 1}</h3>
        <Badge>{`Day ${day}`}</Badge>
        {index > 0 && (
          <label className='flex items-center gap-2 text-sm text-ink-soft'>
            Wait
            <Input
              type='number'
              min={1}
              max={90}
              className='w-18'
              aria-label={`Days before step ${index + 1}`}
              value={step.delay_days}
              disabled={isLocked}
              onChange={(event) =>
                onChange({
                  ...step,
                  delay_days: Math.min(90, Math.max(0, Math.trunc(Number(event.target.value)))),
                })}
            />
            {step.delay_days === 1 ? 'day' : 'days'}
          </label>
        )}
        {!isLocked && (
          <span className='ml-auto flex gap-1'>
            <Button
              variant='ghost'
              size='icon'
              aria-label={`Move step ${index + 1} up`}
              disabled={index === 0}
              onClick={() => onMove(-1)}
            >
              <ArrowUp aria-hidden />
            </Button>
            <Button
              variant='ghost'
              size='icon'
              aria-label={`Move step ${index + 1} down`}
              disabled={index === count - 1}
              onClick={() => onMove(1)}
            >
              <ArrowDown aria-hidden />
            </Button>
            <Button
              variant='ghost'
              size='icon'
              aria-label={`Remove step ${index + 1}`}
              disabled={count === 1}
              onClick={onRemove}
            >
              <Trash2 aria-hidden />
            </Button>
          </span>
        )}
      </div>
      <div
        className='mb-3 flex flex-wrap items-center gap-1.5'
        role='group'
        aria-label={`Variants of step ${index + 1}`}
      >
        {variants.length > 1 && variants.map((_, at) => (
          <Button
            key={at}
            size='small'
            aria-pressed={at === place}
            className={cn(at === place && 'border-brand text-brand')}
            onClick={() => setLetter(at)}
          >
            Variant {letterOf(at)}
          </Button>
        ))}
        {!isLocked && variants.length < 5 && (
          <Button size='small' variant='ghost' onClick={addVariant}>
            <Plus aria-hidden /> {variants.length === 1 ? 'Test a second variant' : 'Variant'}
          </Button>
        )}
        {!isLocked && variants.length > 1 && (
          <Button size='small' variant='ghost' onClick={removeVariant}>
            Remove variant {letterOf(place)}
          </Button>
        )}
        {variants.length > 1 && (
          <span className='text-xs text-ink-soft'>
            {plural(variants.length, 'variant')} take turns.
          </span>
        )}
      </div>
      <div className='grid gap-5 lg:grid-cols-2'>
        <MailFields
          mail={mail}
          onChange={write}
          isFirst={index === 0}
          isLocked={isLocked}
          customVariables={shown.customVariables}
        />
        <MailPreview mail={mail} {...shown} />
      </div>
    </Card>
  );
}
