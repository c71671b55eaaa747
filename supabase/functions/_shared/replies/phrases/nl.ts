// Dutch, as in the Netherlands and in Flanders.
import type { Language } from '../language.ts';
import { referral, wrongPerson } from './nl/passing-on.ts';
import { notInterested, notNow } from './nl/refusing.ts';
import { interested, question } from './nl/wanting.ts';

export const dutch: Language = {
  negation: `(niet|nie|geen|nooit|nergens|niets|niks|niemand|zonder|nee|neen|noch|nauwelijks|kan niet)`,
  habit:
    `(normaal|normaliter|meestal|doorgaans|gewoonlijk|eigenlijk|in principe|over het algemeen|in de regel)`,
  condition: `
    (als|indien|mocht|wanneer) (u|je|jij|jullie)
    (wil|wilt|heb|hebt|heeft) (u|je) interesse
  `,
  leave: `
    (mij|me) (mag|kun|kan|hoef|hoeft) .. (cc|loop|mailwisseling|conversatie|weglaten)
    (uit|van) de (cc|loop|mailwisseling)
  `,
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
      (vergetelheid|telecomwet\\w*|spamverbod|spamklacht|recht van bezwaar|recht op (verwijdering|wissing|bezwaar|gegevenswissing)|artikel (17|21)|art (17|21)|anti spam|antispam\\w*|bel me niet|privacywaakhond)
      (strijd|strijdig|overtreding|overtreedt|overtreden|schending|schendt|verboden|illegaal|onrechtmatig|onwettig|strafbaar|mag niet|beroep|grond|krachtens|conform|volgens|verwijzing) (.. )?(avg|gdpr|algemene verordening|privacywet\\w*|privacyregels|privacywetgeving|gegevensbescherming\\w*)
      (avg|gdpr|algemene verordening|privacywet\\w*|persoonsgegevens|gegevensbescherming\\w*) (.. )?(verzoek|verwijder\\w*|wis\\w*|te wissen|bezwaar|klacht|schend\\w*|overtreed\\w*|overtreding|verzet|sommeer|verplicht|binnen|schrappen)
      (melding|klacht|aangifte|stappen|meld|melden|gemeld|doorgegeven) (.. )?(ap|autoriteit persoonsgegevens|gba|gegevensbeschermingsautoriteit|acm|autoriteit|spamklacht|fraudehelpdesk|consuwijzer|safeonweb|politie|advocaat|juridisch\\w*|toezichthouder|provider)
      (gegevens|mailadres|mailadres|adres|naam|data) .. (verwijder\\w*|te verwijderen|wissen|schrappen|gewist|te schrappen|uit uw|uit jullie|uit je|te wissen|weg)
      (nooit|geen) .. (toestemming|aangemeld|ingeschreven|opgegeven|gevraagd om|om gevraagd|akkoord)
      (meld|gemeld|melden) .. (spam|phishing|misbruik)
      (markeer|markeren|rapporteer|rapporteren|aangemerkt|gemarkeerd|gerapporteerd|blokkeer|blokkeren|geblokkeerd) .. (spam|phishing|u|je|jullie|afzender|adres|dit)
      als (spam|phishing|ongewenst)
      (laat|val) (mij|me|ons) (met rust|niet lastig|niet meer lastig)
      (rot|sodemieter|donder|flikker|pleur) (toch |nou )?op
      met rust
      (ongewenste|ongevraagde) (mail|mails|reclame|berichten|post|commerciele)
      (weg|van de lijst) met (dat|mijn|m'n|ons|het|dit) (mailadres|adres)
      (laatste (waarschuwing|keer dat ik))
      dien .. klacht
      (bezwaar|verzet) .. (verwerking|gebruik|direct|marketing|persoonsgegevens|toezending|contact)
      # away with me
      ^(\\w+ ){0,2}(eraf|eruit|er af|er uit|weg) met (mij|me|ons|die|dat|dit|mijn|m'n|onze)
      (graag|wil|willen|moet|mag|mogen|kan|kunnen|direct|meteen|nu|svp|aub|mij|me|ons|onmiddellijk|alsjeblieft|eindelijk|gewoon|a u b|asap) (\\w+ ){0,4}(eraf|eruit|er van af|er vanaf|hier van af|hier vanaf|hiervan af|er af|er uit)( aub| svp| graag| halen| gehaald| nu| alsjeblieft| asap| mag dat| dank)*$
      (haal|gooi|smijt|kegel|flikker|pleur|mik|knikker|kieper|donder|zwier|smeer|verwijder|kick|gooit|haalt|halen|gooien|smijten) (\\w+ ){0,5}(eraf|eruit|er af|er uit|er vanaf|weg|van de lijst|van die lijst|van jullie lijst)
      (verwijder|verwijdert|wis|wist|schrap|schrapt|delete|deleten|vernietig) (\\w+ ){0,4}(adres|mailadres|gegevens|nummer|naam|data|contactgegevens|mail|alles|mij|ons|account)
      (gegevens|data|mailadres|adres|informatie|contactgegevens|nummer|naam|bewaart|hebt) (\\w+ ){0,7}(vernietigen|vernietigt|vernietig|te vernietigen|deleten|delete|weghalen|weggooien|halen|haalt|te halen|wissen|verwijderen|verwijdert|schrappen|schrapt|wist)
      (mij|me|ons|ik|wij|we|gegevens|adres|mailadres|naam|nummer|graag|halen|haal|haalt|gehaald|eraf|weg|svp|aub|gelieve) (\\w+ ){0,7}(uit|van) (jullie|je|jouw|uw|die|de|dat|deze|het) (\\w+ )?(lijst|lijsten|lijstje|\\w+lijst|\\w+lijsten|bestand|bestanden|\\w+bestand|database|databank|mailing|mailings|crm|systeem|systemen|adresboek|campagne|sequence|sequentie|mailreeks|reeks|verteiler)
      ^(uit|van) (jullie|je|jouw|uw|die|de|deze) (\\w+ )?(lijst|\\w+lijst|bestand|\\w+bestand|database|databank|mailing|mailings)
      (uitschrijven|afmelden|uitgeschreven|afgemeld|uitschrijving|afmelding|uitschrijf\\w*|afmeld\\w*|unsubscribe|opt out|optout|uitschrijfverzoek|schrijf (mij|me|ons) (\\w+ ){0,4}uit|meld (mij|me|ons) (\\w+ ){0,4}af)
      # let this be the last one
      laat (dit|deze) (\\w+ ){0,3}laatste (mail |mailtje |keer |bericht |poging )?(zijn|wezen)
      (hierna|hiermee|vanaf nu|voortaan|in het vervolg|in de toekomst|toekomstige|verder) (\\w+ ){0,4}(geen|niet|niets|niks) (\\w+ ){0,4}(mails?|mailen|berichten|sturen|ontvangen|benaderen|contacteren|horen|benaderd)
      (toekomstige|volgende|verdere|nieuwe|alle) (mails?|mailings?|toezending\\w*|berichten|correspondentie|communicatie|zendingen) (\\w+ ){0,6}(uitsluiten|uit te sluiten|stoppen|stopzetten|stop te zetten|staken|te staken|achterwege|blokkeren|voorkomen|niet gewenst|ongewenst)
      (niks|niets|geen) (\\w+ ){0,4}(meer|verder) (van )?(\\w+ ){0,3}(vernemen|horen|ontvangen|krijgen|zien|toegestuurd|toegezonden|toesturen|in mijn (mailbox|inbox|postvak|bus))
      (geen|niet) (\\w+ ){0,3}(communicatie|correspondentie|toezending\\w*|berichtgeving|mailverkeer|benadering|contact|mails?|berichten|reclame|mailings?|nieuwsbrieven) (\\w+ ){0,3}(meer te|te ontvangen|gewenst|te krijgen|op prijs|toesturen|toe te sturen|toezenden)
      (geen|niet) (prijs|behoefte|boodschap) (\\w+ )?(op|aan|in|meer aan|meer in|om) (\\w+ ){0,4}(mails?|mailtjes|berichten|reclame|mailings?|nieuwsbrieven|correspondentie|communicatie|toezending\\w*|spam|ontvangen|gemaild)
      (hoef|hoeft|hoeven|wil|willen|wens|wensen|moet|moeten) (ik |wij |we |niet |geen |deze |die |dit soort |uw |jullie |je |jouw |dat soort |zulke |hier |echt |van )*(mails?|mailtjes|berichten|reclame|spam|nieuwsbrief|nieuwsbrieven|post|mailings?) (\\w+ ){0,3}(niet|niet meer|meer|nooit)
      geen moeite (\\w+ ){0,3}(met|om|voor) (\\w+ ){0,4}(mailen|mails?|sturen|schrijven|berichten|opvolg\\w*)
      (vergeet|wis) (maar )?(mijn|m'n|ons|dit) (mailadres|adres|nummer|naam|gegevens)
      mag ik (\\w+ ){0,3}(af|eraf|eruit|er uit)
      (eraf|eruit|er af|er uit) (gooien|halen|zetten|gooit|haalt|gooi|haal|kieperen|knikkeren|mieteren)
      (mails?|mailtjes|berichten|mailings?|reclame|nieuwsbrieven|herinneringen) (\\w+ ){0,2}(hoeven|hoeft|wil|willen|wens|wensen) (\\w+ ){0,3}(niet|niet meer|geen|nooit)
      (communicatie|mailverkeer|correspondentie|toezending\\w*|mailings?|mails?|berichten) (\\w+ ){0,6}(staken|te staken|stopzetten|stop te zetten|beeindigen)
      (nergens|nooit|niet) (\\w+ ){0,3}(op ingetekend|voor ingetekend|ingetekend|mij aangemeld|voor aangemeld|voor ingeschreven)
      ^(verwijderen|schrappen|wissen|uitschrijven|afmelden|weg) (die|de|dat|mij|met) .*
      ^(\\w+ )?weg uit mijn (inbox|mailbox|mail|postvak)
      (alle|allemaal|alles|beide) (\\w+ )?(schrappen|verwijderen|wissen|uitschrijven)
      (mailadres|adres|adressen) (\\w+ ){0,3}(voortaan |in het vervolg )?(overgeslagen|overslaan|over te slaan|uitsluiten|uitgesloten)
      (niet|geen) (\\w+ ){0,3}(benaderen|te benaderen|contacteren|te contacteren|aan te schrijven)
      # stop it
      (gevraagd|verzocht|gezegd|gemeld|verzoek|vraag) (\\w+ ){0,5}(om )?(hiermee|ermee|daarmee|met mailen|dit) (op te houden|te stoppen|te staken|ophouden|stoppen)
      (geef|meld|klaag|melden|geven|doe|klagen) (\\w+ ){0,5}(door|aan|bij) (\\w+ ){0,2}(fod|acm|ap|gba|autoriteit|politie|consumentenbond|economische inspectie|toezichthouder)
      (hou|houd|houdt|houden|ophouden|op te houden|schei|scheid|kap|stop|stopt|stoppen|te stoppen|kappen) (\\w+ ){0,6}(mailen|gemail|gemaild|mails?|mailtjes|spam|spammen|gespam|sturen|benaderen|lastigvallen|stalken|berichten|reclame|bestoken|ambeteren|ambetante|storen|onzin|geleur|gezeur|gedoe|opvolgmails|contacteren|zenden|bellen)
      (hou|houd|schei|kap|stop) (\\w+ ){0,3}(hier|er|nu|eens|nou|aub|svp|toch|alstublieft) ?(mee|op|uit|ermee)
      (lastig|ambetant|vervelend|irritant|storend|opdringerig) (\\w+ ){0,4}(stop|hou op|niet meer|eraf)
      (niet|nooit|geen) (\\w+ ){0,4}(ambeteren|lastigvallen|lastig te vallen|lastig gevallen|lastiggevallen|bestoken|bestookt|bombarderen|stalken|spammen|gespamd|gemaild|gecontacteerd|aangeschreven|benaderd) (\\w+ )?(worden|te worden|wil|willen|word)
      (laat|laten) (mij|me|ons) (\\w+ ){0,3}gerust( aub| svp| met .*)?$
      (mails?|mailtjes|gemail|berichten|spam|reclame|spammails|gespam) (\\w+ ){0,8}(klaar mee|beu|kotsbeu|zat|spuugzat|genoeg van|buik vol|moe)
      (beu|kotsbeu|spuugzat|zat|schoon genoeg|genoeg|klaar|buik vol|moe) (\\w+ ){0,4}(mails?|mailtjes|gemail|spam|berichten|reclame|spammails|gespam|acquisitie)
      (nog een|nog 1|nog een keer|nog eentje|een volgende|bij de volgende|volgende) (mail|mailtje|bericht|keer) (\\w+ ){0,3}(en|dan|volgt|wordt|ga|doe|maak)
      (je|u|jullie|uw|jouw|afzender|adres|domein|domeinnaam|mailadres) (\\w+ ){0,6}(geblokkeerd|blokkeren|blokkeerlijst|zwarte lijst|blacklist|geblacklist|bij spam|als spam|spamlijst|ongewenste afzender\\w*|op ignore)
      (blokkeer|blokkeren|geblokkeerd|blocken|geblockt|block) (\\w+ ){0,3}(je|u|jullie|afzender|adres|domein|deze|mailadres)
      (zet|plaats|noteer|registreer) (\\w+ ){0,4}(niet mailen|do not contact|niet benaderen|niet meer op|zwarte lijst|niet contacteren)
      (please|pls|gelieve) (remove|unsubscribe|stop|delete|verwijderen|schrappen|stoppen)
      ^(remove|delete|stop|spam|verwijder|uit|eraf|eruit|weg ermee|wegwezen|donder op|rot op|opdonderen|oprotten|optiefen|flikker op|ga weg|niet meer|niet meer doen|niet meer sturen|nooit meer|geen mails|geen mail meer|mij niet meer mailen)( me| mij| dit| aub| svp| graag| nu| alsjeblieft| hoor| joh| man| thanks| thx)*$
    `,
    hint: `
      (spam|spammen|spammer)
      (genoeg|zat|beu) .. (mails?|mailtjes)
      te veel (mails?|mailtjes|berichten|van)
      (lastigvallen|lastig te vallen|stalken|stalking|stalker|bombarderen|bestookt|ambeteren|opdringerig\\w*|reclame|ongevraagd\\w*|ongewenst\\w*|prullenbak|junk|avg|gdpr|persoonsgegevens|privacywet\\w*)
      waarom (blijf|blijven|krijg|krijgen|blijft|stuurt) (\\w+ ){0,3}(mails?|mailen|spam|sturen|berichten)
      laatste (mail|keer|bericht)
      niet (\\w+ )?om gevraagd
    `,
  },
  referral,
  wrong_person: wrongPerson,
  not_now: notNow,
  not_interested: notInterested,
  question,
  interested,
};
