// Texts are prepared in the background, as the scheduler has it done every minute.
import type { Project } from './project.ts';

/** Until all that came is prepared: shown, read by the rules and found by search. */
export const prepareMessages = (project: Pick<Project, 'sql' | 'invoke' | 'eventually'>): Promise<void> =>
  project.eventually(async () => {
    // A call that was ended keeps what it took for two minutes: after five seconds another takes it.
    await project.sql(
      `update private.message_contents set prepare_at = now()
       where prepare_at between now() and now() + interval '115 seconds'`,
    );
    await project.invoke('sync-client', { prepare_messages: true });
    return (await project.sql('select from private.message_contents where prepare_at is not null')).length ===
      0;
  }, 'the texts of messages are prepared');
