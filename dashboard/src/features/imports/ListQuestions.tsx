import type { ReactNode } from 'react';
import { Field, Input } from '../../ui/input.tsx';

export interface ListAnswers {
  isVerified: boolean | undefined;
  existing: 'update' | 'skip';
  otherCampaigns: 'skip' | 'allow';
  consentSource: string;
  consentNote: string;
}

/** What the list itself does not say. */
export function ListQuestions({ answers, hasVerdicts, onChange }: {
  answers: ListAnswers;
  hasVerdicts: boolean;
  onChange: (answers: ListAnswers) => void;
}) {
  const change = (next: Partial<ListAnswers>) => onChange({ ...answers, ...next });
  return (
    <div className='grid gap-6 md:grid-cols-2'>
      {hasVerdicts
        ? (
          <p className='text-sm text-ink-soft md:col-span-2'>
            The verifier’s column decides which addresses can be emailed.
          </p>
        )
        : (
          <Choice
            legend='Are the addresses of this list verified?'
            name='verified'
            value={answers.isVerified === undefined ? '' : String(answers.isVerified)}
            onChange={(value) => change({ isVerified: value === 'true' })}
            options={[
              [
                'true',
                'Yes, a verifier called all of them deliverable',
                'Your name is recorded with this answer.',
              ],
              ['false', 'No', 'They are kept, and not emailed until they are verified.'],
            ]}
          />
        )}
      <Choice
        legend='Leads that this campaign already has'
        name='existing'
        value={answers.existing}
        onChange={(value) => change({ existing: value })}
        options={[
          ['update', 'Update them', 'Filled cells replace; empty ones erase nothing.'],
          ['skip', 'Leave them as they are'],
        ]}
      />
      <Choice
        legend='Leads of another campaign of this client'
        name='other'
        value={answers.otherCampaigns}
        onChange={(value) => change({ otherCampaigns: value })}
        options={[['skip', 'Leave them out'], ['allow', 'Import them here too']]}
      />
      <div className='grid gap-3 content-start'>
        <Field label='Why can these people be emailed? (optional)' htmlFor='consent-source'>
          <Input
            id='consent-source'
            maxLength={500}
            placeholder='Legitimate interest, trade fair, existing customers …'
            value={answers.consentSource}
            onChange={(event) => change({ consentSource: event.target.value })}
          />
        </Field>
        <Field label='Note (optional)' htmlFor='consent-note'>
          <Input
            id='consent-note'
            maxLength={2_000}
            value={answers.consentNote}
            onChange={(event) => change({ consentNote: event.target.value })}
          />
        </Field>
      </div>
    </div>
  );
}

function Choice<Value extends string>({ legend, name, value, onChange, options }: {
  legend: string;
  name: string;
  value: Value | '';
  onChange: (value: Value) => void;
  options: readonly (readonly [value: Value, label: ReactNode, hint?: string])[];
}) {
  return (
    <fieldset className='grid content-start gap-2'>
      <legend className='mb-2 text-sm font-medium'>{legend}</legend>
      {options.map(([option, label, hint]) => (
        <label key={option} className='flex items-start gap-2.5 text-sm'>
          <input
            type='radio'
            name={name}
            className='mt-0.5 size-4 accent-brand'
            checked={value === option}
            onChange={() =>
              onChange(option)}
          />
          <span>
            {label}
            {hint && <span className='block text-xs text-ink-soft'>{hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
