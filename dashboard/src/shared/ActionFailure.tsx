import { describeFailure, Failure } from '../data/failure.ts';

/** Why something was not done; the server's own sentence where it has one. */
export function ActionFailure({ error }: { error: unknown }) {
  const { title, advice, code } = describeFailure(error);
  const own = error instanceof Failure && error.code === 'NOT_FOUND' ? error.message : undefined;
  return (
    <p role='alert' className='rounded-lg bg-bad-wash px-3 py-2 text-sm text-bad'>
      {own ?? `${title}. ${advice}`} <span className='text-xs'>({code})</span>
    </p>
  );
}
