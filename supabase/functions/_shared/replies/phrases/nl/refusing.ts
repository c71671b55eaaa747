// Dutch: refuses, for now or for good.
import type { PhraseText } from '../../phrases.ts';

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
};
