import { useSyncExternalStore } from 'react';

const query = '(min-width: 64rem)';

function watch(listener: () => void): () => void {
  const media = matchMedia(query);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** Whether list and message stand side by side; the same width as Tailwind's `lg`. */
export function useIsWide(): boolean {
  return useSyncExternalStore(watch, () => matchMedia(query).matches);
}
