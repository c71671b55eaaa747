/** As long as browsers take them. */
const longest = 2048;

const web = /^https?:\/\/[^\s<>"\p{Cc}]+$/iu;
/** A host with a dot and no scheme, as people write it: "www.fjordpak.test/contact". */
const bare = /^[^\s<>"/?#:@\\\p{Cc}]+\.[^\s<>"/?#:@\\\p{Cc}.]{2,}(:\d+)?([/?#][^\s<>"\p{Cc}]*)?$/u;

/**
 * A link that came from outside, if a page may make it one to click: http or https, nothing that runs (`javascript:`,
 * `data:`). The same rules as private.http_link.
 */
export function httpLink(value: string | null | undefined): string | null {
  const link = value?.trim() ?? '';
  if (link.length > longest) return null;
  if (web.test(link)) return link;
  return bare.test(link) && link.length + 8 <= longest ? `https://${link}` : null;
}
