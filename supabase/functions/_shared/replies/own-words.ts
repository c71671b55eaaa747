// What somebody wrote in this reply: without the quoted original, the signature, the phone's footer and the legal notice.
import EmailReplyParser from 'email-reply-parser';

const parser = new EmailReplyParser();

/** A mail of 200 kB is an original with attachments in its text; what the person wrote is near one of its ends. */
const longest = 20_000;
const longestOwn = 4_000;

/** "On … wrote:" in the languages of our users; mail programs break this line as they like, so it may be two or three lines. */
const attribution =
  /^[ \t>]*(?:on|le|am|op|den|il|el)\b(?=[^\n]{0,80}\d)[^\n]{3,200}(?:\n[^\n]{1,200}){0,2}?(?:wrote|a [ée]crit|schrieb|schreef|geschreven|[ée]crivait|skrev)\b[^\n]{0,120}:?[ \t]*$/im;

/** The same without a verb or in another order: "Jo Smith <jo@x.example> wrote (12 May):", "2026-05-12 09:12 Jo <jo@x.example>:" */
const otherAttributions = [
  /^[^\n<>]{0,80}<[^\n<>@ ]+@[^\n<>]+>[^\n]{0,40}(?:wrote|a [ée]crit|schrieb|schreef)[^\n]{0,60}:?[ \t]*$/im,
  /^[^\n<>]{0,80}<[^\n<>@ ]+@[^\n<>]+>[ \t]*:[ \t]*$/im,
];

/** Where the original begins for programs that copy its headers. */
const originals = [
  /^[ \t]*[-_*]{2,}[ \t]*(?:original (?:message|appointment)|forwarded message|begin forwarded message|oorspronkelijk bericht|doorgestuurd bericht|urspr\S+ngliche nachricht|weitergeleitete nachricht|message d.origine|message original|message transf\S+)\b.*$/im,
  /^[ \t]*_{10,}[ \t]*$/m,
  /^[ \t*>]*(?:from|van|von|de|exp[ée]diteur)[ \t*]*:[^\n]+\n(?:[^\n]*\n){0,2}?[ \t*>]*(?:sent|verzonden|gesendet|envoy[ée]e?|date|datum|to|aan|an|[àa]|subject|onderwerp|betreff|objet)[ \t*]*:/im,
  /^[ \t]*(?:begin forwarded message|begin doorgestuurd bericht|anfang der weitergeleiteten nachricht|d[ée]but du message (?:transf|r[ée]exp))\S*.*$/im,
];

/** Footers of phones and programs, and legal notices. */
const footers = [
  /^[ \t]*(?:sent (?:from|via|with|using) (?:my|mail|outlook|yahoo|gmail|proton|samsung|blackberry|iphone|an? )|get outlook for|(?:verzonden|verstuurd|gestuurd) (?:vanaf|via|met|van|vanuit)\b|von meinem? |gesendet (?:von|mit|via)\b|diese nachricht wurde von meinem|envoy\S+ (?:de mon|depuis|[àa] partir|avec)\b|t[ée]l[ée]charge[rz]? outlook|outlook (?:voor|f\S+r|pour) )[^\n]{0,60}$/im,
  /^[ \t]*(?:the (?:information|contents?) (?:contained )?(?:in|of) this|this (?:e-?mail|message|communication)(?: \S+){0,6} (?:confidential|intended|privileged|may contain)|confidentiality notice|disclaimer\b|de informatie (?:in|verzonden)|dit (?:e-?mail)?bericht(?: \S+){0,6} (?:vertrouwelijk|bestemd|bevatten)|aan (?:dit|deze|de inhoud)\b(?: \S+){0,8} (?:rechten|ontleend)|diese (?:e-?mail|nachricht)(?: \S+){0,6} (?:vertraulich\S*|bestimmt|enth\S+lt)|der inhalt dieser|ce (?:message|courriel|mail|e-mail)(?: \S+){0,6} (?:confidentiel\S*|destin\S+|secret|contien\S+)|les informations contenues)/im,
  /^[ \t]*(?:please consider the environment|think before you print|denk aan het milieu|bitte (?:pr\S+fen sie, ob|denken sie an die umwelt)|pensez [àa] l.environnement|n.imprimez)/im,
];

/** The greeting at the end, alone on its line or before a name: all below it is a signature. */
const farewell =
  /^[ \t]*(?:(?:with )?(?:(?:kind|best|warm|many|kindest|warmest) )+(?:regards|wishes|thanks)|regards|(?:kr|br|rgds|mvg|mfg|vg|lg|bg|cdlt|bav)|best|cheers|sincerely|yours (?:sincerely|faithfully|truly)|(?:met )?(?:vriendelijke|hartelijke|beste|warme|groene|sportieve)? ?groet(?:en|jes)?|groeten|grtz?|hoogachtend|(?:mit )?(?:freundliche[mn]?|beste[mn]?|viele|liebe|herzliche|sch\S+ne|sonnige) gr\S{1,3}(?:ss|ß|s)e?n?|gr(?:u|ü|ue)(?:ss|ß)e?|herzlich(?:st)?|hochachtungsvoll|cordialement|(?:bien|tr\S+s) cordialement|bien (?:[àa] vous|cordialement)|salutations(?: distingu\S+)?|(?:meilleures|sinc\S+res) salutations|sinc\S+rement|amicalement|belle (?:journ\S+e|continuation))(?:[ ,.!]+(?:\p{L}[\p{L}.'-]*[ ]?){0,4})?[ \t,.!]*$/imu;

const postscript = /^[ \t]*p\.?s\.?[ :].*$/im;

function cutAt(text: string, pattern: RegExp): string {
  const at = text.search(pattern);
  return at > 0 && text.slice(0, at).trim() !== '' ? text.slice(0, at) : text;
}

const withoutQuotedLines = (text: string): string =>
  text.split('\n').filter((line) => !/^\s*(?:>|\|\s)/.test(line)).join('\n');

/** Above the original in most mails; below it where the mail begins with the original; between its lines where somebody answers there. */
function withoutOriginal(text: string): string {
  let own = text;
  for (const pattern of originals) own = cutAt(own, pattern);
  for (const pattern of [attribution, ...otherAttributions]) {
    const found = pattern.exec(own);
    if (found === null) continue;
    const above = withoutQuotedLines(own.slice(0, found.index));
    const below = own.slice(found.index + found[0].length);
    const isMarked = /^\s*>/m.test(below);
    // Unmarked lines under the header are the original as well, unless nothing stands above it.
    if (above.trim() !== '') own = above + (isMarked ? betweenQuotes(below) : '');
    else own = withoutQuotedLines(below);
  }
  return withoutQuotedLines(own);
}

/** What stands after a quoted line and is not quoted, as far as it cannot be the end of a line that a program broke. */
function betweenQuotes(below: string): string {
  const lines = below.split('\n');
  const answers = lines.filter((line, index) =>
    !/^\s*>/.test(line) && line.trim() !== '' && lines.slice(0, index).some((earlier) => /^\s*>/.test(earlier)) &&
    (lines[index - 1]?.trim() === '' || index === lines.length - 1)
  );
  return answers.length === 0 ? '' : `\n${answers.join('\n')}`;
}

export function ownWords(text: string): string {
  const whole = text.slice(0, longest).replaceAll('\r\n', '\n').replaceAll(/[\u00a0\u202f]/g, ' ');
  let own = withoutOriginal(whole);
  for (const pattern of footers) own = cutAt(own, pattern);
  const last = postscript.exec(own)?.[0] ?? '';
  const signed = cutAt(own, farewell);
  own = signed === own ? own : `${signed}\n${last}`;
  own = cutAt(own, /^[ \t]*--[ \t]*$/m).trim();
  // Programs of other languages mark the original in ways that only the library knows.
  if (own.length < 2_000) own = parser.read(own).getVisibleText().trim() || own;
  // A mail that is nothing but an original is read as a whole.
  return (own === '' ? whole.trim() : own).slice(0, longestOwn);
}
