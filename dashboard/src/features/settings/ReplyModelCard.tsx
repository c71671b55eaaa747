import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import {
  type ModelTest,
  type ReplyModel,
  replyModelQuery,
  saveReplyModel,
  testReplyModel,
} from '../../data/reply-model.ts';
import { ActionFailure } from '../../shared/ActionFailure.tsx';
import { CheckField } from '../../shared/ActionDialog.tsx';
import { Ago } from '../../shared/Ago.tsx';
import { formatCount } from '../../shared/format.ts';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { Field, Input } from '../../ui/input.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import { SecretField } from './connections/SecretField.tsx';

/** Optional: a language model that reads the replies of which the rules are not sure, and drafts answers. */
export function ReplyModelCard() {
  const model = useQuery(replyModelQuery);
  return (
    <Card aria-labelledby='reply-model' className='max-w-3xl'>
      <CardHeader
        id='reply-model'
        title='Language model'
        hint='Optional. It reads replies that our own rules find unclear and drafts answers for you to send.'
      />
      <CardBody className='grid gap-5'>
        {model.error && model.data === undefined
          ? <FailureCard error={model.error} onRetry={() => void model.refetch()} />
          : model.data === undefined
          ? <Skeleton className='h-64' />
          : <ModelForm key={model.data?.base_url ?? 'new'} saved={model.data} />}
      </CardBody>
    </Card>
  );
}

function ModelForm({ saved }: { saved: ReplyModel | null }) {
  const form = useId();
  const queries = useQueryClient();
  const [address, setAddress] = useState(saved?.base_url ?? 'https://api.openai.com/v1');
  const [name, setName] = useState(saved?.model ?? '');
  const [requests, setRequests] = useState(String(saved?.daily_requests ?? 200));
  const [key, setKey] = useState('');
  const [isOn, setOn] = useState(saved?.is_on ?? true);
  const isMoved = saved !== null && saved.has_key && address.trim().replace(/\/+$/, '') !== saved.base_url;
  const count = Number(requests);
  const isCount = /^\d+$/.test(requests.trim()) && count >= 1 && count <= 100_000;
  const isReady = address.trim() !== '' && name.trim() !== '' && isCount;
  const save = useMutation({
    mutationFn: () =>
      saveReplyModel({
        base_url: address.trim(),
        model: name.trim(),
        daily_requests: count,
        is_on: isOn,
        ...(key.trim() === '' ? {} : { api_key: key.trim() }),
      }),
    onSuccess: (model) => {
      setKey('');
      queries.setQueryData(replyModelQuery.queryKey, model);
      toast(isOn ? 'Saved. Unclear replies are read within a minute.' : 'Saved. The model gets nothing.');
    },
  });
  const test = useMutation({
    mutationFn: testReplyModel,
    onSettled: () => void queries.invalidateQueries({ queryKey: replyModelQuery.queryKey }),
  });
  return (
    <form
      className='grid gap-5'
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !save.isPending) save.mutate();
      }}
    >
      <p className='text-sm text-ink-soft'>
        It gets the words of a reply and its subject. Addresses, phone numbers and links are removed first,
        the quoted mail too; names in sentences stay. What it answers is shown as its opinion, and you can
        correct it.
      </p>
      <CheckField
        label='Ask the language model'
        hint='When it is off, only our own rules read replies, and nothing leaves.'
        isChecked={isOn}
        onChange={setOn}
      />
      <div className='grid items-start gap-4 sm:grid-cols-2'>
        <Field
          label='Address'
          htmlFor={`${form}-address`}
          hint='Of any server that speaks the OpenAI format, with /v1.'
        >
          <Input
            id={`${form}-address`}
            value={address}
            spellCheck={false}
            onChange={(event) => setAddress(event.target.value)}
          />
        </Field>
        <Field label='Model' htmlFor={`${form}-model`} hint='Its name there. A small one is enough.'>
          <Input
            id={`${form}-model`}
            value={name}
            spellCheck={false}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
      </div>
      <SecretField label='API key' what='key' value={key} onChange={setKey} hasError={false}>
        <p>
          {isMoved
            ? 'Enter the key for the new address; the saved one stays with the old address.'
            : saved?.has_key
            ? 'A key is saved. Leave this empty to keep it.'
            : 'It is encrypted before it is stored and cannot be read again. Leave it empty for a server that needs none.'}
        </p>
      </SecretField>
      <Field
        label='Requests a day'
        htmlFor={`${form}-requests`}
        hint='Your budget: after that, replies stay as the rules read them until tomorrow (UTC).'
        error={isCount ? undefined : 'Enter a number from 1 to 100,000.'}
      >
        <Input
          id={`${form}-requests`}
          className='max-w-32'
          inputMode='numeric'
          value={requests}
          aria-invalid={!isCount}
          onChange={(event) => setRequests(event.target.value)}
        />
      </Field>
      {saved && <Usage model={saved} />}
      {save.error ? <ActionFailure error={save.error} /> : null}
      {test.error ? <ActionFailure error={test.error} /> : null}
      {test.data && !test.isPending && <Result result={test.data} />}
      <div className='flex flex-wrap gap-2'>
        <Button type='submit' variant='primary' disabled={!isReady || save.isPending}>
          {save.isPending ? 'Saving …' : 'Save'}
        </Button>
        {saved && (
          <Button disabled={test.isPending} onClick={() => test.mutate()}>
            {test.isPending ? 'Testing …' : 'Test with an invented reply'}
          </Button>
        )}
      </div>
    </form>
  );
}

function Usage({ model }: { model: ReplyModel }) {
  return (
    <div className='grid gap-1 text-sm text-ink-soft'>
      <p>
        Today: {formatCount(model.requests_today)} of {formatCount(model.daily_requests)} requests,{' '}
        {formatCount(model.tokens_today)} tokens
        {model.failures_today > 0 && `, ${formatCount(model.failures_today)} failed`}
        {model.waiting > 0 && `; ${formatCount(model.waiting)} replies wait`}.
      </p>
      {model.last_error && (
        <p className='flex items-start gap-1.5 text-bad'>
          <TriangleAlert className='mt-0.5 size-4 shrink-0' aria-hidden />
          <span>
            {model.last_error}
            {model.last_error_at && (
              <>
                , <Ago at={model.last_error_at} />
              </>
            )}. It is asked again in five minutes; until then the rules decide.
          </span>
        </p>
      )}
    </div>
  );
}

function Result({ result }: { result: ModelTest }) {
  return result.works
    ? (
      <p role='status' className='flex items-start gap-1.5 text-sm'>
        <CircleCheck className='mt-0.5 size-4 shrink-0 text-good' aria-hidden />
        <span>
          It read “{result.reply}” as <b>{result.reply_class?.replaceAll('_', ' ')}</b>
          {result.reply_date && <>, until {result.reply_date}</>}, in {(result.duration_ms / 1000).toFixed(1)}
          {' '}
          s with {formatCount(result.tokens)} tokens.
        </span>
      </p>
    )
    : (
      <p role='status' className='flex items-start gap-1.5 text-sm text-bad'>
        <TriangleAlert className='mt-0.5 size-4 shrink-0' aria-hidden />
        <span>{result.error}.</span>
      </p>
    );
}
