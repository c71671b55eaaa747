import { useId } from 'react';
import {
  crmEvents,
  type CrmField,
  crmFields,
  loopFields,
  type StageStatus,
  stageStatuses,
} from '../../../../../supabase/functions/_shared/crm/choices.ts';
import type { CrmSettings, Offer } from '../../../data/crm.ts';
import { CheckField } from '../../../shared/ActionDialog.tsx';
import { Field } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { eventTexts, fieldNames, statusNames, suggestStages } from './crm-text.ts';

/** In place of a name. */
const none = '';

/** What is pushed where, and what comes back. */
export function SettingsFields({ offer, settings, onChange }: {
  offer: Offer;
  settings: CrmSettings;
  onChange: (settings: CrmSettings) => void;
}) {
  const change = (some: Partial<CrmSettings>) => onChange({ ...settings, ...some });
  return (
    <>
      <EventFields offer={offer} settings={settings} change={change} />
      <StageFields offer={offer} settings={settings} change={change} />
      <MappingFields offer={offer} settings={settings} change={change} />
    </>
  );
}

interface Part {
  offer: Offer;
  settings: CrmSettings;
  change: (some: Partial<CrmSettings>) => void;
}

function EventFields({ offer, settings, change }: Part) {
  const form = useId();
  const flags = offer.properties.filter(({ kind }) => kind === 'flag');
  return (
    <fieldset className='grid gap-2.5'>
      <legend className='mb-2 text-sm font-semibold'>What is pushed</legend>
      {crmEvents.map((event) => (
        <CheckField
          key={event}
          label={eventTexts[event].label}
          hint={eventTexts[event].hint}
          isChecked={settings.events.includes(event)}
          onChange={(isChecked) =>
            change({
              events: crmEvents.filter((one) => one === event ? isChecked : settings.events.includes(one)),
            })}
        />
      ))}
      {settings.events.includes('lead.unsubscribed') && (
        <div className='pl-5'>
          <Field
            label='Property that says yes'
            htmlFor={`${form}-flag`}
            hint={flags.length === 0
              ? 'Make a single checkbox for contacts in HubSpot first; HubSpot’s own opt-out cannot be written.'
              : 'A single checkbox of the contact. HubSpot’s own opt-out cannot be written.'}
          >
            <Select
              id={`${form}-flag`}
              className='w-full'
              value={settings.unsubscribed_property ?? none}
              onValueChange={(name) => change({ unsubscribed_property: name === none ? null : name })}
              choices={[
                { value: none, label: 'Choose a property' },
                ...flags.map(({ name, label }) => ({ value: name, label })),
              ]}
            />
          </Field>
        </div>
      )}
    </fieldset>
  );
}

function StageFields({ offer, settings, change }: Part) {
  const form = useId();
  const pipeline = offer.pipelines.find(({ id }) => id === settings.pipeline_id);
  const stages = pipeline?.stages ?? [];
  const stageChoices = stages.map(({ id, name }) => ({ value: id, label: name }));
  const setStatus = (stageId: string, status: StageStatus | typeof none) => {
    const { [stageId]: _, ...others } = settings.statuses;
    change({ statuses: status === none ? others : { ...others, [stageId]: status } });
  };
  return (
    <fieldset className='grid gap-4'>
      <legend className='mb-2 text-sm font-semibold'>Deals</legend>
      <div className='grid items-start gap-4 sm:grid-cols-3'>
        <Field label='Pipeline' htmlFor={`${form}-pipeline`}>
          <Select
            id={`${form}-pipeline`}
            className='w-full'
            value={settings.pipeline_id}
            onValueChange={(id) => {
              const chosen = offer.pipelines.find((one) => one.id === id);
              if (chosen) change(suggestStages(chosen));
            }}
            choices={offer.pipelines.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <Field label='Stage for a positive reply' htmlFor={`${form}-lead`}>
          <Select
            id={`${form}-lead`}
            className='w-full'
            value={settings.lead_stage_id}
            onValueChange={(id) => change({ lead_stage_id: id })}
            choices={stageChoices}
          />
        </Field>
        <Field label='Stage for a booked meeting' htmlFor={`${form}-meeting`}>
          <Select
            id={`${form}-meeting`}
            className='w-full'
            value={settings.meeting_stage_id ?? none}
            onValueChange={(id) => change({ meeting_stage_id: id === none ? null : id })}
            choices={[{ value: none, label: 'The deal stays' }, ...stageChoices]}
          />
        </Field>
      </div>
      <div className='grid gap-1.5'>
        <p id={`${form}-stages`} className='text-sm font-medium'>What a stage says about the meeting</p>
        <p className='text-xs text-ink-soft'>
          Read every five minutes. When somebody moves the deal there, the lead’s meeting follows, with the
          deal’s amount as its value.
        </p>
        <ul
          aria-labelledby={`${form}-stages`}
          className='mt-1 grid divide-y divide-line rounded-lg border border-line'
        >
          {stages.map((stage) => (
            <li
              key={stage.id}
              className='flex min-h-14 items-center justify-between gap-3 px-3'
            >
              <label htmlFor={`${form}-stage-${stage.id}`} className='text-sm wrap-anywhere'>
                {stage.name}
              </label>
              {stage.id === settings.lead_stage_id
                ? <span className='w-40 shrink-0 px-3 text-sm text-ink-soft'>New deals</span>
                : (
                  <Select
                    id={`${form}-stage-${stage.id}`}
                    className='w-40 shrink-0'
                    value={settings.statuses[stage.id] ?? none}
                    onValueChange={(status) => setStatus(stage.id, status)}
                    choices={[
                      { value: none, label: 'Nothing' },
                      ...stageStatuses.map((value) => ({ value, label: statusNames[value] })),
                    ]}
                  />
                )}
            </li>
          ))}
        </ul>
      </div>
    </fieldset>
  );
}

function MappingFields({ offer, settings, change }: Part) {
  const form = useId();
  const texts = offer.properties.filter(({ kind }) => kind === 'text');
  const choices = [
    { value: none, label: 'Not pushed' },
    ...texts.map(({ name, label }) => ({ value: name, label })),
  ];
  const set = (field: CrmField, property: string) => {
    const { [field]: _, ...others } = settings.mapping;
    change({ mapping: property === none ? others : { ...others, [field]: property } });
  };
  const list = (fields: readonly CrmField[]) => (
    <div className='grid gap-x-4 gap-y-3 sm:grid-cols-2'>
      {fields.map((field) => (
        <Field key={field} label={fieldNames[field]} htmlFor={`${form}-${field}`}>
          <Select
            id={`${form}-${field}`}
            className='w-full'
            value={settings.mapping[field] ?? none}
            onValueChange={(property) => set(field, property)}
            choices={choices}
          />
        </Field>
      ))}
    </div>
  );
  return (
    <fieldset className='grid gap-3'>
      <legend className='mb-1 text-sm font-semibold'>Fields of the contact</legend>
      <p className='text-xs text-ink-soft'>
        The email address is always pushed. These fill what the contact does not have yet; what sales typed
        stays.
      </p>
      {list(crmFields.filter((field) => !loopFields.has(field)))}
      <p className='mt-1 text-xs text-ink-soft'>
        These are written at every push, of the last reply its first 500 characters. HubSpot has no property
        for them: make a text property for each that you want to see there.
      </p>
      {list(crmFields.filter((field) => loopFields.has(field)))}
    </fieldset>
  );
}
