import { useMutation } from '@tanstack/react-query';
import { CircleCheck, Info } from 'lucide-react';
import { useId, useState } from 'react';
import { changeAgency } from '../../data/agency-settings.ts';
import { useAgency } from '../../data/agency.ts';
import { ActionFailure } from '../../shared/ActionFailure.tsx';
import { CheckField } from '../../shared/ActionDialog.tsx';
import { productName } from '../../shared/agency-look.ts';
import { accentIn, type AccentTheme } from '../../ui/accent.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { Field, fieldLooks, Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.tsx';
import { LogoField } from './LogoField.tsx';

const suggestion = '#0f5f5c';
const isColour = (text: string) => /^#[0-9a-f]{6}$/i.test(text);

/** How the agency presents itself to its clients: on the sign-in page, around every page, and on paper. */
export function AgencyTab() {
  const agency = useAgency();
  const form = useId();
  const [name, setName] = useState(agency.name ?? '');
  const [support, setSupport] = useState(agency.support_address ?? '');
  const [colour, setColour] = useState(agency.accent_colour ?? '');
  const [isNamed, setNamed] = useState(agency.show_product_name);
  const isValid = colour === '' || isColour(colour);
  const hasAddress = support.trim() === '' || /^\S+@\S+\.\S+$/.test(support.trim());
  const save = useMutation({
    mutationFn: () =>
      changeAgency({
        name: name.trim(),
        support_address: support.trim() || null,
        accent_colour: colour.toLowerCase() || null,
        show_product_name: isNamed,
      }),
    onSuccess: () => toast('Saved. Clients see it on their next visit.'),
  });
  const isReady = name.trim() !== '' && isValid && hasAddress;
  return (
    <Card className='max-w-3xl'>
      <CardHeader
        title='Your agency'
        hint='What clients see on the sign-in page, around every page and on paper.'
      />
      <CardBody className='grid gap-6'>
        <LogoField
          logo={agency.logo}
          clientId={null}
          hint='Without one, the first letter of the name is shown.'
          onSaved={() => {
            toast('Logo saved');
          }}
        />
        <form
          className='grid gap-5'
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady && !save.isPending) save.mutate();
          }}
        >
          <div className='grid items-start gap-4 sm:grid-cols-2'>
            <Field label='Name' htmlFor={`${form}-name`}>
              <Input
                id={`${form}-name`}
                value={name}
                maxLength={80}
                autoComplete='organization'
                onChange={(event) => setName(event.target.value)}
              />
            </Field>
            <Field
              label='Support address'
              htmlFor={`${form}-support`}
              hint='Clients who need help write to it. Shown on the sign-in page.'
              error={hasAddress ? undefined : 'Enter an email address such as hello@agency.com.'}
            >
              <Input
                id={`${form}-support`}
                type='email'
                value={support}
                aria-invalid={!hasAddress}
                onChange={(event) => setSupport(event.target.value)}
              />
            </Field>
          </div>
          <Field
            label='Accent colour'
            htmlFor={`${form}-colour`}
            hint='Buttons, links and charts. Leave empty for the usual teal.'
            error={isValid ? undefined : 'Enter # and six digits, such as #0f766e.'}
          >
            <span className='flex items-center gap-2'>
              <input
                type='color'
                aria-label='Choose the accent colour'
                value={isColour(colour) ? colour : suggestion}
                className={`${fieldLooks} w-12 p-1`}
                onChange={(event) => setColour(event.target.value)}
              />
              <Input
                id={`${form}-colour`}
                className='max-w-32'
                placeholder={suggestion}
                value={colour}
                maxLength={7}
                spellCheck={false}
                aria-invalid={!isValid}
                onChange={(event) => setColour(event.target.value.trim())}
              />
            </span>
          </Field>
          {isColour(colour) && (
            <div className='grid gap-3 sm:grid-cols-2'>
              <AccentPreview theme='light' colour={colour} />
              <AccentPreview theme='dark' colour={colour} />
            </div>
          )}
          <CheckField
            label={`Show “Powered by ${productName}”`}
            hint={`Otherwise clients never read the name ${productName}.`}
            isChecked={isNamed}
            onChange={setNamed}
          />
          {save.error && <ActionFailure error={save.error} />}
          <span>
            <Button variant='primary' type='submit' disabled={!isReady || save.isPending}>
              {save.isPending ? 'Saving …' : 'Save agency'}
            </Button>
          </span>
        </form>
      </CardBody>
    </Card>
  );
}

const grounds = { light: ['#fdfdfb', '#3a4247'], dark: ['#1d252b', '#e9eae4'] } as const;

/** The colour where it will be, and whether it could be kept as it is. */
function AccentPreview({ theme, colour }: { theme: AccentTheme; colour: string }) {
  const { colour: shade, ink, wash, isAsChosen } = accentIn(theme, colour);
  const [ground, text] = grounds[theme];
  const Icon = isAsChosen ? CircleCheck : Info;
  return (
    <figure
      className='m-0 grid gap-3 rounded-lg border border-line p-4 text-sm'
      style={{ background: ground, color: text }}
    >
      <div className='flex flex-wrap items-center gap-2' aria-hidden>
        <span className='rounded-lg px-3 py-1.5 font-medium' style={{ background: shade, color: ink }}>
          Button
        </span>
        <span className='rounded-lg px-3 py-1.5 font-medium' style={{ background: wash, color: shade }}>
          Chosen
        </span>
        <span className='font-medium underline' style={{ color: shade }}>Link</span>
      </div>
      <figcaption className='flex items-start gap-1.5 text-xs'>
        <Icon aria-hidden className='mt-px size-3.5 shrink-0' />
        {isAsChosen
          ? `Readable as it is in the ${theme} theme.`
          : `Too ${
            theme === 'light' ? 'light' : 'dark'
          } to read in the ${theme} theme: ${shade} is used there.`}
      </figcaption>
    </figure>
  );
}
