// Dutch: asks, or wants a next step.
import type { PhraseText } from '../../phrases.ts';

export const question: PhraseText = {
  sure: `
    (wat (kost|kosten|zijn|is|houdt|voor|doet|doen|rekenen|bedoel|bedoelt|betekent|levert|vragen|vraagt|bieden|biedt|gebeurt|als|maakt|onderscheidt|zou|precies|verkoopt|verkopen|kan|kunnen|moet ik|wordt))
    (hoe|welke|welk|waarom|waarvoor|waarmee|waaruit|waarin|hoeveel|hoelang|wie|waar|wanneer|wiens) (\\w+ )?(\\w+ )?(is|zijn|zit|zitten|werkt|werken|gaat|gaan|kom|komt|kan|kun|kunnen|veel|lang|snel|ziet|zien|doen|doet|heb|heeft|hebben|kwam|wordt|worden|bent|ben|ver|groot|precies|oud|vaak|duur|krijg|krijgen|betaalt|betaal|regelen|staat|gaf|verwerkt|omgaat)
    hoe (kom|komt|zit|werkt|gaat|veel|lang|snel|u|je|jullie|precies|dan|ziet|is|zijn|bent|doen|kan|kun|hebben)
    (kunt u|kun je|kan je|kunnen jullie|kunnen we|kunnen wij|kan ik|kan dat|kan het|kan u|kan dit) (dat |dit |het |mij |me |ons )*(uitleggen|toelichten|aangeven|zeggen|vertellen|bevestigen|garanderen|ook|leveren|op|wel|koppelen|verduidelijken|specificeren)
    ^(en |maar |ook |dus )?(heeft u|hebt u|heb je|hebben jullie|hebben ze|hebt ge|is (dat|dit|het|er|u|je|jullie)|zijn (er|jullie|ze|dat|dit|deze|je|de|uw)|doen jullie|werken jullie|werkt (u|dit|dat|da|het|jullie)|gaat het|ben je|bent u|levert u|leveren jullie|bieden jullie|biedt u|geldt|zit|zitten|moet|moeten|mag|mogen|kan|kunnen|krijg|krijgen|komt|wordt|worden|nemen|neemt|rekenen|rekent|hoort|zou|ondersteunen|gebruiken|gebruikt|bestaat|ga je|gaan)
    (prijs|prijzen|prijslijst|tarief|tarieven|kosten|kost|prijskaartje|referenties|looptijd|opzegtermijn|garantie|voorwaarden|certificaat|certificering|gecertificeerd|aangesloten|minimale|minimum\\w*)
    (vraagje|vraag|vragen|dingen|punten|zaken) (voor|vooraf|over|hierover|heb|hebben|nog|die|voordat|wel|twee|drie|eerst)
    (een|twee|drie|paar|nog|enkele|even|eerst) (korte |snelle |kleine )?(vraag|vragen|vraagje|vraagjes|dingen|punten)
    (snap|begrijp|volg|vat|begreep) .. niet
    (ben|was) (wel )?benieuwd (hoe|wat|of|naar|welke|wie|waar)
    (verneem|vernemen|weten|hoor|horen) .. (of|wat|hoe|welke|wie|waar|waarom|hoeveel)
    (alvorens|voordat|voor) (ik|we|wij|hierop|u|dit)
    (robot|bot|echt mens|echte mens|echt persoon|echte persoon|chatgpt|oplichting|betrouwbaar|nep)
  `,
};

export const interested: PhraseText = {
  sure: `
    laat (me |ons |dan )?maar (eens )?(zien|horen|komen)
    wanneer (schikt|past|komt) (het|dat)
    ^(ja|jazeker|ja zeker|ja graag|graag|prima|oke|ok|okay|leuk|is goed|top|doe maar|zeker|zeker weten|absoluut|waarom niet|akkoord|goed idee|klinkt goed|klinkt interessant|interesse|interessant|wel interesse|goed|perfect|yes|yep|jawel|tuurlijk|natuurlijk|uiteraard|mooi|lijkt me goed|lijkt me leuk|lijkt me wat|lijkt me prima|kom maar op|vertel|vertel maar|goed plan|super|met plezier|gerne|ja hoor|ja doe maar|ja prima|deal|laat maar horen|laat horen|ik luister|kom maar door)( graag| hoor| dank| bedankt| prima| zeker| leuk| joh| doe maar| is goed| dank je| merci| aub)*$
    ^(ja|jazeker|jawel|zeker|oke|ok|prima|graag|yes|tuurlijk|akkoord) (hoor|graag|leuk|prima|is goed|dat|stuur|wij|we|ik|bel|laten|klinkt|wil|doe|mag|waarom|lijkt|interesse|interessant|kom|natuurlijk|zeker|heel|meer|hoe laat|wanneer|dit|zou|maar)
    (wel|zeker|erg|heel|best|zeer|absoluut|misschien|wellicht|mogelijk|eventueel|oprecht|altijd|potentieel|super|hartstikke|ben|zijn|wij|we|heb|hebben|oprechte|kan|kunnen|zou|is|klinkt|lijkt) (\\w+ )?(geinteresseerd|interesse|interessant|benieuwd|nieuwsgierig|enthousiast|oren naar)
    ^(interessant|benieuwd|nieuwsgierig|geinteresseerd|interesse)
    (klinkt|lijkt|ziet|oogt) (me |mij |ons |er |dit |dat |het |wel |heel |erg |best |op zich |zeker )*(goed|interessant|leuk|prima|als|wat|wel|mooi|super|top|veelbelovend|perfect|een goed|een leuk|nuttig|handig|zinvol|tof|fijn|uit|precies)
    (wil|willen|zou|zouden|kunnen|wel|zal|mogen|mag|kan|kom|hoor|horen|zie|zien|ontvang|ontvangen|bekijk|maak|maken|plan|spreek|laten|laat|praat|praten|bel|bellen|nemen|neem) (.. )?(graag|eens|wel|gerust)( .. )?(meer (weten|over|info\\w*|horen|van)|bellen|afspreken|praten|kennismaken|langs|langskomen|inplannen|spreken|zien|horen|kijken|proberen|testen|weten|een afspraak|bekijken|ontvangen|afspraak|voorstel|offerte|demo|sparren|verder|van gedachten|in gesprek|brainstormen|naar kijken|informatie|info|wat je|wat jullie|wat u|dat je|je verhaal|een keer|vrijblijvend|contact)
    (graag|gaarne) (een |eens |even |wat |meer |de |nog |vrijblijvend |snel |jullie |je |uw )*(afspraak|offerte|prijsopgave|voorstel|demo|info|informatie|gesprek|belletje|brochure|proefpakket|meer|kennismaking|uitleg|bellen|langskomen|contact|terugbellen|documentatie|details|proef|afspreken|plannen|inplannen|telefonisch|bezoek|in gesprek|toesturen|toelichting)
    bel (me |mij |ons |gerust |maar |even |eens |dan )+
    bel (je|u) (me|mij|ons|even)
    (bel|app|sms|mail|stuur|whatsapp) (me|mij|ons|gerust|maar|even|eens|dan|hem|haar)? ?(maar |even |gerust |eens |dan |op |een |wat |je |de |uw |jullie |meer |het |dat |die |door )*(morgen|maandag|dinsdag|woensdag|donderdag|vrijdag|vanmiddag|straks|na \\d+|info\\w*|voorstel|offerte|brochure|prijslijst|prijzen|documentatie|voorbeelden|details|presentatie|demo|uitnodiging|agenda|voorstellen|data|gegevens|folder|op|toe|<phone>|materiaal|aanbod|prijsopgave|uitleg|verhaal)
    stuur (me |mij |ons |maar |gerust |even |eens |dan )+(.*)
    (kun|kunt|kan|wil|wilt|zou|kunnen|willen|mag|mogen) (je|u|jij|jullie|ge|ik|we|wij) (me |mij |ons |eens |even |wat |een |de |meer |daar |daarvan |dan |dat |dit |hier )*(.. )?(sturen|toesturen|mailen|doorsturen|bellen|langskomen|inplannen|afspreken|opsturen|bezorgen|toezenden|voorstellen|demonstreren|laten zien|komen|terugbellen|bezoeken|overmaken|presenteren|een afspraak|offerte maken|offreren|maandag|dinsdag|woensdag|donderdag|vrijdag|morgen|\\d+ \\w+)
    (kom|komt|kom je|komen) (je |u |jullie )?(maar|gerust|eens|even|een keer|langs|dan|op de koffie) (.. )?(langs|door|binnen|op|kijken|voorbij|aan|bij)?
    kom maar
    (laten we|laat ons|zullen we|we kunnen|kunnen we|kunnen wij|zullen wij|plan|plannen|prik|prikken) (.. )?(afspreken|bellen|inplannen|afspraak|praten|spreken|kennismaken|proberen|doen|zitten|belletje|meeting|call|gesprek|half uur\\w*|samen|kijken|teams|koffie)
    (maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|morgen|overmorgen|volgende week|vanmiddag|deze week) .. (past|kan|schikt|goed|prima|vrij|beschikbaar|bereikbaar|uur|u|aanwezig|lukt|voormiddag|namiddag|middag|ochtend|op de zaak|op kantoor|om \\d+|na \\d+|voor \\d+|tussen|thuis|best|in de zaak|tijd)
    (past|schikt|kan|lukt|uitkomt|komt uit|goed|beschikbaar|vrij|bereikbaar|tijd) (het |dat |me |mij |ons |u |je |jou |voor |ik |wel |op |om |ook |in |de |eventueel |prima |ook )*(maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|morgen|volgende week|deze week|\\d+ \\w+|voormiddag|namiddag)
    (past|schikt|komt) (me|mij|ons|voor mij|voor ons|dat|prima|goed|perfect)( goed| prima| uit| perfect| uitstekend)*
    (mijn|m'n|op|onder|via) (nummer|mobiel|gsm|mobiele|telefoonnummer|agenda|06|telefoon|rechtstreeks|directe)
    (op|naar|bel|bereikbaar|bellen|nummer|gsm|mobiel) .. <phone>
    (precies|net|exact|juist) wat (wij|we|ik)
    (goed|perfect|ideaal|juiste|mooi|goede) (moment|timing|getimed)
    komt (goed|mooi|net|perfect|prima|handig) uit
    (sta|staan) (.. )?open (voor|om)
    (tijd|zin|interesse) (om|voor|in) (een |te |een keer )*(gesprek|belletje|afspraak|kennismaking|demo|bellen|praten|koffie)
    (zet|noteer|schrijf|boek|reserveer) (.. )?(agenda|afspraak|uitnodiging|in|erin)
    (hoe|wanneer|waar) (kan|kunnen|wil|kun) (ik|we|wij|je|u|jullie) (.. )?(starten|beginnen|bestellen|aanmelden|langskomen|afspreken|bellen|terecht|tekenen|aan de slag|inschrijven)
    (welke|wat) (dag|dagen|tijdstip|tijd|data|moment) (past|schikt|kan|komt|heb|is|zou)
    (voorstel|offerte|prijsopgave|demo|proefperiode|proefpakket|brochure|presentatie|monsters|staal|stalen) (graag|ontvangen|opsturen|sturen|maken|mag|is welkom|zien|krijgen|toesturen|aub|voor)
    (dat|het) mag (zeker|gerust|altijd)
    (ga|gaan) (er|hier) (graag )?(op in|mee akkoord)
    vertel (me |mij |ons |eens |maar |er )*(meer|eens|maar)
    (nou|vooruit|allez|goed) (vooruit|dan)
    ik luister
  `,
  hint: `
    (graag|interessant|leuk|mooi|prima|benieuwd|nieuwsgierig|welkom|akkoord|afspraak|koffie|maandag|dinsdag|woensdag|donderdag|vrijdag|morgen|volgende week|<phone>)
    (meer (info|informatie|weten)|bellen|langs)
  `,
};
