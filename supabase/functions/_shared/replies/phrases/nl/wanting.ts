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
    (leg|licht|legt) (\\w+ ){0,5}(uit|toe) .*
    (mis|ontbreekt|mist|lees|vind|zie|staat) (\\w+ ){0,6}(wat|hoe|hoeveel|prijs|prijzen|tarief|kosten|of|welke) (\\w+ ){0,6}(is|zijn|kost|kosten|niet|nergens|rente|precies|staat)
    (vraag|vroeg|vragen|vroegen) (ik |wij |we )?(me|mij|ons) (\\w+ )?af
    ^(en |maar |ook |dus |hallo |hoi |dag |ja |ok |oke )?(wat|hoe|hoeveel|hoelang|welke|welk|waarom|wie|waar|wanneer|vanaf wanneer|vanaf welke|via wie|via waar|van wie|van wat|van welk|van welke|voor wie|voor welke|met wie|met welke|in welke|in welk|bij wie|onder welke|op welke|over wat|over welke|tot welke|tot hoever|naar welke|waarvoor|waarmee|waarin|waarop|waaraan|waaruit|waarvan|sinds wanneer|door wie) .*
    (zit|zitten|is|zijn|komt|komen|hangt) (er|daar|hier) (\\w+ ){0,4}(aan vast|opzegtermijn|contract|addertje|limiet|kosten|aan verbonden|bij inbegrepen|inbegrepen|verbonden)
    (reken|rekent|rekenen|vraag|vraagt|vragen) (je|u|jullie) (\\w+ ){0,6}(iets|kosten|aan|voor|per|extra|btw|ook)
    (zonder|met) (\\w+ ){0,3}(toch|he)$
    (is|zijn) (dit|dat|het|er|jullie|u|deze|die|de|een) (\\w+ ){0,8}(inbegrepen|mogelijk|verplicht|gratis|betalend|geschikt|compatibel|veilig|legaal|beschikbaar|nodig|inclusief|exclusief|per|of)
    (kan|kunnen|mag|werkt|werken|gaat|past|praat|koppelt|ondersteunt|draait|levert|leveren|doen|doet|bieden|hebben|heeft) (zoiets|dit|dat|het|jullie|u|je|die|deze|de tool|het systeem|uw \\w+|jullie \\w+|je \\w+) (\\w+ ){0,6}(ook|met|in|bij|op|voor|zonder|of)
    (onduidelijk|niet duidelijk|niet helder|onhelder|vaag|benieuwd (naar|wat|hoe|of|welke)|graag duidelijkheid|verduidelijking|opheldering|toelichting nodig)
    (mag|kan|kunt|kun|zou) (ik|u|je|wij|we) (\\w+ ){0,4}(vragen|weten|aangeven|zeggen|bevestigen|preciseren|toelichten|meedelen|garanderen|bewijzen)
    (minimum|minimale|min|maximum|maximale) (afname|bestelling|afnames|looptijd|aantal|oplage|hoeveelheid|leeftijd|budget|investering|order|bedrag)
    (hoe|waar) (\\w+ )?(kom|komt|komen|kwam|heb|hebt|heeft|haal|haalt|halen|vond|vonden|kreeg|kregen) (\\w+ ){0,3}(aan|vandaan|gehaald|gekregen|gevonden|terecht|mijn|ons|dit)
    (ben|bent|is|zijn) (je|u|dit|jij|jullie|ge) (\\w+ ){0,2}(een )?(mens|robot|bot|computer|echt|echte|ai|concurrent|verkoper|tussenpersoon|vertegenwoordiger|zzp er|bureau|oplichter)
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
    # sees something in it
    (zie|zien|zit|ziet) (\\w+ ){0,5}(wel zitten|zitten|wat in|iets in|potentieel|kansen|mogelijkheden|muziek in|brood in|een match)
    (niet|geen) (afwijzend|onwelwillend|onaardig|verkeerd idee|gek idee|slecht idee|onlogisch|oninteressant|onbelangrijk|mis|vies van|gek|slecht|verkeerd)( .*)?
    (nieuwsgierig|interesse|aandacht|belangstelling|enthousiast) (\\w+ ){0,2}(gemaakt|gewekt|getrokken|opgewekt|geprikkeld)
    (spreekt|spreken|prikkelt|trekt|triggert|boeit|intrigeert|interesseert|bevalt|wekt|raakt) (\\w+ ){0,3}(me|mij|ons|aan|wel|interesse|aandacht|nieuwsgierigheid|zeker)
    (kunnen|kan|zouden|zou) (\\w+ ){0,4}(goed gebruiken|wel gebruiken|hulp gebruiken|gebruiken|van pas|helpen|handig zijn|interessant zijn|nuttig zijn|wat zijn|iets zijn)
    (dit|dat|het|komt|is) (\\w+ ){0,5}(handig|welkom|ideaal|als geroepen|goed van pas|van pas|precies wat|een optie|de moeite|het overwegen waard|het proberen waard|interessants|op het juiste moment|goed getimed|net op tijd)
    (lopen|loop|worstelen|worstel|zoeken|zoek|kampen|zitten|hebben) (wij |we |ik )?(\\w+ ){0,3}(tegenaan|mee|al lang|al een tijd|net|juist|precies|nog iemand|inderdaad|hulp|een oplossing|ermee|hiernaar|hier naar)
    (op zoek|zoekende|zoeken) (\\w+ )?(naar|zijn|we|wij|ik) (\\w+ ){0,3}(nieuw|nieuwe|andere|partner|partij|leverancier|alternatief|zoiets|oplossing|hulp|iemand|iets)
    (aan het|zijn) (\\w+ ){0,3}(vergelijken|orienteren|rondkijken|uitkijken|offertes|kijken naar|zoeken|aan het kijken)
    (niet|minder|allesbehalve|niet zo|niet echt|niet helemaal|niet langer) (tevreden|blij|content|gelukkig) (\\w+ )?(over|met|van)
    (stopt|weg|failliet|opgezegd|loopt af|stoppen) (\\w+ ){0,3}(ermee|mee|bij) (\\w+ ){0,3}(dus|we zoeken|handig|interessant)
    # send, show, offer
    (stuur|stuurt|mail|mailt|bezorg|bezorgt|doe|maak|maakt|geef|werk|lever|zend|drop|forward|app) ((?!geen |niet |nooit )\\w+ ){0,7}(specificaties|specs|prijsopgave|offerte|voorstel|info|informatie|brochure|folder|documentatie|aanbod|aanbieding|voorbeeld\\w*|prijs|prijslijst|cijfers|link|linkje|filmpje|video|presentatie|pdf|details|demo|contract|overeenkomst|catalogus|staal|stalen|staaltjes|monster|monsters|proefpakket|uitnodiging|invite|teams|meer|materiaal|flyer|programma|deck|case|cases|portfolio|referenties|concept|begroting|kostenraming|kostenplaatje|tarieven|prijzen|rekenvoorbeeld|uitleg|opzet|inschrijfformulier|tijden|data)
    (offerte|voorstel|prijsopgave|aanbod|brochure|info|informatie|documentatie|demo|presentatie|prijslijst|voorbeelden|kostenraming|folder|catalogus) (\\w+ ){0,6}(richten|sturen|bezorgen|bezorgd|doorsturen|mailen|maken|uitwerken|opmaken|ontvangen|zien|tegemoet|toekomen|overmaken|opstellen|toesturen|opsturen|welkom|graag|krijgen|uit te brengen|uitbrengen)
    (verneem|vernemen|ontvang|ontvangen|zie|zien|krijg|krijgen|hoor|horen|lees|lezen) (\\w+ ){0,6}(beste prijs|offerte|voorstel|aanbod|prijsopgave|tegemoet|brochure|demo|mogelijkheden|meer over|meer van)
    (laat|toon|tonen) ((?!niet )\\w+ ){0,4}(zien|eens zien|horen wat|weten wanneer|weten hoe laat|weten wat)
    (heb|hebt|heeft|hebben) (je|u|jullie|ge|gij) (\\w+ ){0,6}(gaatje|tijd|plek|ruimte|plaats|plekje|moment|brochure|folder|demo|documentatie|prijslijst|materiaal|presentatie|filmpje|linkje|agenda)
    (meer|wat meer|alles|iets meer) (weten|info|informatie|horen|over|te weten|lezen|uitleg) (\\w+ ){0,4}(graag|over|wil|willen|van|weten|krijgen|ontvangen|aub|svp|welkom)?
    # a day, a call, a visit
    (wanneer|hoe laat|welke dag|waar|hoe snel) (\\w+ ){0,3}(heb je|heeft u|hebt u|hebben jullie|kan je|kun je|kunt u|kan u|kunnen jullie|ben je|bent u|schikt|past|komt|zou|zijn jullie|kunnen we|kunnen wij|kan ik|spreken we|bellen we|zien we) (\\w+ ){0,4}(tijd|langs|langskomen|vrij|beschikbaar|komen|bellen|starten|uit|goed|plaats|in de buurt|spreken|afspreken|elkaar|zien|beginnen|je|u|jullie)
    (plan|boek|prik|leg|schiet|zet|stel|regel|plannen|prikken|boeken) ((?!niet |geen )\\w+ ){0,6}(in|iets in|moment|afspraak|datum|vast|agenda|afspraakje|demo|call|meeting|gesprek|datumprikker|koffie)
    (agendalink|agenda link|calendly|boekingslink|planningslink|datumprikker|teams link|teamslink|zoom)
    (zet|schrijf|geef|noteer|meld|hou|reserveer) (mij|me|ons) (\\w+ ){0,4}(op|in|aan|voor|vrij) (de |het |een |die |jullie |uw )?(\\w+ )?(wachtlijst|gastenlijst|proeverij|webinar|sessie|deelnemers\\w*|proefles|demo|pilot|lijst voor|workshop|infoavond|opleiding|cursus|plaats|plek|plaatsen|plekken)
    (kom|komt|komen) ((?!niet |er niet )\\w+ ){0,5}(langs|kijken|binnenlopen|aanwaaien|kennismaken|voorbij|op bezoek|op de koffie|demonstreren|toelichten|uitleggen|voorstellen|kennis maken|meten|opmeten|bekijken|eens kijken)
    (kunnen|kan|mogen|mag|zullen|willen|wil|zouden|zou|wilde|laten) (we|wij|ik|jullie|je|u|dit|het|dat|graag|wel|ons|eens) (\\w+ ){0,6}(langskomen|komen kijken|bekijken|testen|uitproberen|proberen|proefdraaien|kennismaken|afspreken|samenkomen|samenzitten|samen zitten|overleggen|bellen|inplannen|videobellen|ontmoeten|doorpraten|doornemen|bespreken|demo|proefperiode|pilot|kennis maken|in gesprek|om tafel|rond de tafel|uitwisselen|verkennen|aanschuiven|meedoen|inschrijven|deelnemen|aanmelden|bestellen|starten)
    (hoe|waar) (\\w+ ){0,4}(testen|uitproberen|proberen|aanmelden|starten|bestellen|beginnen|inschrijven|activeren|aan de slag|registreren|een account)
    (om de tafel|rond de tafel|om tafel|bakje koffie|bakkie|kop koffie|tas koffie|kopje koffie|koffie drinken|lunchen|half uurtje|kwartiertje|uurtje|videocall|teams|teamscall|google meet|zoom|belafspraak|kennismakingsgesprek|verkennend gesprek|orienterend gesprek|proefles|proefrit|proefplaatsing|rondleiding) (\\w+ ){0,6}(prima|goed|graag|zeker|is|kan|past|om|op|wel|lijkt|drinken|maandag|dinsdag|woensdag|donderdag|vrijdag|volgende week|morgen|lukt|leuk)
    (graag|gaarne|wil|willen|zin in|leuk) (\\w+ ){0,5}(verkennend|orienterend|kennismakingsgesprek|belafspraak|rondleiding|proefperiode|proefrit|proefles|gesprek|demo|overleg|sparren|samenkomst|bezoek|meedoen|deelnemen|inschrijven|uitnodiging|afspraak)
    (bel|belt|bellen|app|sms) ((?!niet |geen |nooit )\\w+ ){0,6}(<phone>|op|om|na \\d+|voor \\d+|tussen|maar|gerust|s avonds|s ochtends|smorgens|savonds|in de namiddag|overdag|even|eens)
    (bereik|bereiken|bereikbaar|spreken|te spreken) (\\w+ ){0,6}(op|via|na|tussen|tot|voor|de hele|elke|altijd|<phone>) .*
    (maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|morgen|overmorgen|vanmiddag|vanavond|morgenvroeg) (\\w+ )?(om |rond |tussen |na |voor |tegen |vanaf )?(\\d+([.:]\\d+)?|half|tien|elf|twee|drie|vier|negen|acht|een) ?(uur|u|h|\\d\\d|en|of|\\w+ uur)?
    # agreed
    (vervolgstap|vervolgstappen|volgende stap|volgende stappen|vervolg|hoe nu verder|hoe verder)
    (bijpraten|bij te praten|bijkletsen) .*
    (wil|willen) (ik |we |wij )?(dat |dit |het )?(\\w+ )?(weleens|wel eens|eens) (\\w+ ){0,4}(zien|weten|horen|proberen|bekijken|voelen|meemaken)
    (is|zijn) (\\w+ )?(positief|enthousiast|voorstander|om|akkoord)
    (je|u|jullie) (hebt|heb|heeft) (\\w+ )?een punt
    (kom|komt|kan|kun|kunt|kunde|wil) (je|ge|gij|u|jullie)? ?(\\w+ ){0,3}(afkomen|af|zien|eens zien|opmeten|prijs (komen )?maken|voor prijs)
    (mijn|onze) (interesse|aandacht|nieuwsgierigheid|belangstelling) (heb|hebt|heeft|is|hebben) (je|u|jullie|gewekt)?
    (schrijf|zet|meld|noteer) (ons|mij|me) (maar |gerust |alvast )?(in|aan|erbij|op)( .*)?$
    (graag|heel graag|met) (spoed|zo snel mogelijk|snel|een snelle)
    (nemen|neem|aanvaarden|aanvaard) (wij |we |ik )?(\\w+ ){0,5}(gaarne|graag|met plezier) (\\w+ )?(aan|aanvaard)?
    kijken kost niks
    (doe|doen) (ik |we |wij )?(\\w+ )?mee
    (nodigt|nodigen|nodig) (u|je|jullie) (\\w+ ){0,3}uit
    (graag|neem|zet|geef) (\\w+ ){0,2}(optie|reservering|offerte voor \\d+)
    (met|een) (\\w+ )?(belangstelling|interesse|plezier) (kennisgenomen|gelezen|bekeken|kennis genomen)
    ^(is goed|is prima|dat is prima|dat is goed|is akkoord|afgesproken)
    (is prima|is goed)$
    (komt in orde|in orde voor|geen probleem|doen we|ga akkoord|gaan akkoord|akkoord|tot dan|tot maandag|tot dinsdag|tot woensdag|tot donderdag|tot vrijdag|zie je dan|ben erbij|doe mee|doen mee|zijn erbij|count me in|gaan ervoor|laten we het doen|laten we dat doen|ik ben voor|wij zijn voor|helemaal goed|top idee|kom maar door|kom maar op|doe maar|ga ervoor|maar doen|bestel|bestellen wij|tekenen we|mag je inplannen|graag zelfs|zeg maar wanneer|vertel me|vertel eens|vertel maar|vertel$|laat maar komen|laat eens|hoor graag|horen graag|hoor het graag|ik hoor het|verder praten|verder bespreken|vervolgafspraak|volgende stap)
  `,
  hint: `
    (graag|interessant|leuk|mooi|prima|benieuwd|nieuwsgierig|welkom|akkoord|afspraak|koffie|maandag|dinsdag|woensdag|donderdag|vrijdag|morgen|volgende week|<phone>)
    (meer (info|informatie|weten)|bellen|langs)
  `,
};
