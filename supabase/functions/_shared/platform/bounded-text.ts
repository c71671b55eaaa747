/**
 * The text of an answer, of which at most `limit` bytes are read, whatever Content-Length says; the rest is cancelled. For answers of
 * addresses that a person entered.
 */
export async function readText(
  response: Response,
  limit: number,
): Promise<{ text: string; isCut: boolean }> {
  if (response.body === null) return { text: '', isCut: false };
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let size = 0; size <= limit;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), isCut: false };
    text += decoder.decode(value.subarray(0, limit - size), { stream: true });
    size += value.byteLength;
  }
  await reader.cancel().catch(() => undefined);
  return { text, isCut: true };
}

/** A text of strangers in a form that the database stores: no NUL, no half of a pair, and not longer than this. */
export function storableText(text: string, length = Infinity): string {
  const storable = text.replaceAll('\u0000', '').replace(
    /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
    '',
  );
  return storable.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}
