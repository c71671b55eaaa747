// pg_cron and pg_net as a process of their own, so that it can be killed.
import process from 'node:process';
import { startScheduler } from '../../local/platform/scheduler/scheduler.ts';

await startScheduler({ adminUrl: process.env['ADMIN_URL'] ?? '', log: (line) => console.log(line) });
console.log('The scheduler is up');
