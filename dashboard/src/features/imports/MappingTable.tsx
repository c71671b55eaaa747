import type { GuessedColumn } from '../../../../supabase/functions/_shared/import/guess-mapping.ts';
import {
  type ColumnMapping,
  type Target,
  targets,
} from '../../../../supabase/functions/_shared/import/targets.ts';
import { Badge } from '../../ui/badge.tsx';
import { Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';

const labels: Record<Target, string> = {
  email: 'Email address',
  first_name: 'First name',
  last_name: 'Last name',
  full_name: 'Full name',
  job_title: 'Job title',
  name: 'Company',
  website: 'Website',
  phone: 'Phone',
  email_deliverability: 'Verification of the address',
  linkedin_url: 'LinkedIn profile',
  category: 'Industry or category',
  icebreaker: 'Icebreaker',
  subject_line: 'Subject line',
  address: 'Address',
  city: 'City',
  state: 'State or region',
  zip: 'Postal code',
  rating: 'Rating (0 to 5)',
  facebook_url: 'Facebook page',
  email_source: 'Source of the address',
  variable: 'Keep as variable',
  skip: 'Leave out',
};

const choices = targets.map((value) => ({ value, label: labels[value] }));

const because: Record<GuessedColumn['because'], string | undefined> = {
  remembered: 'as last time',
  heading: undefined,
  values: 'by its values',
  nothing: undefined,
};

/** Every column with a few of its cells, and what becomes of it. */
export function MappingTable({ columns, named, onChange }: {
  columns: readonly GuessedColumn[];
  named: readonly ColumnMapping[];
  onChange: (columns: GuessedColumn[]) => void;
}) {
  const change = (index: number, next: Partial<GuessedColumn>) =>
    onChange(columns.map((column, at) => at === index ? { ...column, ...next } : column));
  return (
    <ul aria-label='Columns' className='divide-y divide-line rounded-lg border border-line'>
      {columns.map((column, index) => {
        const title = column.header || `Column ${index + 1}`;
        const variable = named[index]?.variable;
        return (
          <li
            key={index}
            className='grid gap-x-4 gap-y-2 px-4 py-3 md:grid-cols-[1fr_1.2fr_1.4fr] md:items-center'
          >
            <div className='min-w-0'>
              <p className='text-sm font-medium break-words'>{title}</p>
              {because[column.because] && <Badge tone='neutral'>{because[column.because]}</Badge>}
            </div>
            <p className='min-w-0 truncate text-sm text-ink-soft' dir='auto'>
              {column.samples.length > 0 ? column.samples.join(' · ').slice(0, 200) : 'Empty'}
            </p>
            <div className='grid gap-1.5'>
              <Select
                aria-label={`What “${title}” is`}
                value={column.target}
                onValueChange={(target) => change(index, { target, variable: undefined, because: 'heading' })}
                choices={choices}
                className='w-full'
              />
              {variable !== undefined && (
                <div className='flex items-center gap-2 text-xs text-ink-soft'>
                  <span aria-hidden>{'{{'}</span>
                  <Input
                    aria-label={`Name of the variable “${title}”`}
                    className='h-8 text-xs'
                    value={column.variable ?? ''}
                    placeholder={variable}
                    onChange={(event) => change(index, { variable: event.target.value })}
                  />
                  <span aria-hidden>{'}}'}</span>
                </div>
              )}
              {variable?.startsWith('custom_') && !column.header.toLowerCase().startsWith('custom') && (
                <p className='text-xs text-warm-ink'>
                  Renamed to {variable}: the provider or we use the other name.
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
