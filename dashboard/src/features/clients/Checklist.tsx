import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight, Check, X } from 'lucide-react';
import { checklistQuery, type ChecklistStep, hideChecklist } from '../../data/home.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { cn } from '../../ui/class-names.ts';

interface Step {
  title: string;
  text: string;
  to: '/settings' | '/campaigns' | '/imports' | '/operations/jobs' | '/operations/connections';
  search: { tab?: 'agency' | 'clients' };
  action: string;
}

const steps: Record<ChecklistStep, Step> = {
  agency: {
    title: 'Name your agency',
    text: 'Your name, logo and colour: what clients see when they sign in.',
    to: '/settings',
    search: { tab: 'agency' },
    action: 'Open settings',
  },
  connection: {
    title: 'Connect a workspace',
    text: 'An API key of Instantly or Smartlead. The webhook is registered for you.',
    to: '/settings',
    search: {},
    action: 'Add a connection',
  },
  client: {
    title: 'Create your first client',
    text: 'A customer of yours, with its own numbers and people.',
    to: '/settings',
    search: { tab: 'clients' },
    action: 'New client',
  },
  campaign: {
    title: 'Create a campaign',
    text: 'Emails from a template or your own, a schedule, the mailboxes that send.',
    to: '/campaigns',
    search: {},
    action: 'New campaign',
  },
  leads: {
    title: 'Bring in leads',
    text: 'A list of the people that the campaign writes to, as tidy or untidy as it is.',
    to: '/imports',
    search: {},
    action: 'Import leads',
  },
  export: {
    title: 'Export it',
    text: 'Verified leads go to the provider, each of them once.',
    to: '/campaigns',
    search: {},
    action: 'Open campaigns',
  },
  webhook: {
    title: 'Receive the first event',
    text: 'It arrives as soon as the provider sends the first email.',
    to: '/operations/connections',
    search: {},
    action: 'Check connections',
  },
};

/** The first steps of a new agency; gone when all are done, or when somebody hides it. */
export function Checklist() {
  const queryClient = useQueryClient();
  const { data } = useQuery(checklistQuery);
  const hide = useMutation({
    mutationFn: hideChecklist,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: checklistQuery.queryKey }),
  });
  if (!data || data.isHidden || data.steps.every(({ isDone }) => isDone)) return null;
  const done = data.steps.filter(({ isDone }) => isDone).length;
  const next = data.steps.find(({ isDone }) => !isDone)?.step;
  return (
    <Card aria-labelledby='checklist' className='mb-5 print:hidden'>
      <header className='flex items-start justify-between gap-4 px-5 pt-4 pb-2'>
        <div>
          <h2 id='checklist' className='text-base font-semibold tracking-tight'>Your first steps</h2>
          <p className='mt-0.5 text-sm text-ink-soft'>{done} of {data.steps.length} done</p>
        </div>
        <Button
          variant='ghost'
          size='icon'
          aria-label='Hide the first steps'
          title='Hide for everybody'
          disabled={hide.isPending}
          onClick={() => hide.mutate()}
        >
          <X aria-hidden />
        </Button>
      </header>
      <ol className='px-2 pb-3'>
        {data.steps.map(({ step, clientId, isDone }, index) => {
          const { title, text, to, search, action } = steps[step];
          const isNext = step === next;
          return (
            <li
              key={step}
              className={cn('flex items-center gap-3 rounded-lg px-3 py-2', isNext && 'bg-brand-wash/60')}
            >
              <span
                aria-hidden
                className={cn(
                  'grid size-6 shrink-0 place-items-center rounded-full text-xs font-semibold',
                  isDone
                    ? 'bg-good-wash text-good'
                    : isNext
                    ? 'bg-brand text-brand-ink'
                    : 'bg-raised text-ink-soft',
                )}
              >
                {isDone ? <Check className='size-3.5' /> : index + 1}
              </span>
              <span className='min-w-0 flex-1'>
                <span className={cn('block text-sm font-medium', isDone && 'text-ink-soft line-through')}>
                  {title}
                  {isDone && <span className='sr-only'>, done</span>}
                </span>
                {!isDone && <span className='block text-xs text-ink-soft'>{text}</span>}
              </span>
              {!isDone && (
                <Button asChild size='small' variant={isNext ? 'primary' : 'ghost'}>
                  <Link to={to} search={{ ...search, ...(clientId ? { client: clientId } : {}) }}>
                    {action} <ArrowRight aria-hidden />
                  </Link>
                </Button>
              )}
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
