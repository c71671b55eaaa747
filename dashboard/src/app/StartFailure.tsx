import { ConfigFailure } from '../data/config.ts';
import { StateCard } from '../shared/StateCard.tsx';
import { Button } from '../ui/button.tsx';

/** The page could not even start: no settings, or no server. */
export function StartFailure({ error }: { error: unknown }) {
  return (
    <main className='grid min-h-dvh place-items-center'>
      <StateCard
        kind='error'
        title='The dashboard could not start'
        advice={error instanceof ConfigFailure
          ? error.message
          : 'The server cannot be reached. Check your connection and try again.'}
        action={<Button onClick={() => location.reload()}>Try again</Button>}
      />
    </main>
  );
}
