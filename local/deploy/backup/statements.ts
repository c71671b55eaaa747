// Takes a file of pg_dump apart into its statements.

/** Statements end with a semicolon outside of quotes; pg_dump quotes by doubling only, and writes comments as whole lines. */
export function* statements(sql: string): Generator<string> {
  let start = 0;
  let at = 0;
  while (at < sql.length) {
    const character = sql[at];
    if (character === "'" || character === '"') {
      at = sql.indexOf(character, at + 1);
      if (at < 0) throw new Error('A quoted text has no end: the file is not complete');
    } else if (character === '-' && sql[at + 1] === '-') {
      at = endOfLine(sql, at);
    } else if (character === ';') {
      const statement = sql.slice(start, at).trim();
      if (statement !== '') yield statement;
      start = at + 1;
    }
    at++;
  }
}

function endOfLine(sql: string, at: number): number {
  const end = sql.indexOf('\n', at);
  return end < 0 ? sql.length : end;
}
