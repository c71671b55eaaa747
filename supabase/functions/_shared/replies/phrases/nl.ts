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
  referral,
  wrong_person: wrongPerson,
  not_now: notNow,
  not_interested: notInterested,
  question,
  interested,
};
