import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { type Goal, type GoalMetric, goalMetrics, goalNames, setGoals } from '../../data/goals.ts';
import { ActionDialog } from '../../shared/ActionDialog.tsx';
import { Field, Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.tsx';

const most = 10_000_000;

/** An empty field is no goal. */
function goalOf(text: string): number | null | undefined {
  const bare = text.replaceAll(/[\s,.]/g, '');
  if (bare === '') return null;
  const goal = Number(bare);
  return /^\d+$/.test(bare) && goal >= 1 && goal <= most ? goal : undefined;
}

/** Sets what a client is to reach a month, from this month on. */
export function GoalsDialog({ clientId, goals, onClose }: {
  clientId: string;
  goals: readonly Goal[];
  onClose: () => void;
}) {
  const form = useId();
  const queryClient = useQueryClient();
  const [texts, setTexts] = useState<Record<GoalMetric, string>>(() => {
    const textOf = (metric: GoalMetric) => String(goals.find((row) => row.metric === metric)?.goal ?? '');
    return {
      contacted: textOf('contacted'),
      positive_replies: textOf('positive_replies'),
      meetings: textOf('meetings'),
    };
  });
  const wanted = {
    contacted: goalOf(texts.contacted),
    positive_replies: goalOf(texts.positive_replies),
    meetings: goalOf(texts.meetings),
  };
  const save = useMutation({
    mutationFn: () =>
      setGoals(clientId, {
        contacted: wanted.contacted ?? null,
        positive_replies: wanted.positive_replies ?? null,
        meetings: wanted.meetings ?? null,
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['goals'] });
      toast('Goals saved');
      onClose();
    },
  });
  return (
    <ActionDialog
      title='Goals a month'
      description='They hold from this month on; months before keep theirs. The client sees them.'
      action='Save goals'
      busy='Saving …'
      isReady={Object.values(wanted).every((goal) => goal !== undefined)}
      mutation={save}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {goalMetrics.map((metric) => (
        <Field
          key={metric}
          label={goalNames[metric]}
          htmlFor={`${form}-${metric}`}
          error={wanted[metric] === undefined
            ? 'Enter a whole number, or leave it empty for no goal.'
            : undefined}
        >
          <Input
            id={`${form}-${metric}`}
            inputMode='numeric'
            autoComplete='off'
            placeholder='No goal'
            value={texts[metric]}
            onChange={({ target }) => setTexts((before) => ({ ...before, [metric]: target.value }))}
          />
        </Field>
      ))}
    </ActionDialog>
  );
}
