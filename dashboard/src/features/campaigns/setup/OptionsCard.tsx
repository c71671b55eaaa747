import { useId } from 'react';
import { unsupportedSettings } from '../../../../../supabase/functions/_shared/providers/campaign-settings.ts';
import type { CampaignSettings } from '../../../data/campaign-setup.ts';
import { CheckField } from '../../../shared/ActionDialog.tsx';
import { Card, CardBody, CardHeader } from '../../../ui/card.tsx';
import { cn } from '../../../ui/class-names.ts';
import { Field, fieldLooks, Input } from '../../../ui/input.tsx';

/** Replies, tracking, unsubscribing and the footer, and what the provider does not support of all settings. */
export function OptionsCard({ settings, onChange, provider, isLocked }: {
  settings: CampaignSettings;
  onChange: (change: Partial<CampaignSettings>) => void;
  provider: 'instantly' | 'smartlead' | null;
  isLocked: boolean;
}) {
  const id = useId();
  const limits = provider === null ? [] : unsupportedSettings(provider, settings);
  const switchFor = (
    name:
      | 'stop_on_reply'
      | 'stop_for_company'
      | 'track_opens'
      | 'track_clicks'
      | 'plain_text'
      | 'unsubscribe_header',
    label: string,
    hint: string,
  ) => (
    <CheckField
      label={label}
      hint={hint}
      isChecked={settings[name]}
      onChange={(isOn) => {
        if (!isLocked) onChange({ [name]: isOn });
      }}
    />
  );
  return (
    <Card>
      <CardHeader title='Replies, tracking and footer' />
      <CardBody className='grid gap-5'>
        {limits.length > 0 && (
          <ul className='grid gap-1.5'>
            {limits.map(({ setting, message }) => (
              <li key={setting} className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>
                {message}
              </li>
            ))}
          </ul>
        )}
        <fieldset disabled={isLocked} className='grid gap-4 sm:grid-cols-2'>
          {switchFor('stop_on_reply', 'Stop when the lead replies', 'No follow-up after an answer.')}
          {switchFor(
            'stop_for_company',
            'Stop for the whole company',
            'A reply also stops emails to everyone with the same domain.',
          )}
          {switchFor(
            'track_opens',
            'Count opens',
            'Adds a picture; many filters dislike it. Off: opens are 0.',
          )}
          {switchFor('track_clicks', 'Count clicks', 'Rewrites the links.')}
          {switchFor('plain_text', 'Plain text only', 'No HTML, no pictures: the best chance of the inbox.')}
          {switchFor(
            'unsubscribe_header',
            'One-click unsubscribe',
            provider === 'smartlead'
              ? 'A link under every email.'
              : 'The button that mail programs show next to the sender.',
          )}
        </fieldset>
        {provider === 'smartlead' && settings.unsubscribe_header && (
          <div className='max-w-md'>
            <Field label='Text of the unsubscribe link' htmlFor={`${id}-unsubscribe`}>
              <Input
                id={`${id}-unsubscribe`}
                disabled={isLocked}
                maxLength={200}
                placeholder='Unsubscribe'
                value={settings.unsubscribe_text ?? ''}
                onChange={(event) => onChange({ unsubscribe_text: event.target.value || null })}
              />
            </Field>
          </div>
        )}
        <Field
          label='Footer under every email'
          htmlFor={`${id}-footer`}
          hint='Who writes, and a postal address: the law of many countries requires it.'
        >
          <textarea
            id={`${id}-footer`}
            rows={3}
            maxLength={1_000}
            disabled={isLocked}
            placeholder={'Lakeside BV, Stationsplein 1, 3511 ED Utrecht'}
            className={cn(fieldLooks, 'h-auto w-full resize-y py-2')}
            value={settings.footer ?? ''}
            onChange={(event) => onChange({ footer: event.target.value || null })}
          />
        </Field>
      </CardBody>
    </Card>
  );
}
