/** What an address answered: status, time, and the first 2 kB of its body. */
export function Answer({ status, answer, milliseconds }: {
  status: number | null;
  answer: string | null;
  milliseconds: number | null;
}) {
  if (status === null) return <p className='text-sm text-ink-soft'>There was no answer.</p>;
  return (
    <div className='grid gap-1.5'>
      <p className='text-sm font-medium'>
        Answer: status {status}
        {milliseconds !== null && <span className='font-normal text-ink-soft'>, after {milliseconds} ms
        </span>}
      </p>
      {answer && (
        <pre
          aria-label='Answer'
          className='max-h-40 overflow-auto rounded-lg bg-raised px-3 py-2 text-xs whitespace-pre-wrap break-all'
          tabIndex={0}
        >{answer}</pre>
      )}
    </div>
  );
}
