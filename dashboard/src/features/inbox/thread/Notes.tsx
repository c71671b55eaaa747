import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Lock, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useSession } from '../../../data/session.ts';
import { addNote, notesQuery, removeNote, type ThreadNote } from '../../../data/threads.ts';
import { ActionFailure } from '../../../shared/ActionFailure.tsx';
import { Moment } from '../../../shared/moments.tsx';
import { Button } from '../../../ui/button.tsx';
import { Input } from '../../../ui/input.tsx';

/** What colleagues noted about a conversation. The client never sees it. */
export function Notes({ leadId }: { leadId: string }) {
  const client = useQueryClient();
  const session = useSession();
  const notes = useQuery(notesQuery(leadId));
  const [text, setText] = useState('');
  const read = () => client.invalidateQueries({ queryKey: ['threads'] });
  const add = useMutation({
    mutationFn: () => addNote(leadId, text.trim()),
    onSuccess: () => {
      setText('');
      return read();
    },
  });
  const remove = useMutation({
    mutationFn: (note: ThreadNote) => removeNote(leadId, note.id),
    onSettled: read,
  });
  const failure = add.error ?? remove.error ?? notes.error;
  return (
    <section aria-label='Internal notes' className='grid gap-2 px-5 pb-5'>
      {(notes.data ?? []).map((note) => (
        <div key={note.id} className='rounded-lg bg-warm-wash px-3 py-2 text-sm'>
          <p className='flex items-center gap-2 text-xs text-ink-soft'>
            <span className='min-w-0 truncate font-medium'>{note.author_name ?? 'A script'}</span>
            <Moment at={note.created_at} className='shrink-0' />
            {note.author_id === session?.userId && (
              <button
                type='button'
                aria-label='Remove this note'
                className='ml-auto rounded p-1 hover:text-ink [&_svg]:size-3.5'
                disabled={remove.isPending}
                onClick={() => remove.mutate(note)}
              >
                <Trash2 aria-hidden />
              </button>
            )}
          </p>
          <p className='whitespace-pre-line wrap-anywhere'>{note.body}</p>
        </div>
      ))}
      <form
        className='flex gap-2'
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '' && !add.isPending) add.mutate();
        }}
      >
        <span className='relative flex-1'>
          <Lock
            aria-hidden
            className='pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-ink-soft'
          />
          <Input
            aria-label='Internal note'
            placeholder='Note for colleagues; the client never sees it'
            maxLength={4_000}
            className='h-8 pl-8'
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </span>
        {text.trim() !== '' && <Button size='small' type='submit' disabled={add.isPending}>Add note</Button>}
      </form>
      {failure && <ActionFailure error={failure} />}
    </section>
  );
}
