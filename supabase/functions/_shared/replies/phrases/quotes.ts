// What marks what is not somebody's own words: originals, signatures, footers and legal notices.

/** "On … wrote:" in the languages of our users; mail programs break this line as they like, so it may be two or three lines. */
export const attribution =
  /^[ \t>]*(?:on|le|am|op|den|il|el)\b(?=[^\n]{0,80}\d)[^\n]{3,200}(?:\n[^\n]{1,200}){0,2}?(?:wrote|a [ée]crit|schrieb|schreef|geschreven|[ée]crivait|skrev)\b[^\n]{0,120}:?[ \t]*$/im;

/** The same without a verb or in another order: "Jo Smith <jo@x.example> wrote (12 May):", "2026-05-12 09:12 Jo <jo@x.example>:" */
export const otherAttributions = [
  /^[^\n<>]{0,80}<[^\n<>@ ]+@[^\n<>]+>[^\n]{0,40}(?:wrote|a [ée]crit|schrieb|schreef)[^\n]{0,60}:?[ \t]*$/im,
  /^[^\n<>]{0,80}<[^\n<>@ ]+@[^\n<>]+>[ \t]*:[ \t]*$/im,
];

/** Where the original begins for programs that copy its headers. */
export const originals = [
  /^[ \t]*[-_*]{2,}[ \t]*(?:original (?:message|appointment)|forwarded message|begin forwarded message|oorspronkelijk bericht|doorgestuurd bericht|urspr\S+ngliche nachricht|weitergeleitete nachricht|message d.origine|message original|message transf\S+)\b.*$/im,
  /^[ \t]*_{10,}[ \t]*$/m,
  /^[ \t*>]*(?:from|van|von|de|exp[ée]diteur)[ \t*]*:[^\n]+\n(?:[^\n]*\n){0,2}?[ \t*>]*(?:sent|verzonden|gesendet|envoy[ée]e?|date|datum|to|aan|an|[àa]|subject|onderwerp|betreff|objet)[ \t*]*:/im,
  /^[ \t]*(?:begin forwarded message|begin doorgestuurd bericht|anfang der weitergeleiteten nachricht|d[ée]but du message (?:transf|r[ée]exp))\S*.*$/im,
];

/** One alternative a line, each language on its own lines. */
const either = (lines: readonly string[]): string => lines.join('|');

/** Footers of phones and programs, at the beginning of a line. */
const phoneFooters = either([
  String
    .raw`sent (?:from|via|with|using) (?:my|mail|outlook|yahoo|gmail|proton|samsung|blackberry|iphone|an? )`,
  String.raw`get outlook for`,
  String.raw`(?:verzonden|verstuurd|gestuurd) (?:vanaf|via|met|van|vanuit)\b`,
  String.raw`outlook voor `,
  String.raw`von meinem? |gesendet (?:von|mit|via)\b|diese nachricht wurde von meinem|outlook f\S+r `,
  String.raw`envoy\S+ (?:de mon|depuis|[àa] partir|avec)\b|t[ée]l[ée]charge[rz]? outlook|outlook pour `,
]);

/** Legal notices. */
const notices = either([
  String
    .raw`the (?:information|contents?) (?:contained )?(?:in|of) this|this (?:e-?mail|message|communication)(?: \S+){0,6} (?:confidential|intended|privileged|may contain)`,
  String.raw`confidentiality notice|disclaimer\b`,
  String
    .raw`de informatie (?:in|verzonden)|dit (?:e-?mail)?bericht(?: \S+){0,6} (?:vertrouwelijk|bestemd|bevatten)|aan (?:dit|deze|de inhoud)\b(?: \S+){0,8} (?:rechten|ontleend)`,
  String
    .raw`diese (?:e-?mail|nachricht)(?: \S+){0,6} (?:vertraulich\S*|bestimmt|enth\S+lt)|der inhalt dieser`,
  String
    .raw`ce (?:message|courriel|mail|e-mail)(?: \S+){0,6} (?:confidentiel\S*|destin\S+|secret|contien\S+)|les informations contenues`,
]);

const environment = either([
  String.raw`please consider the environment|think before you print`,
  String.raw`denk aan het milieu`,
  String.raw`bitte (?:pr\S+fen sie, ob|denken sie an die umwelt)`,
  String.raw`pensez [àa] l.environnement|n.imprimez`,
]);

export const footers = [
  new RegExp(String.raw`^[ \t]*(?:${phoneFooters})[^\n]{0,60}$`, 'im'),
  new RegExp(String.raw`^[ \t]*(?:${notices})`, 'im'),
  new RegExp(String.raw`^[ \t]*(?:${environment})`, 'im'),
];

const farewells = either([
  String
    .raw`(?:with )?(?:(?:kind|best|warm|many|kindest|warmest) )+(?:regards|wishes|thanks)|regards|kr|br|rgds|best|cheers|sincerely|yours (?:sincerely|faithfully|truly)`,
  String
    .raw`(?:met )?(?:vriendelijke|hartelijke|beste|warme|groene|sportieve)? ?groet(?:en|jes)?|groeten|grtz?|mvg|hoogachtend`,
  String
    .raw`(?:mit )?(?:freundliche[mn]?|beste[mn]?|viele|liebe|herzliche|sch\S+ne|sonnige) gr\S{1,3}(?:ss|ß|s)e?n?|gr(?:u|ü|ue)(?:ss|ß)e?|mfg|vg|lg|bg|herzlich(?:st)?|hochachtungsvoll`,
  String
    .raw`cordialement|(?:bien|tr\S+s) cordialement|bien (?:[àa] vous|cordialement)|cdlt|bav|salutations(?: distingu\S+)?|(?:meilleures|sinc\S+res) salutations|sinc\S+rement|amicalement|belle (?:journ\S+e|continuation)`,
]);

/** The greeting at the end, alone on its line or before a name: all below it is a signature. */
export const farewell = new RegExp(
  String.raw`^[ \t]*(?:${farewells})(?:[ ,.!]+(?:\p{L}[\p{L}.'-]*[ ]?){0,4})?[ \t,.!]*$`,
  'imu',
);

export const postscript = /^[ \t]*p\.?s\.?[ :].*$/im;
