import type { Phrases } from '../reply-class.ts';

export const dutch: Phrases = {
  unsubscribe: [
    [
      /\b(uitschrijven|uitschrijf|schrijf (me|mij|ons) uit|af ?melden|afmelding|meld (me|mij|ons) af|(haal|verwijder|schrap|gooi) (me|mij|ons|mijn|onze|dit (adres|mailadres)).{0,40}|van (de|jullie|je|uw|deze) (mail(ing)?|verzend|e-?mail|adressen)?-?lijst|uit (jullie|je|uw|het|de) (bestand|database|systeem|lijst|mailing\w*)|(geen|stop met) (verdere |meer )?(mail(s|tjes|en)?|e-?mails?|berichten|spam)\b.{0,30}|niet meer (mailen|benaderen|schrijven|lastig|contacteren|gemaild|te mailen)|stop (hier)?mee|hou(d)? (hier)? ?(mee )?op( met| mee)?|avg|gegevens (te )?(verwijder\w*|wissen)|recht op vergetelheid|als spam (gemeld|gemarkeerd|gerapporteerd)|gemeld als spam|melding (bij|doen))\b/,
      5,
    ],
    [/^\s*(stop|uitschrijven|afmelden|opzouten)\b[.! ]*$/m, 6],
  ],
  referral: [
    [
      /\b((neem|neemt|nemen|contact op( te nemen)?|mail|bel|benader|vraag|stuur (het|dit|maar)|probeer|richt\w*|wend\w*).{0,40}(\b(mijn|onze|m'n) (collega|baas|directeur|vennoot|compagnon|opvolg\w*|zakenpartner|man|vrouw|manager)|@|\b[a-z]+ (gaat|is|doet|regelt|beslist)))/,
      4,
    ],
    [
      /\b((mijn|onze|m'n) (collega|directeur|vennoot|baas|opvolger|opvolgster|manager|compagnon|marketing\w*|inkoper|inkoopafdeling)\b.{0,60}(gaat (hier)?over|verantwoordelijk|regelt|doet|beslist|over gaat|behandelt|op zich)|(gaat|ga je|gaan) (hier|daar)over|(doorgestuurd|doorgezet|doorgegeven|stuur (het|dit|je mail|uw mail) door|zet (het|dit) door) ?(aan|naar)?|in de cc|cc'?d|moet je bij .{1,30} zijn|moet u bij .{1,30} zijn|bij .{1,25} (zijn|terecht|moeten zijn)|heeft mijn (functie|taken|rol) overgenomen|mijn opvolg\w*)\b/,
      3,
    ],
  ],
  wrong_person: [
    [
      /\b(verkeerde (persoon|adres|bedrijf|afdeling|mail|man|vrouw|e-?mail\w*|mailadres|iemand)|niet de juiste|niet (meer )?(werkzaam|in dienst|actief bij|verbonden|betrokken)|werk (hier|daar|er|daar al|hier al)? ?(al )?(\w+ ){0,4}niet (meer)?|ga (hier )?niet over|gaat mij niet over|(niks|niets) mee te maken|vergiss\w*|ben (met pensioen|gepensioneerd|student|stagiair\w*|maar de|particulier)|met pensioen|heb (helemaal )?geen (bedrijf|zaak|winkel|restaurant|praktijk|eigen bedrijf)|naamgenoot|ander bedrijf|per ongeluk bij|niet voor mij bestemd|ken (jullie|u|je) niet)\b/,
      4,
    ],
  ],
  not_now: [
    [
      /\b(nu (even )?niet|op dit moment (niet|geen|even|is|hebben|zijn)|momenteel (niet|geen|te|even|is|zijn|zitten|heel)|komt nu niet|niet het (juiste |goede )?moment|timing|(kom|mail|bel|vraag|benader|probeer|neem|stuur|trek|meld|contact|praten|spreken|kijken|hoor|hoorde).{0,50}(over (een|twee|drie|zes|een paar|\d+)|na (de|het|onze|\w+)|in (het )?(voorjaar|najaar|nieuwe|q[1-4]|\w*kwartaal|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)|begin|eind|volgend\w*|later|rond|vanaf|medio|half)\b|(volgend|komend|nieuwe) (jaar|kwartaal|seizoen|najaar|voorjaar|maand)|contract (loopt|tot)|vast(zitten)? (tot|aan)|te druk|even geen (tijd|budget|ruimte)|hoogseizoen|verbouwing|pas (weer )?(in|na|over|vanaf|begin)|over (een paar|enkele|twee|drie|zes|\d+) (maanden|weken)|parkeren|in de wacht|nog niet (aan toe|klaar|zover))\b/,
      3,
    ],
  ],
  not_interested: [
    [
      /\b(geen (interesse|belangstelling|behoefte|belang|zin|trek|budget|noodzaak)|niet (geinteresseerd|interessant|nodig|op zoek|relevant|van toepassing|aan ons|voor ons|aan mij|voor mij|van plan|overtuigd)|(nee|neen),? (bedankt|dank\w*|hoor|liever|hier)|bedankt,? maar (nee|niet|geen|we|wij)|hebben (we|wij)? ?(al|reeds|zelf|hier al|inmiddels|daar al)|(hebben|heb) (al|reeds|hier al|daar al) (een|iemand|onze)|zijn (al )?(voorzien|tevreden|prima)|voorzien van|al voorzien|tevreden (over|met)|doen (dit|dat|het|alles|we|wij).{0,15}(zelf|intern|in eigen)|in eigen beheer|laat maar|zie(n)? (er )?(geen|het niet|daar geen)|wij passen|passen (hier)?voor|zit hier niet op te wachten|zitten (hier )?niet op .{0,15}te wachten|te duur|niks voor|niets voor|slaan (we|wij|deze|dit) over)\b/,
      3,
    ],
    [/^\s*(nee|neen|nee hoor|nee bedankt|nee dank (je|u)( wel)?|geen interesse|niet nodig)\b[.! ]*$/m, 4],
  ],
  question: [
    [
      /\b(wat (kost\w*|zijn|is|houdt|voor|doet|doen|rekenen|bedoel\w*|betekent|moet|levert)|hoe (werkt|veel|lang|gaat|kom\w*|zit|duur|ver|zien|ziet|doen|precies)|welke|waar (zit|zijn|komt|hebben|haal)|wie (is|zijn|ben|heeft|gaf)|waarom|waarvoor|kunt u|kun je|kan je|kunnen jullie|heeft u|heb je|hebben jullie|is (dat|dit|het|er|u|jullie) .{0,50}\?|zijn er|doen jullie|werken jullie|prijs\w*|tarie\w*|kosten|referenties|meer (info|informatie)|brochure|voorbeelden|vraagje|vraag:)\b/,
      2,
    ],
    [/\?/, 1.5],
  ],
  interested: [
    [
      /\b(interessant|geinteresseerd|klinkt (goed|interessant|leuk|prima|als)|(wil|willen|zou|zouden|kunnen|laten|lijkt).{0,25}(graag|meer weten|bellen|afspreken|praten|kennismaken|langs|inplannen|spreken|wel|zien|horen)|bel (me|mij|gerust|maar|even)|bel(len)? (we|morgen|maandag|dinsdag|woensdag|donderdag|vrijdag)|afspraak|inplannen|agenda|mijn (nummer|mobiel|telefoon)|bereikbaar op|kom (maar|gerust|eens) (langs|door)|stuur (maar|gerust|het|dat|me|mij|even|eens|ons|die)|graag|doe maar|ja,? (hoor|graag|leuk|prima|is goed|dat|stuur|wij|we|ik|bel|laten)|prima|helemaal goed|precies wat|komt goed uit|goed moment|schikt|past (me|mij|ons|prima)|sta(an)? (ik|we|wij) (er )?open|demo)\b/,
      2.5,
    ],
    [/^\s*(ja|jazeker|ja graag|graag|prima|oke|ok|leuk|is goed|top|doe maar)\b[.! ]*$/m, 4],
  ],
};
