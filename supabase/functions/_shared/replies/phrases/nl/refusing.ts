// Dutch: refuses, for now or for good.
import type { PhraseText } from '../../phrases.ts';

const month =
  '(januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|jan|feb|mrt|apr|aug|sept|sep|okt|nov|dec)';
/** When somebody may ask again: no days and no single week, which are for appointments. */
const time =
  `(${month}|zomer|winter|\\w*vakantie|bouwvak|bouwverlof|voorjaar|najaar|lente|herfst|jaar|jaartje|jaareinde|kwartaal|kwartalen|q[1-4]|maand|maandje|maanden|weken|seizoen|hoogseizoen|\\w+seizoen|nieuwjaar|kerst|pasen|feestdagen|eindejaar|jaarwisseling|\\w*verhuizing|verbouwing|schooljaar|halfjaar|fusie|audit|oogst|examens|boekjaar|budgetronde|tijdje|poosje|poos|tijd|drukte|reorganisatie|opening|carnaval|prinsjesdag|verkiezingen|jaarrekening|begroting|semester|trimester|grote vakantie|piek|aangifteperiode|lancering|migratie|pensioen|verlof)`;

export const notNow: PhraseText = {
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
    (niet|pas|eerst|ten vroegste|op zijn vroegst|vroegst|niet eerder dan|niet voor) (weer )?(voor|in|na|over|vanaf|begin|tegen|rond|eind|volgend|tot|half|medio|voor eind|voor begin) (\\w+ ){0,3}${time}
    (niet|pas|eerst|ten vroegste|op zijn vroegst|vroegst) (weer |terug |opnieuw )?(${time}|volgend (jaar|kwartaal|seizoen)|\\d+ ${month})
    (pas|eerst) (\\w+ ){0,3}(dan|daarna|later|volgend jaar|open|beschikbaar|aan de beurt|opnieuw)
    (nog|nog lang) niet (aan toe|klaar|zover|zo ver|rijp|toe|aan de orde|actueel|van toepassing|relevant|in beeld)
    (in de wacht|on hold|in de ijskast|in de koelkast|op een laag pitje|uitgesteld|uitstellen|parkeren|parkeer|op pauze|pauzeren|stilgelegd|op de lange baan|doorschuiven)
    (bewaar|bewaren|hou|houd|houden|noteer|noteren|onthoud|onthouden|sla) (.. )?(voor later|in (het )?achterhoofd|gegevens|in gedachten|in portefeuille|voor de toekomst|achter de hand|op de hoogte|folder|brochure|mail)
    (we|wij|ik) (komen|kom|nemen|neem|laten|laat|zullen|melden|contacteren) .. (zelf |later |terug|nog )(bij|contact|op|weten|wel)( .. )?
    over (een|twee|drie|vier|vijf|zes|acht|tien|twaalf|enkele|een paar|\\d+|ongeveer|circa) (paar |aantal |tal )?(maanden|maand|weken|week|half jaar|halfjaar|kwartaal|jaar|jaren)
    (als|wanneer|zodra|nadat|eens) .. (klaar|achter de rug|rustiger|voorbij|afgerond|rond is|rustig|verhuisd|geopend|draait|opgeleverd|gereed|afloopt|gedaan|vrij)
    (half|medio|begin|eind|midden|vanaf|rond) (januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|volgend jaar|volgende maand|q[1-4]) .. (weer|opnieuw|nogmaals|terug|graag|van u|nog eens|contact|proberen|contacteren|bellen|mailen|benaderen|praten)
    (voor|van) (dit jaar|nu|het moment|deze maand) (niet|even|is|zijn|zit|nog)
    # ask again then
    (in|na|over|vanaf|begin|eind|einde|rond|tegen|half|medio|volgend|komend|midden|voor|richting) (\\w+ ){0,3}${time} (\\w+ ){0,6}(nog eens|nog een keer|nogmaals|opnieuw|weer|terug|eens|proberen|herinneren|benaderen|aankloppen|opnemen|hoor ik|horen)
    (nog eens|nog een keer|nogmaals|opnieuw|weer|terug|eens|maar|gerust|pas|hoor ik|hoor je|contact|aankloppen|proberen|herinner\\w*) (\\w+ ){0,4}(in|na|over|vanaf|begin|eind|einde|rond|tegen|half|medio|volgend|komend|midden|richting) (\\w+ ){0,3}${time}
    (kom|mail|bel|vraag|probeer|benader|stuur|schrijf|meld|neem|app|contacteer|klop|laat|hoor|trek|tik|herinner|spreek|zoek) (\\w+ ){0,6}(over|na|in|vanaf|begin|eind|rond|tegen|half|medio|volgend) (\\w+ ){0,3}${time}
    (over|binnen|na) (een |enkele |paar |ongeveer |circa |zowat |zeg |een |'n )*(tijdje|tijd|poos|poosje|half jaar|halfjaar|half jaartje|kwartaal|jaar|jaartje|maand|maandje|anderhalf jaar|paar weken|paar maanden|week of \\w+)
    (mag|kan) (\\w+ ){0,4}(over een|later|tijdje|t z t|tzt) (\\w+ ){0,3}(nog eens|opnieuw|weer|terug|eens)
    (zet|noteer|plan|plaats) (\\w+ ){0,6}agenda (\\w+ ){0,3}(over|voor over) .*
    (dan|daarna|nadien|tegen die tijd|volgend jaar|dan pas|te zijner tijd|tzt|t z t|later) (\\w+ ){0,3}(zien we|kijken we|bekijken we|praten we|zien wij|kijken wij|hebben we|hebben wij|wordt het|is er|komt er|meer ruimte|meer tijd|weer ruimte|weer tijd|weten we|weet ik|weten wij|meer)
    (daarna|nadien|tegen die tijd|volgend jaar|later|na afloop) (\\w+ ){0,2}(zien|kijken|bekijken|praten|bespreken|beslissen|opnieuw|weer|graag|mag|kom)
    (stuur|mail|bel|app|vraag|probeer|laat|neem|benader|geef) (\\w+ ){0,2}(dan|daarna|later|tegen die tijd|t z t|tzt|erna|nadien)( .*)?
    (ander|andere|volgende) (keertje|keer|moment|maal|week misschien)
    (even|wat|beetje|nog) geduld .*
    (laat|laten) (\\w+ ){0,2}(iets weten|weten als|van me horen|van mij horen|van ons horen|wat weten)
    # what has to be over first
    (niet|pas|niet eerder|niet vroeger|niks|nergens) (\\w+ ){0,2}(voordat|voor dat|vooraleer|totdat|tot er|tot de|zolang) .*
    (tot|totdat) (er|we|wij|de|het) (\\w+ ){0,6}(beginnen|doen|wachten|nemen|kopen|tekenen) (\\w+ ){0,3}(niets|niks|nergens|geen|niet)
    eerst (de|het) (\\w+ )?(winter|zomer|verhuizing|verbouwing|drukte|seizoen|fusie|audit|feestdagen|oogst|examens) .*
    (mss|misschien|wellicht) (volgend|later|in het|in de|na|over) .*
    (budget|begroting|pot|potje) (\\w+ ){0,4}(potdicht|dicht|op|leeg|vast|rond|vergeven)
    eerst (\\w+ ){0,8}(daarna|dan|nadien|vervolgens|krijgen|afronden|afwerken|afmaken|op orde|regelen|draaien|kans geven|rond|aanzien|aankijken|afwachten|stabiel|opstarten|openen|verhuizen|verwerken|aflopen|op poten|wennen|bijkomen|inwerken)
    (zolang|totdat|vooraleer|alvorens|zolang als) (\\w+ ){0,8}(niet|nog|loopt|geen|is|zijn|duurt|klaar|begonnen|bekend|rond)
    (wachten|wacht|afwachten|aanzien|aankijken) (eerst|nog|even|liever|tot|we|wij) .*
    (eerder|voor die tijd|voordien|tot dan|tot die tijd|tot zolang|tot nader order) (\\w+ ){0,6}(niet|geen|niks|niets|zin|even)
    (contract|contracten|lease|leases|leasecontract|polis|overeenkomst|abonnement|licentie|looptijd|termijn|huurcontract|raamcontract|raamovereenkomst|concessie|afspraken) (\\w+ ){0,6}(loopt|lopen|tot|af|verloopt|eindigt|afloopt|aflopen|afgelopen|opzegbaar|pas|eind|einde)
    (zit|zitten|hangen|hang|hangt|liggen|lig|ligt|zijn|ben) (\\w+ ){0,8}(vast|gebonden) (\\w+ ){0,3}(aan|bij|tot|met|voor|in)
    (nog|zeker|minstens|voor) (een|anderhalf|twee|drie|vier|vijf|\\d+|half|enkele|paar) (\\w+ )?(jaar|jaren|maanden|kwartalen) (\\w+ ){0,3}(vast|gebonden|onder contract|te gaan|vooruit|zoet|geen)
    # what is in the way now
    \\w*(uitgavenstop|aankoopstop|vacaturestop|bestedingsstop|investeringsstop|budgetstop|wervingsstop|aanwervingsstop|wervingsstop|hiring freeze|freeze)
    (staat|staan) (\\w+ ){0,5}(hoofd|kop|pet) (\\w+ ){0,4}(niet|nie|naar)
    (hoofd|tijd|energie|ruimte|budget|geld|capaciteit|mankracht|middelen|puf|focus|prioriteit|bandbreedte|mensen) (\\w+ ){0,5}(nu|momenteel|dit jaar|deze maand|voorlopig|niet naar|even niet|nu niet|ontbreekt|ontbreken|andere zaken|elders|eerst)
    (nu|momenteel|op dit moment|op dit ogenblik|op het moment|deze week|deze weken|deze maand|deze dagen|thans|vandaag|dit voorjaar|dit najaar|deze zomer|dit kwartaal|tegenwoordig) (\\w+ ){0,7}(bezig met|druk met|druk aan|drukke|drukte|in beslag|opgeslokt|fusie|verbouwing|verbouwen|verhuizing|verhuizen|overname|aangiftes|aangifte|examens|inventaris|jaarrekening|oogst|zwanger|bevallen|ziek|opening|migratie|implementatie|reorganisatie|herstructurering|niks|niets|nix|even|prioriteit|belangrijkere|urgentere|dringendere|brandjes|chaos|gekkenhuis|zotte|hectisch|hectiek)
    (is|het is|zijn|was|zitten|zit) (\\w+ ){0,4}(gekkenhuis|hectisch|chaos|alle hens aan dek|topdrukte|stormloop|poepdruk|stervensdruk|retedruk|tropendagen|druk druk|ontploft|rush|spitsuur|hoogseizoen|beredruk) ?.*
    (kom|komen|kwam|kwamen) (\\w+ ){0,5}(niet aan toe|nergens aan toe|niet toe)
    (ligt|zit|zitten|is|zijn|staat|staan) (\\w+ ){0,5}(op tafel|in een fusie|in de verbouwing|midden in|middenin|in transitie|in opstart|opstartfase|startfase|in volle|on hold|op slot|op een laag pitje|te wachten op|in de wachtkamer|in de koelkast|in de ijskast|bevroren|opgeschort|geparkeerd)
    (q[1-4]|kwartaal|deze maand|dit jaar|dit seizoen|agenda|planning|jaar|maand|budget|jaarplanning) (\\w+ ){0,3}(is|zit|staat|zitten|zijn)? ?(al |reeds |helemaal |volledig |nu |te )*(vol|volgepland|volgeboekt|dichtgetimmerd|dichtgeplakt|toegewezen|opgesoupeerd|uitgegeven|verdeeld|volzet|toegekend|gealloceerd)
    (voorlopig|tijdelijk|vooralsnog|momenteel|op dit moment|op het moment|op dit ogenblik|thans|dezer dagen|dit jaar|voor het moment|dit schooljaar|dit boekjaar|vooreerst) (\\w+ ){0,6}(niet|geen|nie|on hold|stil|stilgelegd|gestopt|opgeschort|bevroren|uitgesteld|opzij|gepauzeerd|geparkeerd|geen prioriteit)
    (niet|geen|nie) (\\w+ ){0,6}(voorlopig|vooralsnog|momenteel|op dit moment|op het moment|op dit ogenblik|thans|dit jaar|dit kwartaal|deze maand|dit schooljaar|dit boekjaar|voor het moment|in deze fase|in dit stadium|vooreerst|nu toe|aan toe)
    (te vroeg|voorbarig|prematuur|nog niet zo ver|nog niet zover|later stadium|op een later moment|op een later tijdstip|te zijner tijd|tzt|t z t|op termijn|tijd rijp|volgende ronde|volgende begroting|nieuwe begroting|volgend boekjaar|andere keer|een andere maal|een volgende keer|volgende keer)
    (wie weet|misschien|wellicht|mogelijk|mogelijks|eventueel|allicht|ooit) (\\w+ ){0,4}(later|ooit|volgend (jaar|kwartaal|seizoen)|in de toekomst|een andere keer|over een|na de|op termijn|nog eens|verandert)
    (dit|het|ons|deze|komend|volgend|in het|in de) (voorjaar|najaar|zomer|winter|herfst|lente|nieuwe jaar|volgend jaar) (\\w+ ){0,3}(misschien|wellicht|weer|opnieuw|eens|pas|proberen|mogelijk|mogelijks|terugkomen)
    (kom|komen|laat|laten|neem|nemen|trek|meld|melden) (ik|we|wij) (\\w+ ){0,6}(zodra|als|wanneer|tegen dan|later|zelf|t z t|mocht)
    (ik|we|wij) (kom|komen|laat|laten|neem|nemen|trek|meld|melden|zal|zullen) (\\w+ ){0,8}(zodra|wanneer|later|t z t|als het (\\w+ )?(rustiger|zover|moment|klaar|rond)|als (we|wij|ik) (\\w+ ){0,3}(klaar|zover|tijd|ruimte))
    (hou|houd|houden|blijf|blijven|bewaar|bewaren|berg) (\\w+ ){0,5}(achterhoofd|in de gaten|in gedachten|op de radar|warm|in beraad|hou contact|je mail|uw mail|je gegevens|uw gegevens|uw voorstel|je voorstel|je berichtje|archief|later)
    (hou|houd|houden) (we )?contact
    (seizoen|drukke periode|hoogseizoen|drukte|examenperiode|campagne) (\\w+ ){0,3}(begint|start|loopt|is begonnen|staat voor de deur|komt eraan)
  `,
  hint: `
    (momenteel|op dit moment|nu|later|voorlopig|druk|volgend jaar|vooralsnog|thans|dit jaar|een andere keer|in de toekomst|op termijn)
  `,
};

export const notInterested: PhraseText = {
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
    (?<!niet )(?<!niet echt )(?<!niet zo )(?<!niet helemaal )(?<!minder )(?<!niet erg )(tevreden|content|blij|gelukkig) (over|met|van|zoals|bij)
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
    # of no use
    (is|zijn) (\\w+ ){0,2}(mij|ons|me) (\\w+ )?(genoeg|voldoende|meer dan genoeg)
    (wij|we|ik) (hoeven|hoef|doen|doe|gaan|ga) (\\w+ )?niet( mee| meedoen)?$
    (zit|zitten|voelt|voelen) (\\w+ ){0,4}(lekker in|goed in|prima bij)
    (als|u|jullie|je) (\\w+ ){0,2}(duurste|te duur|duurder|afgevallen|viel af)
    geen (\\w+ )?(business case|businesscase|rendement|toekomst|winst|plek|plaats|ruimte|geld|interesse) (\\w+ )?(in|voor|mee)?
    (rijdt|draait|werkt|loopt|doet het) (\\w+ ){0,3}(als een|nog prima|nog goed|nog best|nog altijd|zonnetje|trein|nog jaren)
    (staat|laat|mag|mogen) (\\w+ ){0,3}niet (\\w+ ){0,2}(toe|van de gemeente|volgens)
    (blijf|blijven) (\\w+ ){0,3}(waar|zitten|gewoon|liever)
    (no go|nogo|geen match|niks geworden|niets geworden|wordt het niet|gaat niet door|gaat het niet worden)
    (slechte|negatieve|nare|vervelende) (\\w+ )?(ervaring|ervaringen) .*
    (beginnen|begin|doen|doe) (\\w+ ){0,3}(niet meer aan|niet aan|nooit meer|niet meer)
    (hangt|staat|ligt|zit|is) er al( .*)?
    te laat
    (voldoet|voldoen) (\\w+ )?niet (\\w+ ){0,3}(aan|eisen|vereisten|wensen)
    niet (\\w+ ){0,4}(tot aankoop|overgaan|over te gaan)
    (redden|red) (ons|me|mij) .*
    (hoeft|hoeven|hoef) (\\w+ ){0,4}(niet|niet zo|niet meer)
    (bewust|expres|met opzet) (\\w+ ){0,2}(klein|voor gekozen|gekozen|geen|zonder)
    (wil|willen) (ik |wij |we )(\\w+ ){0,3}niet (eens|meer|eens meer)
    (is|zijn|gaat|werkt|loopt|blijft) (\\w+ )?(prima|goed|best|uitstekend|perfect|oke|ok) zoals .*
    (onlangs|net|recent|pas|vorig jaar|vorige maand|vorige week|al|reeds|dit jaar|zopas|zojuist) (\\w+ ){0,4}(zelf|laten|nieuwe|nieuw) (\\w+ ){0,4}(gemaakt|gedaan|doen|maken|laten|vernieuwd|aangeschaft|gekocht|plaatsen|bouwen|geregeld|ingericht|vervangen|aangesteld|aangenomen)
    (laten|zelf) (\\w+ ){0,3}(doen|maken|bouwen|plaatsen|installeren|vernieuwen) (\\w+ )?(dus|en|daarom)
    (slaat|slaan) nergens op
    (belachelijk|schandalig|absurd|woekerprijzen|afzetterij|oplichterij|oplichting|piramidespel|kul|lachwekkend|flauwekul|peperduur|onbetaalbaar|te gek voor woorden)
    (zit|zitten|is|zijn) (\\w+ ){0,2}(al|reeds|gewoon|standaard) (\\w+ ){0,2}(in|bij|inbegrepen|inclusief) .*
    (krijgen|krijg|hebben|regelen|heb) (wij |we |ik |dat |dit |het |alles )*(al |reeds |gewoon |gratis )*(via|van) (de |het |onze |ons |mijn |een )?(\\w+ )
    (moet|moeten|hoef|hoeven) (ik|we|wij|dat|dit|het) (\\w+ ){0,4}(niet|niets|niks) (\\w+ )?(hebben|van hebben|weten|meer)?
    geen (\\w+ ){0,4}(nodig|over de vloer|op zitten|voor nodig|aan ons besteed)
    (verkoper|verkopers|vertegenwoordigers|acquisitie|verkooppraatjes|colportage) (\\w+ ){0,5}(niet|geen|over de vloer|niet binnen|ongewenst)
    (blij|tevreden|gelukkig|happy|content) (mee|ermee|hiermee|daarmee)
    (nog |gewoon )+(zelf|met de hand|op papier|ouderwets|in excel|met pen en papier|handmatig)
    (leuk|mooi|goed|knap|aardig) (geprobeerd|bedacht|verhaal|gevonden|initiatief) (\\w+ )?(maar|hoor|alleen)
    (geen|niet) (\\w+ ){0,2}(plannen|voornemens|van plan|ambitie|draagvlak|groen licht|animo|doelgroep)
    (mond tot mond|mond tot mondreclame|via via|vanzelf|wachtlijst) (\\w+ ){0,5}(klanten|genoeg|binnen|reclame|komen)
    klanten (\\w+ ){0,3}(vanzelf|via via|genoeg|vanuit|komen zelf)
    (lijkt|vind|vinden|is|zijn|klinkt|dit|dat|beschouw) (\\w+ ){0,5}(overbodig|onnodig|zinloos|nutteloos|overkill|onzin|geldklopperij|flauwekul|te duur|niet realistisch|niet rendabel|te commercieel|tijdverspilling|geldverspilling|verspilling|waardeloos|onrealistisch|poespas|niet aan de orde|niet haalbaar|geen optie|niet voor ons|niet voor mij|van de hand)
    (kunnen|kan|doen|doe|redden|leven|leef|gaat) (\\w+ ){0,5}(zonder|best zonder)
    (dacht|denk|geloof|vrees|dachten) (\\w+ )?(het|van|dat) (niet|nie|toch niet)
    (dat|zo|het|alles) (blijft|blijven|laten|houden|willen) (\\w+ ){0,3}(zo|houden|zoals)
    (past|passen|sluit|sluiten|strookt|stroken|aansluiten|matcht) (\\w+ ){0,4}niet (\\w+ ){0,4}(bij|in|aan|op|binnen|met|ons|onze)
    niet (\\w+ ){0,4}(passend|in lijn|aansluiten|passen|passen bij|aan bij|op aan|in ons plaatje|in onze lijn|onze stijl|ons straatje|past bij|stroken)
    (zoek|zoekt|probeer) (het|je|uw|jullie|maar) (\\w+ ){0,2}(elders|ergens anders|geluk|een ander|bij een ander)
    (ander|anderen|iemand anders|andere) (\\w+ ){0,3}(blij mee|gelukkig mee|lastigvallen|proberen)
    (wens|wensen) (\\w+ ){0,4}(het beste|het allerbeste|veel succes|succes|alle succes|sterkte|alle goeds)
    (veel )?succes (\\w+ ){0,2}(ermee|verder|met|elders|gewenst|toegewenst|bij)
    (niet|geen) (\\w+ ){0,4}(warm|enthousiast|wild van|blij van|onder de indruk|overtuigd|vrolijk van|zien zitten|zitten|meegaan|happig|gecharmeerd|gelukkig van)
    (keuze|voorkeur|beslissing|opdracht|gunning|klus) (\\w+ ){0,6}(andere|ander|elders|iemand anders|concurrent|collega firma) ?(\\w+ ){0,3}(gevallen|gegaan|uitgegaan|gegund|inschrijver|partij|aanbieder|kandidaat|firma|leverancier|gegeven)?
    (niet|geen) (\\w+ ){0,3}(weerhouden|gegund|aanmerking|geselecteerd|gekozen|op in gaan|in gaan|ingaan|in te gaan|gebruik maken|gebruikmaken|gebruik van|reageren|meedoen|deelnemen|mee doen|overstappen|wisselen|veranderen|afnemen|bestellen|kopen|aanschaffen|investeren|uitgeven|aan beginnen|mee beginnen|aan mee|instappen|inschrijven op)
    (wij|we|ik) (\\w+ )?(doen|doe|werken|werk|kopen|koop|huren|huur|adverteren|adverteer|betalen|betaal|investeren|besteden|gebruiken|gebruik|bestellen|laten|geloven|geloof|hebben|heb|zoeken|zoek|zijn|ben|gaan|ga|houden|hou) (\\w+ ){0,3}(nooit|nergens|geen|niets|niks|principieel|uitsluitend|enkel|alleen|liever|niet aan|niet met|niet in|niet op zoek|niet van) .*
    (principekwestie|uit principe|principieel|principe geen|nooit ofte nimmer|over mijn lijk|haar op mijn hoofd|vergeet het maar|vergeet het|kansloos|tijdverspilling|verloren moeite|bespaar je|spaar je de moeite|verspilde moeite|dream on|ammenooitniet|no way|echt niet|dikke nee|hard pass|nee is nee|bedankt voor de eer|geen denken aan|zeker niet|absoluut niet|voor geen goud|zonde van|weggegooid geld)
    (gratis|goedkoper|zelf|intern|onderling|eigenhandig) (\\w+ ){0,5}(doet|doen|doe|gedaan|gemaakt|geregeld|opgelost|bouwen|gebouwd|kunnen|maken|beheren|regelen)
    (doet|doen|doe|regelt|regelen|maakt|maken|verzorgt|verzorgen|bouwt|beheert) (\\w+ ){0,6}(gratis|voor niks|voor niets|goedkoper|zelf wel|zelf|onderhands|al jaren|naar tevredenheid|prima|voor ons)
    (zonder|geen) (\\w+ ){0,2}(cent|rooie cent|rode cent|geld|budget|euro|middelen|website|personeel|webshop|nieuwe klanten|extra klanten|uitbreiding|sprake|groeiplannen|financiele ruimte|centen|subsidie)
    (genoeg|voldoende|zat|meer dan genoeg|te veel|teveel) (\\w+ ){0,3}(klanten|werk|opdrachten|personeel|aanvragen|leads|patienten|orders|leden|volk|aanbod|leveranciers|kandidaten|systemen|tools|apps)
    (vol|vol genoeg|werk genoeg|klanten genoeg|personeel genoeg|orderboek|orderportefeuille|wachtlijst) (\\w+ ){0,3}(genoeg|vol|gevuld|zat|met vaste|lang genoeg)
    (loopt|lopen|draait|draaien|gaat|werkt|werken|bevalt|bevallen|voldoet|voldoen|volstaat|volstaan|functioneert|marcheert) (hier |het |bij ons |alles |dit |dat |nog |ons |wel |momenteel )*(prima|goed|uitstekend|perfect|naar wens|op rolletjes|als een trein|vlot|gesmeerd|naar behoren|best|super|zonder problemen|vlekkeloos|ruimschoots)
    (onze|mijn|huidige|eigen|vaste|bestaande|een vaste|trouwe) (\\w+ )?(leverancier|leveranciers|partij|bureau|accountant|boekhouder|partner|partners|aanbieder|systeem|pakket|software|oplossing|installateur|bank|verzekeraar|makelaar|drukker|drukkerij|aannemer|werkwijze|provider|dienstverlener|relatie|schoonmaakbedrijf|fotograaf|webbouwer|tussenpersoon|adviseur) ((?!niet |geen |weg )\\w+ ){0,6}(tevreden|prima|bevalt|voldoet|blijven|volstaat|uitstekend|trouw|jaren|naar wens|altijd|houden)
    (werken|werk|samenwerken|zaken) (wij |we |ik )?((?!niet )\\w+ ){0,3}(al jaren|al lang|al geruime tijd|al langer|reeds jaren|al sinds|reeds|al) (\\w+ ){0,4}(met|samen|naar)
    (al|reeds) (\\w+ ){0,3}(een vaste|vaste|eigen|onze eigen|iemand|een partij|een leverancier|een partner|een systeem|een bureau|een oplossing|voorzien|geregeld|gedaan|uitgevoerd|in huis|aangeschaft|gekocht|opgelost|een contract)
    (in goede handen|op orde|voor elkaar|onder controle|dik in orde|dik voor elkaar|prima geregeld|goed geregeld|afgedekt|dekt de lading|zijn we gedekt)
    (ik|we|wij) (\\w+ )?(pas|passen|bedank|bedanken|skip|skippen|sla over|slaan over)( (hier|voor|deze|dit|ervoor|hiervoor|dus|vriendelijk|feestelijk|toch|even|op|over)( .*)?)?$
    (sla|slaan|laat|laten) (\\w+ ){0,4}(over|voorbijgaan|schieten|aan me voorbij|aan ons voorbij|passeren|varen)
    (niet|geen|overbodig|onnodig|hoeft) (\\w+ ){0,2}(nodig|meer nodig) (om |te |dat )?(\\w+ ){0,3}(bellen|terug te bellen|langs|reageren|opvolgen|belletje|bezoek)?
    (belletje|gesprek|afspraak|demo|contact|opvolging|reactie|telefoontje|kennismaking|bezoek|voorstel|offerte|dit|dat|zoiets) (\\w+ ){0,4}(niet nodig|overbodig|niet nodig|hoeft niet|hoeft dus niet|heeft geen zin|zinloos|onnodig|geen zin)
    (de wereld|iedereen|niemand|wie) (\\w+ ){0,4}(te wachten|wachten|wacht)
    ^(nee|neen|nope|nah|neuh|noppes|njet|nein|nie|negatief|non)( .*)?$
    (te|veel te) (\\w+ )?(duur|prijzig|kostbaar|ingewikkeld|complex|groots|hoog gegrepen|klein voor|klein om|oud voor|oud om)
    (zijn|ben|is) (\\w+ ){0,3}te (klein|oud|kleinschalig|beperkt|specifiek)
    (ziet|zie|zien) (\\w+ ){0,5}(nut|meerwaarde|toegevoegde waarde|heil|brood|noodzaak|voordeel|reden) (\\w+ ){0,4}niet
    (rijden|rij|kopen|werken|eten|drinken|verkopen|gebruiken|doen) (wij |we |ik )?(alleen|enkel|uitsluitend|bewust|liever|gewoon) .*
  `,
  hint: `
    (nee|neen|niet|geen|nie|nooit|niks|niets)
    (helaas|bedankt maar|tevreden|voorzien|laat maar|jammer|haha|al jaren)
  `,
};
