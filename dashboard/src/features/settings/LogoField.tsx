import { useMutation } from '@tanstack/react-query';
import { ImageUp } from 'lucide-react';
import { useId, useRef } from 'react';
import { maxLogo, saveLogo } from '../../data/agency-settings.ts';
import { Failure } from '../../data/failure.ts';
import { ActionFailure } from '../../shared/ActionFailure.tsx';
import { formatCount } from '../../shared/format.ts';
import { Button } from '../../ui/button.tsx';

/** A logo on both grounds, and how to replace it. It is saved as soon as it is chosen. */
export function LogoField({ logo, clientId, hint, onSaved }: {
  /** A data URL. */
  logo: string | null;
  /** Null = the agency's own. */
  clientId: string | null;
  hint: string;
  onSaved: () => Promise<unknown> | void;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const save = useMutation({
    mutationFn: async (file: File | null) => {
      if (file && file.size > maxLogo) {
        throw new Failure(
          'VALIDATION_FAILED',
          `This picture has ${formatCount(Math.ceil(file.size / 1024))} KB, a logo at most 256 KB`,
        );
      }
      await saveLogo(file, clientId);
      await onSaved();
    },
  });
  return (
    <div className='grid gap-1.5'>
      <label htmlFor={id} className='text-sm font-medium'>Logo</label>
      <div className='flex flex-wrap items-center gap-3'>
        {logo && ['#ffffff', '#1d252b'].map((ground) => (
          <span
            key={ground}
            className='grid h-16 w-32 place-items-center rounded-lg border border-line p-2'
            style={{ background: ground }}
          >
            <img src={logo} alt='' className='max-h-12 max-w-28 object-contain' />
          </span>
        ))}
        <span className='flex flex-wrap gap-2'>
          <Button disabled={save.isPending} onClick={() => input.current?.click()}>
            <ImageUp aria-hidden /> {save.isPending ? 'Saving …' : logo ? 'Replace' : 'Upload a logo'}
          </Button>
          {logo && (
            <Button variant='ghost' disabled={save.isPending} onClick={() => save.mutate(null)}>
              Remove logo
            </Button>
          )}
        </span>
        <input
          ref={input}
          id={id}
          type='file'
          accept='image/png,image/jpeg,image/webp,image/svg+xml'
          className='sr-only'
          tabIndex={-1}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) save.mutate(file);
            event.target.value = '';
          }}
        />
      </div>
      <p className='text-xs text-ink-soft'>PNG, JPEG, WebP or SVG, at most 256 KB. {hint}</p>
      {save.error && <ActionFailure error={save.error} />}
    </div>
  );
}
