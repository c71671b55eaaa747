// Dutch, as in the Netherlands and in Flanders.
import type { Language } from '../language.ts';

export const dutch: Language = {
  negation: `(niet|nie|geen|nooit|nergens|niets|niks|niemand|zonder|nee|neen|noch|nauwelijks|kan niet)`,
  habit:
    `(normaal|normaliter|meestal|doorgaans|gewoonlijk|eigenlijk|in principe|over het algemeen|in de regel)`,

  unsubscribe: {
    sure: `
      (wil|wens|hoef|willen|wensen|hoeven) (.. )?(dit soort|deze|zulke|jullie|uw|je|dergelijke) (mails?|post|berichten|spam|reclame|mailtjes) (.. )?niet
      (geen|zonder) (mijn |onze )?toestemming
      ^(stop|uitschrijven|afmelden|uitschrijving|afmelding|verwijderen|schrappen|opzouten|ophouden|kappen|kap ermee|weg|unsubscribe|genoeg|basta|stoppen|opt out)( aub| svp| graag| nu| alsjeblieft| alstublieft| a u b| s v p| met mailen| hiermee| ermee| dank| bedankt)*$
      (graag|gelieve|wil|wilt|wens|wensen|kunt|kun|kan|zou|zouden|mag|verzoek|moet|aub|svp|laat|hierbij) .. (uitschrijven|uit te schrijven|uitgeschreven|afmelden|af te melden|afgemeld|verwijderen|te verwijderen|verwijderd|schrappen|te schrappen|geschrapt|wissen|te wissen|uitschrijving)
      ^(graag |gelieve |aub |svp )?(uitschrijven|afmelden|uitschrijving)
      (schrijf|meld|haal|verwijder|schrap|gooi|knikker|wis|streep|neem|mik|kieper|donder) (mij|me|ons|mijn|m'n|onze|dit|deze|het|alle|alles|alsjeblieft|aub|nou|nu|eens|direct|a u b)( .. )?(uit|af|eraf|eruit|weg|lijst|lijsten|mailinglijst|maillijst|bestand|bestanden|database|databank|systeem|adressenbestand|verzendlijst|gegevens|mailadres|adres|nummer)
      (verwijder|schrap|wis) (mij|me|ons)
      (van|uit) (de|je|jouw|uw|jullie|die|deze|alle|het|jou) .. (lijst|lijstje|lijsten|mailinglijst|maillijst|verzendlijst|mailing|bestand|bestanden|database|databank|systeem|adressenbestand|mailbestand|adreslijst|mailings|crm) .. (halen|af|gehaald|verwijderen|verwijderd|schrappen|graag|wissen|uit|haal|weg|geschrapt)
      (van|uit) (de|je|jouw|uw|jullie|die|deze) (mail)?(lijst|mailing|mailinglijst|verzendlijst|maillijst) (af|aub|svp|graag)
      (graag|aub|svp|mij|me|ons|ons adres|wil) .. (van|uit) (de|je|jouw|uw|jullie|die|deze) .. (lijst|lijstje|mailinglijst|verzendlijst|bestand|database|databank|systeem|adressenbestand|mailings?)
      (geen|niet meer|nooit meer|geen enkele) (verdere |verder |andere |nieuwe |zulke |dergelijke |ongevraagde |commerciele |soortgelijke |enkele |van deze |van dit soort )*(mails?|mailtjes?|berichten|bericht|spam|reclame|mailings?|contact|nieuwsbrieven|nieuwsbrief|acquisitie|telefoontjes|post|correspondentie|commerciele|aanbiedingen|aanbiedingsmails|opvolging|opvolgmails|toenadering) .*(meer|ontvangen|sturen|toesturen|van u|van je|van jullie|toezenden|opnemen|prijs|stuur|krijgen|zenden|wenst|aub|op|graag|van uw)
      (geen|niet) (verdere|verder|meer) (mails?|mailtjes?|berichten|contact|spam|reclame|mailings?|post|correspondentie)
      ^(graag |aub |svp |dus |en )?geen (mails?|mailtjes|berichten|spam|reclame) meer
      (niet|nooit|nie) (meer|langer|weer|nogmaals|opnieuw|verder) (te )?(mailen|mail|benaderen|benaderd|schrijven|aanschrijven|aangeschreven|lastig|contacteren|gecontacteerd|gemaild|contact|bellen|berichten|lastigvallen|storen|sturen|aan te schrijven|contact op)
      (mail|contacteer|benader|schrijf|bel|stuur|val|spam) (mij|me|ons)( .. )?(niet|niks|niets|nooit|geen)
      (neem|zoek|wil|geen) .. geen contact .. (op|meer)
      (niets|niks) meer (van u|van je|van jullie|horen|ontvangen|sturen|te horen)
      (wens|wensen|wil|willen|hoef|hoeven|stel|stellen) .. (niet|geen|niets|niks) .. (mails?|ontvangen|benaderd|gemaild|horen|gecontacteerd|berichten|mailing|mailings)( .. )?(meer|ontvangen|worden|prijs|te)?
      (stop|hou|houd|kap|schei) (nou |nu |eens |alsjeblieft |aub |hier |er |dan |toch |onmiddellijk |direct |svp )*(op|mee|ermee|hiermee|daarmee|uit|met|eens|eindelijk|mailen|spammen)
      (ophouden|stoppen|kappen|op te houden|te stoppen) (met|hiermee|daarmee|aub|svp|graag|nu|mij)
      (avg|gdpr|vergetelheid|gegevensbescherming\\w*|privacywet\\w*|persoonsgegevens|autoriteit persoonsgegevens|telecomwet|spamverbod|spamklacht)
      (gegevens|mailadres|mailadres|adres|naam|data) .. (verwijder\\w*|te verwijderen|wissen|schrappen|gewist|te schrappen|uit uw|uit jullie|uit je|te wissen|weg)
      (nooit|geen) .. (toestemming|aangemeld|ingeschreven|opgegeven|gevraagd om|om gevraagd|akkoord)
      (meld|markeer|markeren|gemeld|rapporteer|rapporteren|aangemerkt|gemarkeerd|gerapporteerd|melden|blokkeer|blokkeren|geblokkeerd) .. (spam|phishing|u|je|jullie|afzender|adres|dit)
      als (spam|phishing|ongewenst)
      (laat|val) (mij|me|ons) (met rust|niet lastig|niet meer lastig)
      (rot|sodemieter|donder|flikker|pleur) (toch |nou )?op
      met rust
      (ongewenste|ongevraagde) (mail|mails|reclame|berichten|post|commerciele)
      (weg|van de lijst) met (dat|mijn|m'n|ons|het|dit) (mailadres|adres)
      (laatste (waarschuwing|keer dat ik))
      dien .. klacht
      (bezwaar|verzet) .. (verwerking|gebruik|direct)
    `,
    hint: `
      (spam|spammen|spammer)
      (genoeg|zat|beu) .. (mails?|mailtjes)
      te veel (mails?|mailtjes|berichten|van)
    `,
  },

  condition: `
    (als|indien|mocht|wanneer) (u|je|jij|jullie)
    (wil|wilt|heb|hebt|heeft) (u|je) interesse
  `,

  leave: `
    (mij|me) (mag|kun|kan|hoef|hoeft) .. (cc|loop|mailwisseling|conversatie|weglaten)
    (uit|van) de (cc|loop|mailwisseling)
  `,

  referral: {
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
  },

  wrong_person: {
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
  },

  not_now: {
    sure: `
      (kan|mag) (het|dit|dat) (.. )?wachten
      (directie|bestuur|raad|mt|commissie|gemeenteraad|bestuursvergadering) (.. )?(vergadert|beslist|besluit|komt|bespreekt) (.. )?(in|pas|eerst|volgende|op|na)
      (eerst|pas) (de|het|dit|dat|moeten|nog|een) .. (dan|daarna)
      ^(nu |even |voorlopig |momenteel |vandaag |dit jaar |op dit moment )+(even |nog |nu )?(niet|geen|nie)( .*)?
      (komt|komen|past|schikt|lukt|gaat|kan|uitkomt|uit|passen|is|valt) .. (nu|even|momenteel|op dit moment|dit jaar|deze maand|voorlopig|thans|dit kwartaal|vandaag de dag|vandaag|deze week|deze weken) .. (niet|slecht|lastig|ongelegen|moeilijk|geen|te|nie|wat)
      (nu|momenteel|op dit moment|op dit ogenblik|thans|voorlopig|dit jaar|dit kwartaal|dit seizoen|voor nu|voorlopig|vooralsnog|even|tijdelijk|deze maand|dit moment|actueel|zitten nu|zit nu|deze periode) .. (niet|geen|te druk|vol|midden|even|slecht|stil|op slot|bevroren|overvol|andere prioriteiten|volgeboekt|druk|nie|overspoeld|omhanden|onmogelijk|teveel|te veel|vast)
      (niet|geen|slecht|slechte|ongelukkige|verkeerde|ongelegen|beroerd|beroerde) (het |een |echt |de )?(juiste |goede |beste |handige |geschikte |ideale )?(moment|timing|tijdstip|periode|ogenblik|tijd)
      timing .. (niet|slecht|ongelukkig|beroerd|kon beter|lastig|ongunstig)
      (geen|niet|nul) .. (op dit moment|op dit ogenblik|momenteel|dit jaar|dit kwartaal|voorlopig|voor nu|nu|vooralsnog|thans|deze maand|dit seizoen|deze periode|het komende jaar|voor dit jaar|vandaag)
      (kom|mail|bel|vraag|benader|probeer|neem|stuur|trek|meld|praat|spreek|kijk|herinner|pak|laat|zoek|contacteer|klop|hoor|bellen|mailen|praten|spreken|kijken|horen|proberen|benaderen|contacteren|contact|herinneren|oppakken|opnieuw|terugkomen|terug|nogmaals|nog eens|nog een keer|weer|opnemen|schuif|schuiven|parkeer|parkeren|bespreken|evalueren|bekijken|gesprek|afspreken|plannen|overwegen) (.. )?(?!volgende week|komende week|over de telefoon)(over|na|in|vanaf|begin|eind|volgend|volgende|later|rond|medio|half|tegen|midden|komend|komende|wanneer|als|zodra|tot|voor|omstreeks|rond|ergens in|einde|voorbij|erna|daarna) (de |het |een |onze |ons |mijn |den |paar |jouw |deze |dit |eind |begin |einde |nieuwe |volgende |volgend |loop van )*(januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|jan|feb|apr|aug|sept?|okt|nov|dec|zomer|zomervakantie|vakantie|bouwvak|bouwverlof|voorjaar|najaar|lente|herfst|winter|jaar|jaareinde|kwartaal|maand|maanden|weken|week|seizoen|q[1-4]|nieuwjaar|kerst|pasen|feestdagen|feesten|jaarwisseling|verhuizing|verbouwing|schooljaar|twee|drie|vier|vijf|zes|acht|tien|twaalf|\\d+|dan|carnaval|drukte|eerste|tweede|derde|vierde|laatste|half|halfjaar|fusie|audit|oogst|examens|boekjaar|budgetronde|tijd|meer|rustiger|bouw|dagen|alles|we|wij|ik|opening|lancering|prinsjesdag|reorganisatie|afronding|hoogseizoen|contract)
      (kom|mail|bel|probeer|stuur|neem|vraag|benader|meld|contacteer|klop|graag|mag) .. (dan|later|daarna|tegen die tijd|t z t|te zijner tijd|een andere keer|erna|nadien) (maar |nog |gerust |weer |eens |even |graag |nog eens |terug |opnieuw |nogmaals |contact |aan )+
      (dan|later|daarna|tegen die tijd|nadien|volgend jaar|volgend kwartaal|in het nieuwe jaar|in het najaar|in het voorjaar|na de zomer) (mag|kun|kunt|kan|kunnen|graag|wil|praten|kijken|bekijken|zou|hebben|heb|pakken|gaan|zijn|misschien|weer|nog eens|opnieuw|zien)
      (misschien|wellicht|mogelijk|eventueel|evt|ooit|allicht) (.. )?(later|een andere keer|volgend (jaar|kwartaal|seizoen|voorjaar|najaar)|in de toekomst|als|wanneer|over een|na de|ooit|nog eens|op termijn|in het (najaar|voorjaar|nieuwe))
      (later|een andere keer|op een ander moment|volgend jaar|op termijn) (misschien|wellicht|eens|weer|mogelijk|nog|pas|eventueel)
      (contract|overeenkomst|abonnement|licentie|verbintenis|leverancier|lease) .. (loopt|tot|verloopt|eindigt|afloopt|vast|opzegbaar|aflopen|nog)
      (vast|gebonden|vastgelegd|zitten|lopend|contractueel|onder contract) .. (tot|t m|nog (een|twee|drie|\\d)|contract)
      (te|zo|heel|erg|super|zeer|waanzinnig|ontzettend|veel te|mega|knetter|razend|gigantisch) ?(druk|drukke|druk\\w*|vroeg|vroegtijdig|volgepland)
      (superdruk|beredruk|poepiedruk|hartstikke druk|razend druk|knetterdruk|drukke (tijd|periode|weken|maanden))
      (even|nu|momenteel|voorlopig) (geen|niet) (de )?(tijd|budget|ruimte|capaciteit|prioriteit|aan toe|hoofd|plannen)
      (handen vol|tot over (mijn|onze|m'n) oren|verzuipen|omkomen|volgeboekt|vol gepland|agenda (zit|is|staat) .*vol|hoogseizoen|topdrukte|piekperiode|jaarafsluiting|verhuizing|verbouwing|reorganisatie|drukste|midden in|middenin|volle gang|tijdgebrek|geen tijd)
      (budget|budgetten|begroting|vacaturestop|geld) .. (op|bevroren|vergeven|pas|volgend|ligt vast|besteed|rond|volgend jaar|verdeeld|gesloten|januari|goedgekeurd|uitgeput|nieuw)
      (niet|pas|eerst|ten vroegste|op zijn vroegst|vroegst|niet eerder dan|niet voor) (weer )?(voor|in|na|over|vanaf|begin|tegen|rond|eind|volgend|dan|tot|eerder|half|medio) .*
      (nog|nog lang) niet (aan toe|klaar|zover|zo ver|rijp|toe|aan de orde|actueel|van toepassing|relevant|in beeld)
      (in de wacht|on hold|in de ijskast|in de koelkast|op een laag pitje|uitgesteld|uitstellen|parkeren|parkeer|op pauze|pauzeren|stilgelegd|op de lange baan|doorschuiven)
      (bewaar|bewaren|hou|houd|houden|noteer|noteren|onthoud|onthouden|sla) (.. )?(voor later|in (het )?achterhoofd|gegevens|in gedachten|in portefeuille|voor de toekomst|achter de hand|op de hoogte|folder|brochure|mail)
      (we|wij|ik) (komen|kom|nemen|neem|laten|laat|zullen|melden|contacteren) .. (zelf |later |terug|nog )(bij|contact|op|weten|wel)( .. )?
      (over|binnen) (een|twee|drie|vier|vijf|zes|acht|tien|twaalf|enkele|een paar|\\d+|ongeveer|circa) (paar |aantal |tal )?(maanden|maand|weken|week|half jaar|halfjaar|kwartaal|jaar|jaren|dagen)
      (als|wanneer|zodra|nadat|eens) .. (klaar|achter de rug|rustiger|voorbij|afgerond|rond is|rustig|verhuisd|geopend|draait|opgeleverd|gereed|afloopt|gedaan|vrij)
      (half|medio|begin|eind|midden|vanaf|rond) (januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|volgend jaar|volgende maand|q[1-4]) .. (weer|opnieuw|nogmaals|terug|graag|van u|nog eens|contact|proberen|contacteren|bellen|mailen|benaderen|praten)
      (voor|van) (dit jaar|nu|het moment|deze maand) (niet|even|is|zijn|zit|nog)
    `,
    hint: `
      (momenteel|op dit moment|nu|later|voorlopig|druk|volgend jaar|vooralsnog|thans|dit jaar|een andere keer|in de toekomst|op termijn)
    `,
  },

  not_interested: {
    sure: `
      (houden|houd|blijven|blijf) (.. )?(bij het oude|bij wat we|bij wat wij|bij onze|bij ons|zo)
      (redden|red|redt) (ons|me|mij) (.. )?(prima|wel|goed|uitstekend)
      (zie|zien) (er |hier )?(het nut|de meerwaarde|het belang|de zin) niet
      ^(nee|neen|nein|neuh|nope|nah|nee hoor|nee bedankt|nee dank|nee dankje|nee dank je|nee dank u|bedankt nee|geen interesse|geen belangstelling|geen behoefte|geen zin|niet nodig|niet geinteresseerd|niks voor ons|niets voor ons|niks voor mij|laat maar|liever niet|nee sorry|sorry nee|dank maar nee|hoeft niet|hoef niet|no thanks|toch maar niet|doe maar niet|nee dus|dus nee|dankjewel maar nee)( bedankt| dank| dank je| dank u| dank je wel| dank u wel| dankjewel| dankuwel| hoor| jongen| sorry| voor ons| aub| merci| zo| joh| man| vriendelijk bedankt)*$
      ^(nee|neen|nope) (bedankt|dank|dankje|dankjewel|hoor|liever|hier|sorry|wij|we|ik|dat|dit|helaas|geen|niet|merci|daar|het|wel|danku|dankuwel|hebben)
      (bedankt|dank|dankjewel|dank je|dank u|helaas|sorry|merci) .. (nee|neen|geen interesse|niet voor ons|laat maar|geen behoefte)
      (dus|toch|voor ons|van ons|mij|mij betreft) (een )?(nee|neen)$
      (geen|weinig|nul|totaal geen|absoluut geen|zonder|niet veel|geen enkele|niet de minste|geen verdere|nul komma nul) (\\w+ )?(interesse|intresse|interesses|belangstelling|behoefte|belang|zin|trek|noodzaak|toegevoegde waarde|meerwaarde|gebruik|nut|brood|reden|animo|vraag naar|vertrouwen|heil|ambitie|wens|plannen|toepassing|fan)
      (niet|nie|nooit|niet echt|niet langer|allerminst|totaal niet) (echt |meer |direct |zo |bepaald |helemaal |iets |hierin |daarin |verder |van |aan |in |op )*(geinteresseerd|geintereseerd|interessant|nodig|op zoek|relevant|van toepassing|aan ons|voor ons|voor mij|aan mij|besteed|van plan|overtuigd|zitten te wachten|te wachten|passend|ons ding|geschikt|wenselijk|gewenst|zinvol|in geinteresseerd|in zee|gediend|onze|mijn ding|mee verder|voor onze|wat wij|wat we|waar wij|waar we|iets voor|op in)
      (niks|niets|nix) (voor|aan) (ons|mij|onze|ons bedrijf|mijn)
      (gaan|ga|wensen|willen|zullen|hoeven|hoef|wil|kunnen|wens|zal|zie|zien|geloof|geloven|doen|doe|hoeft) .. (niet|geen) .. (op in|ingaan|op ingaan|in te gaan|gebruik|gebruiken|mee verder|mee aan|nodig|zitten|in zee|veranderen|overstappen|wisselen|mee|in|aan|doen|te doen|gebruik van|samenwerken|verder|heil in|brood in|hebben)
      (gaan|ga) er (dus |dan |helaas |verder )?niet op in
      (hebben|heb|hebt|heeft) (wij |we |ik |hier |daar |dat |dit |er |hiervoor |daarvoor |inmiddels |sinds |zelf |nog |net )*(al|reeds|zelf|onze eigen|een eigen|net|inmiddels|een vaste|een prima|een goede|eigen|vaste|recent|juist|pas|onlangs) .*
      (zijn|is|ben|worden|werken|zitten|we|wij) (wij |we |ik |hier |daar |hiervan |daarvan |op dit vlak |inmiddels |prima |goed |er )*(al|reeds|helemaal|ruim|ruimschoots|goed|prima|dik|volledig|zeer|erg|heel|best|uitstekend|al jaren) (\\w+ )?(voorzien|tevreden|geholpen|bediend|verzorgd|content|blij|happy|onder de pannen|goed|prima|met|uitgerust|in orde|geregeld)
      (zijn|is|ben) (hier |al |reeds |daar )*(voorzien|tevreden)
      (tevreden|content|blij|gelukkig) (over|met|van|zoals|bij)
      (doen|doe|regelen|regel|maken|houden|lossen|verzorgen|hebben|beheren) .. (zelf|intern|in huis|inhouse|in eigen (beheer|huis|hand)|eigen mensen|met eigen|zelfs)
      (in eigen (beheer|huis)|zelf in huis|eigen (mensen|team|personeel|afdeling)|al geregeld|vaste (partner|leverancier|partij))
      (laat|laten) (het |dit |deze )?(maar(?! (zien|horen|weten|komen))|hierbij|aan ons|voorbijgaan|schieten|zitten)( .. )?
      (aan ons|aan mij|aan ons bedrijf) (voorbij|niet besteed)
      (wij|we|ik) (passen|pas|bedanken|bedank|slaan|sla|zien|zie|wijzen|wijs) (hier|hiervoor|ervoor|voor|dit|deze|over|af|ervan|daarvoor|er|de|uw|je)( .. )?(voor|over|af|geen|niet|van af|vanaf|ons)?
      (wordt|word) (hem|het|em|'m) (dus |dan |helaas )?niet
      (te|veel te|wat te|net te) (duur|prijzig|kostbaar|ver|klein|groot|hoog)
      (gekozen|besloten|beslist|geopteerd|kiezen|voorkeur|keuze|koos|kozen|gegaan|in zee) .. (voor een|niet|andere|ander|anders|elders|met een|geen|om|voor iemand|concurrent|af te zien|gevallen)
      (zien|ziet|zie|afzien|af te zien|af) (wij |we |ik |er |hiervan |hier |ervan )*(af van|van af|er van af|ervan af|af)
      (afgewezen|afwijzen|afwijzend|afslaan|weigeren|weiger|bedanken voor|bedank voor|vriendelijk bedankt|afgedaan)
      (hoeft|hoef|hoeven) (voor|van|wij|we|ik|dit|dat|het)? ?(mij|ons|dit|dat)? ?(echt |allemaal )?niet
      (succes|veel succes|sterkte) (ermee|verder|met|elders|mee|gewenst)
      (zonde|verspilling) van
      (wat|waar) (moet|moek|moeten|heb|zou) (ik|we|wij)? ?(met|aan|daarmee|daar mee)
      (bespaar|verspil) (je|u|jezelf|de|uw)
    `,
    hint: `
      (nee|neen|niet|geen|nie|nooit|niks|niets)
      (helaas|bedankt maar|tevreden|voorzien|laat maar|jammer|haha|al jaren)
    `,
  },

  question: {
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
  },

  interested: {
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
  },
};
