import EmailReplyParser from 'email-reply-parser';

const parser = new EmailReplyParser();

/** Mail programs that the parser does not know begin a quoted original so. */
const originals = [
  /^\s*-{2,}\s*(original message|forwarded message|oorspronkelijk bericht|ursprungliche nachricht|urspr\S+ngliche nachricht|message d.origine|message original)\s*-{2,}.*$/im,
  /^\s*_{10,}\s*$/m,
  /^\s*(from|van|von|de)\s*:\s.+\n\s*(sent|verzonden|gesendet|envoy\S+|date|datum|to|aan|an)\s*:\s/im,
];

/** Signatures of telephones and legal notices: nothing that the person wrote. */
const endings = [
  /^\s*(sent from my|sent from outlook|get outlook for|verzonden vanaf|verstuurd vanaf|von meinem .* gesendet|gesendet von|envoy\S+ de mon|envoy\S+ depuis)\b.*$/im,
  /^\s*(this e-?mail (and any|is|may)|the information (contained )?in this|confidentiality notice|disclaimer|dit bericht (is|kan)|de informatie in dit|diese e-?mail (enth|ist)|der inhalt dieser|ce (message|courriel)( et|,| est| peut)|les informations contenues)/im,
];

/** What somebody wrote in this reply: without the quoted original, the signature and the legal notice. */
export function ownWords(text: string): string {
  const whole = text.replaceAll('\r\n', '\n').replaceAll('\u00a0', ' ');
  let own = parser.read(whole).getVisibleText();
  for (const pattern of [...originals, ...endings]) {
    const at = own.search(pattern);
    if (at > 0) own = own.slice(0, at);
  }
  own = own.split('\n').filter((line) => !/^\s*>/.test(line)).join('\n').trim();
  // A reply below the quoted original, or one that is nothing else, is read as a whole.
  return own === '' ? whole.trim() : own;
}

/** Lower case, one kind of apostrophe, no accents: how the phrases are written. */
export const plain = (text: string): string =>
  text.toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss').replaceAll(
    /[’‘`´]/g,
    "'",
  )
    .replaceAll(/[ \t]+/g, ' ');
