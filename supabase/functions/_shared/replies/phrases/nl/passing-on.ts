// Dutch: points to somebody else, or is not the one who is looked for.
import type { PhraseText } from '../../phrases.ts';

/** Whom an organisation may have for such things, as one word. */
const role =
  '(collega|collegas|baas|chef|cheffin|directeur|directrice|directie|vennoot|compagnon|zakenpartner|opvolger|opvolgster|vervanger|vervangster|man|vrouw|partner|echtgenoot|echtgenote|manager|\\w+manager|broer|zus|zoon|dochter|vader|moeder|schoonzoon|schoonvader|afdeling|team|inkoper|inkoopster|inkoop|inkoopafdeling|aankoop|aankoper|aankoopster|aankoopdienst|aankoopafdeling|aankoopverantwoordelijke|hr|hrm|p&o|personeelszaken|personeelsdienst|secretariaat|secretaresse|secretaris|penningmeester|voorzitter|hoofdkantoor|hoofdzetel|hoofdvestiging|hoofdbureau|moederbedrijf|moedermaatschappij|accountant|boekhouder|boekhoudster|boekhouding|eigenaar|eigenares|zaakvoerder|zaakvoerster|bestuurder|verhuurder|administratie|marketing|marketingafdeling|marketingteam|marketingdienst|communicatie|communicatieafdeling|communicatiedienst|communicatiemedewerker|bestuur|vve|syndicus|gemeente|leidinggevende|verantwoordelijke|\\w+verantwoordelijke|beheerder|\\w+beheerder|teamleider|teamleidster|afdelingshoofd|diensthoofd|zwager|schoonzus|neef|nicht|ict|ict\\w+|ictafdeling|it|it\\w+|facilitair|facilitaire dienst|facility|holding|franchisenemer|franchisegever|franchiseorganisatie|dienst|\\w+dienst|planner|planning|coordinator|coordinatrice|\\w+coordinator|bedrijfsleider|bedrijfsleidster|filiaalmanager|vestigingsmanager|winkelmanager|regiomanager|officemanager|praktijkmanager|praktijkhouder|projectleider|adviseur|financieel directeur|controller|hoofd \\w+|kwaliteitsmanager|kok|chefkok|huismeester|conducteur|rector|conrector|schoolhoofd|intern begeleider|juf|meester|stafmedewerker|beleidsmedewerker|medewerker|medewerkster|koepel|koepelorganisatie|webbouwer|architect|preventieadviseur|vakgroep|werkgroep|commissie|raad|stichting|kantoor in \\w+|vestiging in \\w+|vertegenwoordiger|rentmeester|curator|contactpersoon|aanspreekpunt|ceo|cfo|cto|cmo|coo|receptie|balie|front office|backoffice|klantenservice|stagebegeleider)';
const who =
  `((mijn|m'n|me|onze|ons|de|het|een|haar|hun|zijn) (nieuwe |andere |huidige |eigen |algemene? |externe |centrale |technische |commerciele? |financiele? |juridische |regionale )?(\\w+ )?)?${role}`;
const someone =
  `(<name>|<mail>|((de heer|heer|dhr|mevrouw|mevr|mw|meneer|juf|meester|dr|ing|pater|zuster) )<name>|${who})`;

export const referral: PhraseText = {
  sure: `
    (neem|neemt|gelieve|graag|contact|mail|bel|benader|vraag|probeer|richt|wend|spreek|contacteer|schrijf|informeer|stuur|app|overleg|ga|klop|mailen|bellen|contacteren|vragen|richten|wenden|sturen|terecht|aankloppen|beter|best|moet|moeten|schakel|benaderen) (.. )?(contact op )?(het |dit |dat |u |je |eens |maar |even |hiervoor |daarvoor |beter |gerust |aan |met |bij |naar |via |tot |zich )*(mijn|m'n|me|onze|ons|de|het|hun|haar|zijn) (nieuwe |andere |huidige )?(\\w+ )?(collega|collegae?s?|baas|chef|directeur|directrice|vennoot|compagnon|zakenpartner|opvolger|opvolgster|man|vrouw|partner|manager|broer|zus|zoon|dochter|vader|moeder|afdeling|team|inkoper|inkoop|hr|personeelszaken|personeelsdienst|secretariaat|hoofdkantoor|accountant|boekhouder|eigenaar|verhuurder|administratie|marketing\\w*|directie|bestuur|vve|gemeente|leidinggevende|verantwoordelijke|beheerder|teamleider|zwager|neef|nicht|ict\\w*|it\\w*|facilitair\\w*|holding|franchise\\w*|aankoopdienst|dienst)
    (neem|neemt|gelieve|graag|contact|mail|bel|benader|vraag|probeer|richt|wend|spreek|contacteer|schrijf|informeer|stuur|app|overleg|mailen|contact op|contacteren|vragen|richten|wenden|sturen|terecht|aankloppen|benaderen) (.. )?(aan|met|bij|naar|via|tot|eens|maar|even|beter|gerust|het) (<name>|<mail>|(de heer|dhr|mevrouw|mevr|mw|heer) <name>)
    (mail|bel|vraag|probeer|benader|contacteer|spreek|app) (maar |even |eens |gerust |beter )*(<name>|<mail>|(de heer|dhr|mevrouw|mevr|mw) <name>)
    (doorgestuurd|doorgezet|doorgegeven|doorgemaild|doorgespeeld|doorverwezen|doorgeleid|overgedragen) (aan|naar|bij|intern)?
    (stuur|zet|geef|speel|mail|leid|stuurde|zette|gaf) (het|dit|je|uw|jouw|de|hem|deze|dat)( .. )?(door|verder)( aan| naar)?
    (door te sturen|doorsturen|doorzetten|doorgeven|doorspelen) (aan|naar) (<name>|mijn|onze|de)
    (moet|kunt|kan|kun|mag|moeten|dien|dient|zou|best|beter) (je|u|jij|jullie|ge)? ?(.. )?(bij|met|aan|via) .. (zijn|wezen|terecht|spreken|hebben|contacteren|wenden|vragen|overleggen|aankloppen)
    (moet|moeten) (je|u|jij|jullie|ge) (echt |eigenlijk )?(bij|de|mijn|onze|<name>) .. (zijn|wezen|hebben|spreken|terecht|<name>|<mail>)
    (hiervoor|daarvoor|daar|hier) .. (bij|met|aan) .. (zijn|terecht|wezen)
    (<name>|collega|directeur|baas|chef|man|vrouw|broer|zus|zoon|dochter|opvolger|opvolgster|compagnon|vennoot|afdeling|team|inkoper|hr|hoofdkantoor|accountant|vve|directie|bestuur|secretariaat|neef|zwager|vader|rentmeester|beheerder|manager|inkoop|zij|hij|die|marketing\\w*|eigenaar|boekhouder|leidinggevende) (\\w+ )?(\\w+ )?(gaat over|gaat hierover|gaat daarover|gaat er over|gaat hier over|over gaat|gaat daar over|is verantwoordelijk|is hiervoor|is daarvoor|regelt|beslist|beheert|doet (dit|dat|hier|al|alle|de)|behandelt|coordineert|is de (juiste|aangewezen|beste)|heeft dit|weet hier|bepaalt|handelt|verzorgt|houdt zich|volgt dit|koopt)
    (dat|dit|zoiets|zulks|die zaken) (doet|regelt|beslist|loopt|gaat|wordt|ligt|behandelt|valt|verloopt) ((?!niet |geen )\\w+ ){0,4}(via|bij|door|onder) (<name>|mijn|m'n|onze|ons|de|het|hr|hoofdkantoor|haar|hem)
    (dat|dit) (doet|regelt|beslist|beheert) (<name>|mijn|m'n|me|onze|ons|de|het|mevrouw|mevr|meneer|dhr|hr)
    (juiste|beste|aangewezen|goede|bevoegde) (contactpersoon|persoon|aanspreekpunt|adres|man|vrouw|afdeling) .. (is|hiervoor|daarvoor|voor)( .. )?(<name>|<mail>|mijn|onze|de|is)
    (contactpersoon|aanspreekpunt) (hiervoor |daarvoor |voor .. )?is
    (mijn|m'n|de) (opvolger|opvolgster|vervanger|vervangster)
    (heeft|hebben) mijn (functie|taken|rol|werk|job|plaats|werkzaamheden) overgenomen
    (in|op) (de |mijn )?(cc|kopie)( .. )?(<name>|collega|gezet|staat|die|meegenomen|genomen)
    (zeg|zeggen|vertel) (maar |gerust )?dat (je|u|ik|het) .. (mij|gestuurd|komt|kom|ik)
    (mijn naam|naar mij) .. (noemen|vermelden|verwijzen|gebruiken)
    (is te bereiken|bereikbaar|te bereiken) (op|via|onder)? ?(<phone>|<mail>)
    (hij|zij|ze|die) (gaat|beslist|regelt|neemt|doet|beheert|behandelt) .. (contact|over|dit|dat|hierover|zulke|dergelijke|alles|zelf)
    (breng|brengen) .. in contact
    (u|je) (kunt|kan|kun) terecht
    # it is with somebody else
    (gaat|beslist|beslissen|regelt|doet|beheert|zit|behandelt|bepaalt|coordineert|zorgt) ${someone} (\\w+ )?(over|daarover|hierover|ervan|daarvan|erover|dat|dit|daarvoor|altijd)?$
    (daar|hier|dit|dat|zulke zaken|dit soort zaken|dit soort dingen|zoiets|alles|die zaken|dergelijke zaken|beslissingen|aankopen|inkoop|marketing|personeel|onderhoud|ict|it|financien|contracten|opleidingen|reclame|communicatie|website|social media) ((?!niet |geen |nooit |nie )\\w+ ){0,4}(gaat|beslist|beslissen|regelt|regelen|doet|doen|beheert|zit|ligt|loopt|lopen|valt|hoort|verloopt|behandelt|behoort|wordt|worden|gebeurt|belandt) ((?!niet |geen |nooit |nie )\\w+ ){0,5}(bij|onder|via|door|naar|aan|met|over|in handen van|toe aan)? ?${someone}
    (ligt|zit|loopt|lopen|valt|hoort|thuis|verloopt|gebeurt|geregeld|beslist|bepaald|behandeld|beheerd|gedaan|ingekocht|aangekocht|afgehandeld|uitbesteed|berust|in handen|in beheer|ondergebracht|belegd) ((?!niet |geen |nooit |nie )\\w+ ){0,3}(bij|onder|via|door|van|aan) ((?!niet |geen |nooit |nie )\\w+ ){0,2}${who}
    (ligt|zit|loopt|lopen|valt|verloopt|gebeurt|wordt|worden|is) ((?!niet |geen |nooit |nie )\\w+ ){0,5}(centraal|extern|landelijk|regionaal|hogerhand|op groepsniveau|op hoofdkantoor) (\\w+ )?(geregeld|beslist|bepaald|ingekocht|aangestuurd|beheerd|bekeken|gedaan|afgehandeld|georganiseerd)
    (in handen van|in beheer bij|uitbesteed aan|ondergebracht bij|uit handen gegeven aan|verantwoordelijkheid van|beslissing van|pakkie an van|domein van|terrein van|winkel van|ding van|werk van|taak van) ((?!niet |geen |nooit |nie )\\w+ ){0,2}${someone}
    (wordt|worden|werd) (\\w+ ){0,4}door (de |het |onze |ons |een )?(<name>|\\w+commissie|${role}) (\\w+ ){0,3}(geregeld|georganiseerd|beslist|beheerd|gedaan|verzorgd|ingekocht|behandeld|bepaald|opgepakt|bekeken|opgevolgd)
    # passed on
    (zal|ga|laat|wil) (ik )?(het |dit |de |je |uw |jouw |deze )*(\\w+ )?(hem|haar|hen|<name>|${who}) (\\w+ ){0,4}(laten zien|zien|lezen|voorleggen|doorsturen|geven|vragen|informeren|bezorgen|doorgeven|weten)
    (in|op) (de |mijn |onze )?(cc|kopie|bcc)$
    (kan|kunnen|zal|zullen|weet|weten) (u|je|jou|jullie) (\\w+ ){0,5}(meer over vertellen|vertellen|te woord staan|inlichten|verder helpen|verder mee helpen|alles over vertellen)
    (doorgestuurd|doorgezet|doorgegeven|doorgemaild|doorgespeeld|doorverwezen|doorgeleid|overgedragen|overgemaakt|overhandigd|voorgelegd|neergelegd|gedeeld|gedeponeerd|aangekaart|geforward|doorgeschoten|doorgeschoven|onder de aandacht gebracht|op het bureau gelegd|ingelicht|op de hoogte gebracht|getipt|gewezen op) ((?!niet |geen |nooit |nie )\\w+ ){0,5}(aan|bij|naar|met|van)? ?${someone}
    (heb|hebben|is|wordt|werd|zal|ga|gaan|laat|wil) ((?!niet |geen |nooit |nie )\\w+ ){0,8}(doorgestuurd|doorgezet|doorgegeven|doorgemaild|doorgespeeld|doorgeleid|overgedragen|overgemaakt|voorgelegd|neergelegd|geforward|doorgeschoven|getipt|onder de aandacht gebracht|intern uitgezet|intern gedeeld|ter behandeling|doorsturen|doorgeven|doorspelen|doorzetten|doormailen|voorleggen|forwarden|intern uitzetten|overmaken aan|bezorgen aan|laten weten aan)
    (stuur|zet|geef|speel|mail|leid|leg|schuif|forward|laat) (ik |we |wij )?(het |dit |je |uw |jouw |de |deze |dat |even |wel |eens |graag |meteen |\\w+ ){0,5}(door|voor aan|verder aan|weten aan|zien aan|over aan|aan <name>|lezen aan)
    (leg|laat|zal|ga) (ik )?((?!niet |geen |nooit |nie )\\w+ ){0,6}(voor|lezen|zien|weten) (aan|bij) ${someone}
    (heb|hebben) (\\w+ ){0,4}(groepsapp|appgroep|teamoverleg|overleg|teams|slack) (\\w+ )?(gegooid|gezet|gedeeld|gelegd)
    (<name>|${who}|hij|zij|die) (\\w+ ){0,3}(neemt|nemen) (\\w+ ){0,3}(verder op|verder|over|op)
    (hoor|horen) (je|u|jullie) (\\w+ )?van (hem|haar|hen|<name>)
    (zal|zult|zul|ga|gaat) (\\w+ ){0,3}van (hem|haar|hen) horen
    (geef|bezorg|stuur|mail) (ik )?(je|uw|jouw|de|het) (\\w+ )?(mail|bericht|gegevens|nummer) (\\w+ )?(aan|door aan) (haar|hem|hen|<name>|${who})
    (doorgezonden|ter kennisname|ter behandeling) (\\w+ ){0,3}aan .*
    # whom to write
    (neem|neemt|gelieve|mail|bel|benader|vraag|probeer|richt|wend|spreek|contacteer|schrijf|informeer|stuur|app|overleg|check|klop|ga|mailen|bellen|contacteren|vragen|richten|wenden|sturen|benaderen|aankloppen|terecht|bericht|whatsapp) ((?!niet |geen |nooit |nie )\\w+ ){0,6}(met|bij|naar|aan|via|tot|op) ((?!niet |geen |nooit |nie )\\w+ ){0,2}${someone}
    (mail|bel|vraag|probeer|benader|contacteer|spreek|app|whatsapp|bericht|email|check) ((?!niet |geen |nooit |nie )\\w+ ){0,3}(<name>|<mail>|hem|haar) ((?!niet |geen |nooit |nie )\\w+ ){0,3}(maar|eens|even|rechtstreeks|gerust|aan|van|op|<phone>|<mail>|over|hierover|daarover|hiervoor|daarvoor)
    (mail|bel|vraag|app|contacteer|benader|vraag het|probeer) (hem|haar|hen|ze) ((?!niet |geen |nooit |nie )\\w+ ){0,3}(maar|eens|even|rechtstreeks|gerust|<phone>|<mail>)
    (moet|moeten|kunt|kan|kun|mag|dient|dien|gelieve|best|beter) (je|u|jij|jullie|ge|gij)? ?((?!niet |geen |nooit |nie )\\w+ ){0,5}(<name>|${who}) (\\w+ )?(hebben|contacteren|bellen|mailen|aanspreken|spreken|vragen|benaderen|aanschrijven|raadplegen|opnemen|wenden|richten)
    (verdere|alle) (briefwisseling|correspondentie|communicatie|vragen) ((?!niet |geen |nooit |nie )\\w+ ){0,5}(richten|sturen|via|aan|naar)
    # who it is
    (<name>|hij|zij|ze|die|deze|collega|vrouw|man|mail|nummer|persoon|contactpersoon|directeur|manager) ((?!niet |geen |nooit |nie )\\w+ ){0,3}(volgt dit op|pakt dit op|pakken het op|pakt het op|neemt dit op|gaat hierover|gaat daarover|gaat erover|weet hier meer|weet er meer|weet daar meer|weet hier alles|weet er alles|kan je (\\w+ )?verder helpen|kan u (\\w+ )?verder helpen|helpt je (\\w+ )?verder|helpt u (\\w+ )?verder|staat (\\w+ )?klaar|neemt ((?!niet |geen |nooit |nie )\\w+ ){0,3}contact|beslist daarover|beslist hierover|beslist erover|is (\\w+ )?(je|de|uw|jouw|onze) (man|vrouw|contact\\w*|aanspreekpunt|gesprekspartner|verantwoordelijke|persoon)|is de persoon|is degene|is diegene|is beter geplaatst|is beter|zit op die plek|zit op die stoel|zit nu op|zit daar nu|is in kopie|staat in kopie|staat in cc|leest mee|doet de|doet het|doet dat|doet dit|regelt dat|regelt de|regelt dit|regelt het|koopt in|houdt zich (\\w+ )?bezig|buigt zich|neemt het over|neemt dit over|heeft ((?!niet |geen |nooit |nie )\\w+ ){0,3}overgenomen|beheert|coordineert|verzorgt)
    (contactpersoon|aanspreekpunt|opvolger|opvolgster|vervanger|vervangster|verantwoordelijke|directeur|manager|eigenaar|beslisser|zaakvoerder|\\w+manager|\\w+verantwoordelijke|persoon die \\w+ zoekt) ((?!niet |geen |nooit |nie )\\w+ ){0,4}(is|heet|wordt|:) ((?!niet |geen |nooit |nie )\\w+ ){0,2}(<name>|<mail>)
    (<name>|<mail>) ((?!niet |geen |nooit |nie )\\w+ ){0,4}(is het adres|is (het |de )?(juiste|beste|goede)|moet je hebben|is wie je|is het (mail)?adres|voor dit soort)
    (heet|genaamd|te weten|namelijk|zijnde) <name> ((?!niet |geen |nooit |nie )\\w+ ){0,4}(<mail>|<phone>|is|mail|nummer|bereikbaar)
    (zijn|haar|hun|diens|het) (\\w+ )?(mail|mailadres|nummer|gsm|mobiel|telefoonnummer|adres|06|toestel) ((?!niet |geen |nooit |nie )\\w+ ){0,4}(<mail>|<phone>|is|mag je hebben|hieronder|krijg|vind)
    (nummer|gsm|mobiel|tel|bereiken|toestel|telefoonnummer|mailadres) ((?!niet |geen |nooit |nie )\\w+ ){0,3}(van|voor) (<name>|${who})
    (functie|taken|rol|werk|job|plaats|werkzaamheden|zaak|portefeuille|praktijk|dossier|dossiers|bedrijf|stokje) ((?!niet |geen |nooit |nie )\\w+ ){0,4}(overgenomen|overgedragen|overgegeven|doorgegeven|overgelaten) (\\w+ )?(door|aan|van) ${someone}
    (<name>|${who}) (\\w+ )?(heeft|hebben|nam|neemt) ((?!niet |geen |nooit |nie )\\w+ ){0,5}(overgenomen|over van mij|over)
    (opgevolgd|vervangen|waargenomen) (\\w+ )?(door) (<name>|${who})
    (in|op) (de |mijn |onze )?(cc|kopie|bcc) ((?!niet |geen |nooit |nie )\\w+ ){0,3}(<name>|collega|gezet|staat|die|meegenomen|genomen|zodat|bij|voor|<mail>)
    ^(cc|in cc|in kopie|kopie aan|fwd|ik cc|ik zet) ((?!niet |geen |nooit |nie )\\w+ ){0,2}(<name>|<mail>|${who})
    (zet|neem|voeg|betrek|heb) ((?!niet |geen |nooit |nie )\\w+ ){0,5}(<name>|${who}|hem|haar) ((?!niet |geen |nooit |nie )\\w+ ){0,3}(in cc|in de cc|in kopie|mee in|toe aan|in copy|in de mail|in deze mail|op cc)
    (breng|brengen|koppel|linken|link) ((?!niet |geen |nooit |nie )\\w+ ){0,4}(in contact|aan elkaar|aan <name>|door aan)
    (hij|zij|ze|die|<name>|${who}) (\\w+ ){0,2}(neemt|nemen|zal|zullen|gaat|gaan|pakt|pakken) (\\w+ ){0,3}(contact (\\w+ ){0,3}op|contact opnemen|oppakken|verder helpen)
    (als|indien|bij) ((?!niet |geen |nooit |nie )\\w+ ){0,3}(past|interesse|interessant|interessant vindt|iets in ziet|iets in zien|iets is) ((?!niet |geen |nooit |nie )\\w+ ){0,3}(hoor|hoort|neemt|nemen|reageert|laat) ((?!niet |geen |nooit |nie )\\w+ ){0,3}(hem|haar|<name>|contact|hij|zij|van)
    <mail> ((?!niet |geen |nooit |nie )\\w+ ){0,3}(gaat|is|kan|weet|regelt|voor|daar|beheert|helpt)
    (stuur|mail|richt|adresseer) ((?!niet |geen |nooit |nie )\\w+ ){0,5}(naar|aan) (info|inkoop|marketing|hr|facilitair|aankoop|ict|directie|communicatie|administratie|<mail>|inkoop@\\S+)
  `,
  hint: `
    <mail>
    (in|op) (de )?(cc|kopie)
    (vraag|mail|bel|probeer) (maar |eens |even )?(<name>|bij|aan)
    (collega|opvolger|opvolgster|directeur) .. (over|hiervoor|hiermee)
  `,
};

export const wrongPerson: PhraseText = {
  sure: `
    al (\\w+ )?(\\w+ )?(jaar|jaren|maanden|lang|tijden|lange tijd|een tijdje) niet meer
    (overleden|gestorven|wijlen)
    (is|zijn) (.. )?niet (meer )?(van (mij|ons)|mijn bedrijf|ons bedrijf)
    dit is (het |een )?(mail)?(adres|mailadres|postvak) van
    (verkeerde|foute|onjuiste|foutieve) (persoon|adres|bedrijf|afdeling|mail|man|vrouw|mailadres|iemand|contactpersoon|kantoor|<name>|firma|nummer|deur|mailbox|organisatie|school|club|zaak|geadresseerde|ontvanger|plaats|filiaal|vestiging|branche|figuur|bij)
    ^(verkeerde|foute|foutje) <name>
    (aan|bij|naar|tot) (het|de|een) (verkeerde|foute|verkeerd|fout|andere)
    (verkeerd|fout) (verbonden|bezorgd|adres|terechtgekomen|gericht|beland|geadresseerd|uitgekomen|hier|bij mij)
    (niet|geen) (echt |helemaal |meer |hier |hiervoor |daarvoor |voor dit )*(de|het|een|diegene|degene) (juiste|goede|geschikte|aangewezen|bevoegde|correcte)( .. )?(persoon|contact\\w*|adres|aanspreekpunt|afdeling|man|vrouw|iemand|ontvanger|gesprekspartner|bedrijf|hiervoor|daarvoor|die)?
    (niet|geen) (degene|diegene|de persoon|de man|de vrouw) die
    (ga|gaan|gaat) (hier|daar|er|ik|mij|daar zelf|hier zelf)( .. )?niet over
    (niet|nix|nie|niks|niets|helemaal niets|weinig) .. (over ga|mee te maken|mee van doen|van doen|te maken|te doen met|te zeggen|over te zeggen|verantwoordelijk|mee bezig|in te beslissen|te beslissen|bevoegd|over beslis)
    (niks|niets|geen) (meer )?(met|hiermee|mee|daarmee) .. (te maken|van doen|bezig)
    (niet|geen) .. (mijn|onze|m'n|zijn) (afdeling|verantwoordelijkheid|taak|terrein|vakgebied|werk|domein|bevoegdheid|pakkie an|portefeuille|functie|beslissing|tak)
    (niet|geen|niet langer|nie) (meer )?(werkzaam|in dienst|actief|verbonden|betrokken|verantwoordelijk|bevoegd|werken|eigenaar|de eigenaar|aangesloten|aan de slag|in functie|beslissingsbevoegd|tewerkgesteld)
    (werk|werkt|werkte) (hier|daar|er|al|sinds|ik|inmiddels|daar al|bij|niet|reeds|nu)( .. )?(niet|geen|elders|ergens anders)( meer)?
    (niet meer|niet langer|geen) .. (bij (<name>|dit|dat|het|de|deze) .*|in (dat|dit|de) bedrijf|eigenaar|in de zaak)
    (met|sinds|in|op|mijn|vroeg) (vervroegd )?(pensioen|vut|prepensioen)
    (gepensioneerd|gepensioneerde|met brugpensioen|op rust|rentenier)
    (verwar|verwart|verwarren|verwarring|verwarde|verwisselt|verwisseld|vergist|vergissing|vergissen|haalt .. door elkaar|verwarren|persoonsverwisseling)
    (zelfde|dezelfde|gelijke|gelijkaardige|gelijkluidende|zowat dezelfde) (naam|namen|achternaam|bedrijfsnaam)
    (gelijknamig|gelijknamige|naamgenoot|naamgenote)
    (zijn|is|ben|betreft|zoekt|zoek|bedoelt|bedoel|bestemd voor|bedoeld voor|hoort bij|werkt bij|gaat over|moet) (\\w+ ){0,4}(ander|andere) (bedrijf|firma|persoon|organisatie|zaak|vestiging|vereniging|school|<name>|jansen|iemand|kantoor)
    (u|je|jullie|jij) (zoekt|zoek|bedoelt|bedoel|zoeken|bedoelen) (waarschijnlijk|vermoedelijk|denk ik|wellicht|misschien|vast|allicht|zeker|blijkbaar|wrsl|iemand|een|de|het)
    (per|bij) (ongeluk|abuis|vergissing|toeval) .*
    (abusievelijk|ten onrechte)
    (niet|nooit) (voor (mij|ons) bestemd|aan mij gericht|aan ons gericht|voor mij bedoeld|voor ons bedoeld|bij mij|mij)
    (heb|hebben|bezit|run|beheer|had) (hier |ik |wij |we |zelf |helemaal |immers |toch |ook |al jaren |gewoon )*(geen|nooit een) (\\w+ )?(bedrijf|zaak|winkel|restaurant|praktijk|hotel|kantoor|personeel|camping|wagenpark|werknemers|magazijn|onderneming|website|pand|eigen|huurders|kliniek|webshop|boerderij|school|garage|salon|clienten|patienten|leerlingen|gasten|vergunning|invloed|inspraak|zeggenschap)
    (ben|was|zijn) (hier |ik |zelf |maar |slechts |gewoon |alleen |enkel |pas |nog |al |ook )*(maar|slechts|gewoon|enkel|alleen|nog) (de|een|het|aan|in|hier|student|stagiair\\w*|vrijwilliger|uitzendkracht)
    ben (hier |maar |nog |zelf |een |de |gewoon |slechts )*(student|studente|stagiair|stagiaire|particulier|vrijwilliger|uitzendkracht|chauffeur|schoonmaker|conciergee?|receptioniste?|werknemer|gepensioneerd|scholier|jobstudent|vakantiekracht|invalkracht|portier|verpleegkundige|docent|leerkracht|huurder|bewoner|prive\\w*|tuinman|kok|ober)
    (bedrijf|zaak|winkel|restaurant|hotel|garage|firma|praktijk|onderneming|cafe|kapsalon|salon|pand|camping|boerderij|kantoor|webshop|we|wij|alles|hem|tent|boel) .. (verkocht|gesloten|gestopt|opgeheven|failliet|overgedragen|opgedoekt|overgenomen|beeindigd|stopgezet|gestaakt|dicht sinds|overgelaten)(?! (tot|van|vanaf|wegens|op|deze|i v m|ivm|in verband) )
    (verkocht|failliet|opgeheven|stopgezet|opgedoekt|overgelaten)
    (ken|kennen) (hier |ik |wij |we )*(niemand|geen) .*
    (er )?(werkt|zit|is|bestaat|woont) (hier |er |bij ons |momenteel )*(niemand|geen) .. (die|naam|met|genaamd|zo|heet)
    (prive|persoonlijk) ?(adres|mailadres|persoon|mail|mailbox)
    (zijn|is|ben) (wij |ik |we |dit |hier )*(helemaal )?(geen|niet de|niet het) (hotel|restaurant|bedrijf|school|kliniek|winkel|makelaar\\w*|aannemer|verhuurder|bouwbedrijf|eigenaar|beslisser|gemeente|kantoor|kinderopvang|zorginstelling|werkgever|ondernemer|webshop|juiste|beslissingsnemer)
    (weet|wist) (ook |ik |eigenlijk |zelf |niet |echt )*niet (wie|waarom|hoe) .. (dat|dit|ik|wel|mij|hier|daar|u|je|jullie)
    (gaan|gaat|ga|zijn) (helemaal |wij |we |hier |ook |toch )*(niet) (verhuizen|verbouwen|uitbreiden|openen)
    (andere|nieuwe) (baan|job|werkgever|functie) (nu|inmiddels|sinds|elders|gevonden|en)
    (van|naar) (baan|werkgever|job) (veranderd|gewisseld)
    (ben|bent) (u|je|jullie)?( dus| hier| echt)* (bij|aan) (de|het) (verkeerde|verkeerd|foute)
    (moet|had) (je|u) (toch |dan |in )*(in|naar) .* (zijn|moeten zijn|wezen)
    (buiten|niet binnen) mijn (bevoegdheid|functie|taken\\w*)
    # gone
    (rol|functie|taak|baan|zaak|dossier) (\\w+ ){0,3}(niet meer|niet van mij|niet van ons|niet mijn)
    mijn ex .*
    (geen|niet) (\\w+ ){0,3}(winkel|zaak|praktijk|bedrijf|camping) meer
    (onteigend|afgebrand|gesloopt|teruggegeven|overgegaan naar) .*
    gebeurt (wel )?(vaker|regelmatig)
    van (functie|job|baan|werk|dienst|afdeling) (gewisseld|veranderd)
    (volg|volgen|beheer|doe) (ik |wij )?(dit|dat|deze|die) (\\w+ ){0,2}niet (meer|langer)( .*)?
    (denk|vermoed|gok|neem aan) (\\w+ )?(dat|u|je) (\\w+ ){0,7}(verderop|om de hoek|hiernaast|naast ons|aan de overkant|bedoelt|bedoelde|zoekt|nodig hebt)
    (was|ben) (hier |er |ik )?(\\w+ )?(gewoon|maar|slechts|alleen) (de|een) .*
    (noch|niet) (bevoegd|deskundig|gemachtigd|geschikt) .*
    (krijgen|ontvangen|krijg) (wij |we |ik )?(vaker|wel vaker|vaak|regelmatig) (hun|zijn|haar|jullie|diens) (post|mail|mails|telefoontjes)
    (u|je|jullie) (mailt|schrijft|belt|mail|schrijf) (nu |hier )?(naar|met) (de|het|een) .*
    (is|werd) (\\w+ ){0,3}overleden
    (overgedaan|overgelaten|aan de wilgen|verkocht aan|overgedragen aan) .*
    (zat|zit|deed|werkte|had) (ik )?(\\w+ ){0,2}(vroeger|voorheen|ooit|destijds) .*
    (tegenwoordig|inmiddels|nu) (doe|zit|werk|ben) ik (\\w+ ){0,3}(iets anders|wat anders|kwaliteit|ander|andere|elders)
    (adres|nummer|mailadres|mailbox|mail|postvak) (\\w+ )?(is|was|hoort|behoort) (\\w+ ){0,2}(van|bij|toe aan|aan) (mijn|onze|een|de|het|iemand) .*
    (klopt|kloppen) (\\w+ )?(je|uw|jullie|de) (lijst|gegevens|bestand|database|informatie) (\\w+ )?(niet)?
    (je|uw|jullie|de) (lijst|gegevens|bestand|database|informatie) (klopt|kloppen|is verouderd|zijn verouderd|deugt|deugen)
    hoe (kom|komt) (u|je|jullie|ge) er(bij| bij) dat .*
    (mandaat|termijn|bestuurstermijn|benoeming|aanstelling|opdracht) (\\w+ ){0,6}(geeindigd|beeindigd|afgelopen|verstreken|verlopen|ten einde|neergelegd)
    (geen|weinig) (\\w+ )?verstand van
    (is|zijn|ben) (\\w+ ){0,4}(al |reeds )?(\\w+ ){0,2}(weg|vertrokken|weggegaan|gestopt|met pensioen|op pensioen|ontslagen|uit dienst|verhuisd naar)
    (ben|is|zijn) (\\w+ ){0,6}(gestopt|mee gestopt|opgehouden|opgestapt|afgezwaaid|weggegaan|vertrokken|teruggetreden|uitgeschreven uit)( .*)?$
    (bestaat|bestaan) (\\w+ ){0,3}niet (meer|langer)
    (lang|jaren|jaar) geleden (\\w+ ){0,4}(dat|gestopt|weg|vertrokken|verkocht|verlaten|gewerkt)
    (vroeger|ooit|destijds|voorheen|in een vorig leven|in het verleden|jaren geleden|indertijd) (\\w+ ){0,6}(gewerkt|functie|baan|mijn|van mij|daar|lid|eigenaar|bestuurslid|gehad|gedaan|was|deed|werkte|van mijn)
    (was|waren) (vroeger|ooit|destijds|voorheen|tot \\w+) (\\w+ ){0,6}(van|mijn|lid|eigenaar|voorzitter|directeur|bij)
    (zit|werk|ben) (\\w+ ){0,4}(nu|inmiddels|tegenwoordig|sinds \\w+|al \\w+) (\\w+ ){0,4}(andere|ander|elders|ergens anders|nieuwe) (\\w+ )?(werkgever|baan|bedrijf|functie|job|sector|branche|vak)?
    (andere|nieuwe|ander) (werkgever|baan|job|sector|branche|beroep)
    (ex|oud|voormalig|gewezen) (werknemer|medewerker|collega|eigenaar|directeur|bestuurslid|voorzitter|vrijwilliger)
    (sinds|na|door) (\\w+ ){0,3}(verkoop|overname|faillissement|splitsing|sluiting|vertrek|ontslag|scheiding) (\\w+ ){0,6}(mee te maken|meer mee|werkzaam|niet meer|bemoeienis)
    (heb|had) (\\w+ ){0,6}(functie|baan|rol|zaak|bedrijf|winkel|taak) (\\w+ ){0,3}(gehad|verlaten|opgegeven|neergelegd|niet meer)
    # not meant
    (moet|moeten|moest) (\\w+ ){0,3}(mij|ons|hier) (\\w+ ){0,3}(niet|nie) (\\w+ ){0,2}(hebben|zijn|wezen|voor hebben)
    (niet|nie) (bij|aan|voor) (mij|ons) (\\w+ ){0,3}(zijn|moet zijn|wezen|adres|bestemd|bedoeld|te zijn|moeten zijn)
    (niet|geen) (\\w+ ){0,2}(bestemd|bedoeld) (\\w+ )?(voor )?(mij|ons)?
    (is|was|lijkt|denk) (\\w+ ){0,4}(niet|nooit) (\\w+ )?(voor|aan) (mij|ons) (\\w+ )?(bedoeld|bestemd|gericht)
    (zoekt|zoek|bedoelt|bedoel|moet|wil|wilt) (\\w+ ){0,4}(iemand anders|een ander|iemand anders hebben|andere persoon|ander bedrijf|een andere <name>|naamgenoot)
    (iemand anders|een ander) (\\w+ ){0,4}(moeten zoeken|zoeken|hebben|bedoeld|bedoelt|zijn|wezen)
    (kennelijk|blijkbaar|vermoedelijk|waarschijnlijk|denk ik|volgens mij|ik vrees|klaarblijkelijk|ik geloof) (\\w+ ){0,6}(verkeerd|verkeerde|fout|foute|vergissing|abusievelijk|niet voor (mij|ons)|iemand anders|vergist|misverstand)
    (persoonsverwisseling|naamsverwarring|dwaling)
    (foutje|vergissing|misverstand|abuis)( denk ik| zeker| dus| waarschijnlijk| jullie| van u| hoor)*$
    (verkeerde|foute|foutieve|verkeerd|onjuiste|fout) (\\w+ )?(loket|nummer|adres|deur|naam|gegevens|jansen|persoon|bedrijf|mailbox|lijst|kantoor|figuur|mens|meneer|mevrouw|vogel|gevonden|voor|voorhanden|te pakken|voor je|ingevoerd|boom|database)
    (wij|we|ik) (horen|hoor|behoren|zitten|vallen) (\\w+ )?(er|daar|hier) (\\w+ )?niet (bij|onder|toe)
    (niet|nooit) (\\w+ ){0,4}(voor|bij) (dat|die|dit|jullie|deze) (\\w+ )?(bedrijf|firma|organisatie|club|school|werkgever|zaak|winkel) (\\w+ ){0,3}(gewerkt|werk|werkzaam|gedaan|te maken|actief|verbonden)?
    (werk|werkte|werken|gewerkt|zit|zat) (\\w+ )?(niet|nooit) (\\w+ )?(voor|bij|in) (dat|die|dit|deze|zo|een|de|het|<name>|jullie)
    (heet|ben) (\\w+ )?(geen|niet|helemaal geen) (<name>|\\w+ en heb|de \\w+ die)
    (mijn naam is|ik heet) (niet|geen|helemaal|anders) .*
    (delen|deel|huren|huur) (\\w+ ){0,4}(gebouw|pand|kantoor|adres|ingang|brievenbus) (\\w+ ){0,4}(met|van)
    (die|dat|deze) (persoon|naam|meneer|mevrouw|man|vrouw|bedrijf) (\\w+ ){0,4}(ken|kennen|zegt|bestaat|onbekend|werkt|zit) (\\w+ ){0,4}(niet|niets|onbekend|nooit|geen|niemand)
    (ken|kennen) (\\w+ ){0,3}(geen|niemand|niet) (\\w+ ){0,5}(naam|dat bedrijf|persoon|firma)
    (dit|deze|die|dat) (is|was|betreft) (\\w+ ){0,3}(de|een|het|mijn) (\\w+ )?(klachtenlijn|prive\\w*|persoonlijk\\w*|kinderopvang|huisartsenpraktijk|noodnummer|algemene mailbox|oude adres|prive mail|adres van|mailbox van|mail van|particulier\\w*|studentenvereniging|kerk|redactie)
    ik ben (hier |ook |alleen |maar |zelf |gewoon |slechts |enkel |toch |namelijk )*(een |de |het |slechts |maar |gewoon |enkel )?(\\w+ )?(particulier|ouder|vader|moeder|student|studente|scholier|chauffeur|vrachtwagenchauffeur|stagiair\\w*|receptie|receptionist\\w*|vrijwilliger|huurder|bewoner|klant|patient|leerling|lid|verpleegkundige|verzorgende|docent|leerkracht|kapper|kapster|monteur|loodgieter|elektricien|timmerman|portier|conducteur|machinist|soldaat|ambtenaar|gepensioneerd\\w*|werkzoekende|vakantiekracht|invaller|invalster|uitzendkracht|poetsvrouw|poetshulp|magazijnier|orderpicker|caissiere|winkelbediende|verkoopster|tuinman|kraamzorg\\w*|kleuterjuf|conciergee?|jobstudent)$
    ^ik ben (\\w+)?(chauffeur|monteur|verpleegkundige|leraar|lerares|docent|student|studente|stagiair|stagiaire|kapper|kapster|bakker|slager|boer|ouder|verpleger|kok|loodgieter|timmerman|schilder|piloot|agent|politieagent|postbode|vuilnisman|\\w+chauffeur|\\w+monteur|\\w+medewerker|uitzendkracht|particulier|gepensioneerd)
    (geef|geven) (\\w+ )?geen (les|lessen|training|trainingen|advies|cursussen) .*
    (nooit|nog nooit) (\\w+ ){0,4}(gewerkt|bezeten|gerund|een \\w+ gehad|een \\w+ gezien)
    (houden|hou|houd) (\\w+ ){0,2}(ons|mij|me) (\\w+ ){0,3}(uitsluitend|alleen|enkel|niet|helemaal niet) (\\w+ )?(bezig )?(met|mee)
    # no say in it
    (niks|niets|weinig|geen) (\\w+ ){0,3}(over )?(te (beslissen|zeggen|vertellen|kiezen|bepalen|willen)|inspraak|zeggenschap|invloed|stem)
    (sta|werk|zit) (\\w+ )?(alleen|enkel|maar|gewoon|slechts|in|aan|op|achter) (\\w+ ){0,2}(magazijn|kassa|lopende band|werkvloer|keuken|balie|productie|winkel|band|vrachtwagen|bediening|receptie|afwas|schoonmaak|logistiek|werkplaats)
    (heeft|heb|hebben|had) (\\w+ ){0,4}(niets|niks) (\\w+ ){0,4}(mee te maken|te maken|van doen|mee van doen|met mij)
    (valt|ligt|behoort|hoort|past) (\\w+ ){0,3}(niet|buiten) (\\w+ ){0,3}(mijn|onze|m'n) (\\w+ )?(verantwoordelijkheid|takenpakket|taken|bevoegdheid|bevoegdheden|functie|vakgebied|afdeling|domein|verantwoordelijkheden|terrein|werkveld|rol|portefeuille|werkgebied)
    (geen|weet niet|geen flauw|geen enkel) (\\w+ )?(idee|benul|flauw idee) (\\w+ ){0,2}(wie|hoe (\\w+ ){0,3}(bij mij|aan mij|bij ons|mij|ons)|waarom (\\w+ ){0,3}(mij|ons|ik))
    (weet|wist) (\\w+ ){0,4}niet (\\w+ )?(wie|bij wie|welke afdeling|wie dat|naar wie)
  `,
  hint: `
    (wij|ik|dit|we|hier) (zijn|ben|is|runnen|hebben) (een|de|het|hier) .*
    (niet|nie) (ik|mij|van mij)$
  `,
};
