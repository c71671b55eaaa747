// How the demo looks at the terminal.
import type { Database } from '../../supabase/functions/_shared/platform/database.types.ts';

type Overview = Database['public']['Views']['client_overview']['Row'];

const nameWidth = 26;
const dayWidth = 12;

/** "Mon 9 Nov": the simulated day, UTC as the numbers are. */
export function dayLabel(moment: Date): string {
  return moment.toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
}

export function statsHeader(): string {
  const columns = ['sent', 'opened', 'replied', 'positive', 'bounced'].map((name) => name.padStart(10)).join(
    '',
  );
  return `  ${''.padEnd(dayWidth)}${'client'.padEnd(nameWidth)}${columns}${'reply rate'.padStart(12)}`;
}

export function statsRow(moment: string, row: Overview): string {
  const numbers = [row.sent, row.opened, row.replied, row.positive, row.bounced]
    .map((value) => String(value ?? 0).padStart(10))
    .join('');
  const rate = row.enough_signal ? `${((row.reply_rate ?? 0) * 100).toFixed(1)} %` : 'too early';
  return `  ${moment.padEnd(dayWidth)}${(row.client_name ?? '').padEnd(nameWidth)}${numbers}${
    rate.padStart(12)
  }`;
}

/** A bar that redraws itself at a terminal; elsewhere (a log file) one line at the end. */
export function progressBar(print: (line: string) => void, output: NodeJS.WriteStream) {
  const width = 28;
  let last = '';
  const draw = (name: string, done: number, total: number) => {
    const share = total === 0 ? 1 : done / total;
    const filled = Math.round(share * width);
    return `  ${name.padEnd(32)}${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done} of ${total}`;
  };
  return {
    show(name: string, done: number, total: number): void {
      last = draw(name, done, total);
      if (output.isTTY) output.write(`\r${last}`);
    },
    end(summary: string): void {
      if (output.isTTY) output.write('\r\u001b[K');
      print(`${last}  (${summary})`);
    },
  };
}
