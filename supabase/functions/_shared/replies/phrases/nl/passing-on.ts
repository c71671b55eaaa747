// Dutch: points to somebody else, or is not the one who is looked for.
import type { PhraseText } from '../../phrases.ts';

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
    (dat|dit|zoiets|zulks|die zaken) (doet|regelt|beslist|loopt|gaat|wordt|ligt|behandelt|valt|verloopt) .. (via|bij|door|onder) (<name>|mijn|m'n|onze|ons|de|het|hr|hoofdkantoor|haar|hem)
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
    (zelfde|dezelfde|gelijke|gelijkaardige|gelijknamig|gelijknamige|naamgenoot|naamgenote|gelijkluidende) ?(naam|namen|bedrijf|firma|zaak)?
    (ander|andere|een ander) (bedrijf|firma|persoon|organisatie|zaak|vestiging|vereniging|school|<name>|jansen|iemand|kantoor)
    (u|je|jullie|jij) (zoekt|zoek|bedoelt|bedoel|zoeken|bedoelen) (waarschijnlijk|vermoedelijk|denk ik|wellicht|misschien|vast|allicht|zeker|blijkbaar|wrsl|iemand|een|de|het)
    (per|bij) (ongeluk|abuis|vergissing|toeval) .*
    (abusievelijk|ten onrechte)
    (niet|nooit) (voor (mij|ons) bestemd|aan mij gericht|aan ons gericht|voor mij bedoeld|voor ons bedoeld|bij mij|mij)
    (heb|hebben|bezit|run|beheer|had) (hier |ik |wij |we |zelf |helemaal |immers |toch |ook |al jaren |gewoon )*(geen|nooit een) (\\w+ )?(bedrijf|zaak|winkel|restaurant|praktijk|hotel|kantoor|personeel|camping|wagenpark|werknemers|magazijn|onderneming|website|pand|eigen|huurders|kliniek|webshop|boerderij|school|garage|salon|clienten|patienten|leerlingen|gasten|vergunning|invloed|inspraak|zeggenschap)
    (ben|was|zijn) (hier |ik |zelf |maar |slechts |gewoon |alleen |enkel |pas |nog |al |ook )*(maar|slechts|gewoon|enkel|alleen|nog) (de|een|het|aan|in|hier|student|stagiair\\w*|vrijwilliger|uitzendkracht)
    ben (hier |maar |nog |zelf |een |de |gewoon |slechts )*(student|studente|stagiair|stagiaire|particulier|vrijwilliger|uitzendkracht|chauffeur|schoonmaker|conciergee?|receptioniste?|werknemer|gepensioneerd|scholier|jobstudent|vakantiekracht|invalkracht|portier|verpleegkundige|docent|leerkracht|huurder|bewoner|prive\\w*|tuinman|kok|ober)
    (bedrijf|zaak|winkel|restaurant|hotel|garage|firma|praktijk|onderneming|cafe|kapsalon|salon|pand|camping|boerderij|kantoor|webshop|we|wij|alles|hem|tent|boel) .. (verkocht|gesloten|gestopt|opgeheven|failliet|overgedragen|opgedoekt|overgenomen|beeindigd|stopgezet|gestaakt|dicht sinds|overgelaten)
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
  `,
  hint: `
    (wij|ik|dit|we|hier) (zijn|ben|is|runnen|hebben) (een|de|het|hier) .*
    (niet|nie) (ik|mij|van mij)$
  `,
};
