// What mail servers, absence notes and ticket systems write in Dutch (phrases.ts explains how phrases are written).
import type { MachineLanguage } from '../../language.ts';

const weekday = '(maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)';
const weekdays = `(${weekday}|maandagen|dinsdagen|woensdagen|donderdagen|vrijdagen|ma|di|wo|do|vr)`;
const month =
  '(januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|jan|feb|mrt|apr|jun|jul|aug|sept|sep|okt|nov|dec)';
const premises =
  '(kantoor|kantoren|wij|we|winkel|winkels|praktijk|school|bedrijf|zaak|atelier|werkplaats|balie|balies|loket|loketten|administratie|receptie|secretariaat|showroom|fabriek|restaurant|salon|studio|deuren|magazijn|toonzaal|gemeentehuis|instelling|organisatie|bibliotheek|museum|garage|onderneming|vestiging|vestigingen|opvang|kantine|keuken)';
const receiver =
  '(adres|mailadres|mailbox|postvak|postbus|inbox|gebruiker|gebruikersnaam|server|mailserver|ontvanger|geadresseerde|account|domein|domeinnaam|host|bestemming|bestemmeling)';
const message = '(bericht|mail|mails|mailtje|berichtje|schrijven|zending)';

export const dutchMachines: MachineLanguage = {
  bounceTitle: `
    (onbestelbaar|onbestelbare|onafleverbaar|kan bericht niet|retour afzender|afgewezen|geweigerd|bezorgfout|bezorgingsfout|bezorgprobleem|verzendfout|leveringsfout|aflevercode|bounce)
    (niet|nooit) (.. )?(afgeleverd|bezorgd|bestelbaar|aangekomen|afleverbaar|besteld|verzonden|verstuurd|afleveren|bezorgen|versturen|verzenden|geleverd|leverbaar|overgekomen|doorgekomen|aanvaard|geaccepteerd)
    (bezorging|aflevering|verzending|levering|verzenden|versturen|bezorgen|afleveren|zending|mail|bericht) (.. )?(geweigerd|mislukt|gefaald|mislukte|niet gelukt|gestaakt|geblokkeerd|teruggestuurd|teruggezonden|geretourneerd|retour|afgewezen|afgebroken|onmogelijk)
    (mislukte|foutieve|geweigerde|onmogelijke|geblokkeerde|geretourneerde|teruggestuurde) (aflevering|bezorging|verzending|levering|mail|zending|bericht)
    (fout|probleem|problemen|storing|mislukt) (bij|met|tijdens) (het |de )?(versturen|verzenden|bezorgen|afleveren|aflevering|bezorging|verzending|levering)
    (postvak|mailbox|inbox|postbus|opslagruimte|opslag|opslaglimiet|quota|quotum|limiet|mailboxlimiet|schijfruimte) (.. )?(vol|overschreden|bereikt|op|overvol)
    (onbekend|ongeldig|onbekende|ongeldige|niet bestaand|onbestaand|onbestaande) (adres|mailadres|ontvanger|geadresseerde|gebruiker|mailbox)
    ${receiver} (.. )?(onbekend|niet gevonden|bestaat niet|ongeldig|bestaat niet meer|geweigerd|niet bereikbaar)
    ^retour
  `,
  delayed: `
    (vertraagd|vertraging|nog niet (bezorgd|afgeleverd|aangekomen|besteld)|blijven proberen|blijft proberen|blijft het proberen|blijven het proberen|poging\\w* (worden|wordt) (voortgezet|herhaald)|volgende poging)
    (?<!niet )(?<!niet meer )(?<!niet nog eens )(opnieuw|nogmaals|later) geprobeerd
    (proberen|probeert|proberen wij|zal|zullen) ((?!niet )\\w+ ){0,4}(nog|opnieuw|nogmaals) (.. )?(bezorgen|afleveren|af te leveren|te bezorgen|proberen|\\d+ (uur|uren|dagen))
    tijdelijk (niet|geen) (.. )?(bezorgd|bereikbaar|afgeleverd|verbinding)
  `,
  bounceText: `
    (niet|kon niet|kan niet|nooit|konden niet|onmogelijk) (.. )?(bezorgd|afgeleverd|worden bezorgd|bezorgen|afleveren|besteld|bezorgbaar|afleverbaar|bestelbaar|aangekomen|te bezorgen|af te leveren|overgedragen|doorgegeven|gearriveerd|opgeslagen)
    ${message} (.. )?niet (.. )?(verzonden|verstuurd|verzenden|versturen|aanvaard|geaccepteerd|aangenomen|accepteren)
    ${receiver} (.. )?(niet gevonden|bestaat niet|onbekend|is vol|zit vol|vol|reageert niet|geweigerd|weigert|weigerde|bestaat niet meer|niet vinden|niet te vinden|niet achterhaald|niet herkend|ongeldig|komt niet voor|niet bekend|uitgeschakeld|gedeactiveerd|onbereikbaar|niet bereikbaar|onbestaande|verkeerd getypt|verkeerd gespeld|overvol|verlopen|niet bestaat|niet toegestaan|stopgezet|geen mail|geen mails|geen berichten)
    (geen|niet) (geldig|geldige|bestaand|bestaande|dergelijk|dergelijke|correct|gekend) (\\w+ )?${receiver}
    (onbekende|ongeldige|onbestaande|niet bestaande|foutieve|geen) (\\w+ )?(gebruiker|ontvanger|geadresseerde|mailbox|account|postvak|mailserver|mailadres met|domeinnaam|mx record)
    er (is|bestaat|werd) geen (\\w+ )?(gebruiker|mailbox|account|postvak|postbus|adres|mailadres)
    ${message} .. (geweigerd|geblokkeerd|afgewezen|teruggestuurd|geretourneerd|teruggezonden|verworpen|als spam|als ongewenst|te groot|groter dan|retour)
    (bezorging|aflevering|bezorgpoging|bezorgpogingen|levering|verzending|afleverpoging\\w*|afleverpogingen) (.. )?(mislukt|gestaakt|geweigerd|gefaald|opgegeven|gestopt|afgebroken|onmogelijk)
    (mislukt|mislukte) (.. )?(ontvanger|ontvangers|geadresseerde|geadresseerden|afleveren|bezorgen)
    (niet|kon niet) (gelukt|mogelijk|geslaagd) (om |het )?(.. )?(bezorgen|afleveren|af te leveren|versturen|te versturen|verzenden|verbinding te maken|verbinden)
    (accepteert|aanvaardt|neemt) (.. )?(geen|niet) (.. )?(mail|mails|berichten|aan|afzenders|post|meer)
    (limiet|quota|quotum|opslagruimte|opslaglimiet|opslagcapaciteit|maximum|capaciteit|schijfruimte|bewaarruimte) (.. )?(bereikt|overschreden|vol|overschrijdt|overschrijden)
    (overschrijdt|overschreden|overschreed|groter dan|te groot|maximale) (.. )?(limiet|grootte|omvang|quota|quotum|toegestane|toegelaten|bijlage|maximum)
    (niet gemachtigd|niet bevoegd|geen toestemming|geen rechten|niet gerechtigd|geen toelating|niet toegelaten|niet toegestaan|alleen afzenders|enkel afzenders) (.. )?(mailen|verzenden|sturen|versturen|schrijven|binnen de organisatie|groep|lijst|distributielijst)
    (definitieve|permanente|blijvende|onherstelbare|fatale) (fout|weigering|bezorgfout|storing|mislukking)
    (geen|geen nieuwe|geen verdere|niet) (pogingen|poging|nieuwe pogingen) (.. )?(ondernomen|gedaan|meer|doen)
    (na|gedurende) \\d+ (uur|uren|dagen|dag|pogingen) (.. )?(opgegeven|niet|gestaakt|mislukt|zonder succes|tevergeefs|geprobeerd)
    (verbinding|connectie) (.. )?(geweigerd|weigerde|mislukt|verbroken|time out|niet gelukt|geen gehoor)
    (verwijderd|opgeheven|afgesloten|geblokkeerd|gedeactiveerd|uitgeschakeld) (door )?(.. )?(beheerder|administrator)
    (bijlage|bijlagen|bericht|mail) (.. )?(te groot|te zwaar|groter dan|niet toegestaan)
    ${message} (.. )?(bestemming|doel) niet (.. )?bereikt
    (aan u |wordt |werd )*(geretourneerd|teruggezonden|teruggestuurd) (.. )?(afzender|u)
    foutcode
    ${receiver} (.. )?(niet meer te bestaan|lijkt niet|niet langer te bestaan)
    geen verbinding (.. )?(server|mailserver|ontvanger|domein)
    (mailsysteem|postsysteem|mailserver) op host
    (probleem|fout|storing) (opgetreden )?(.. )?(bij|tijdens) (.. )?(bezorging|bezorgen|afleveren|aflevering|verzending|verzenden)
    (spf|dkim|dmarc|reputatie|blokkeerlijst|zwarte lijst|blacklist) (.. )?(afzender|geweigerd|ip|record|controle|domein|vermeld|faalt|faalde|mislukt)
    (spamfilter|filter|beveiliging|firewall|antispam|gateway|beleid) (.. )?(geweigerd|geblokkeerd|afgewezen|verwijderd|teruggestuurd|niet doorgelaten|verworpen)
  `,
  absenceTitle: `
    (afwezig|afwezigheid\\w*|niet aanwezig|niet op kantoor|buiten kantoor|buiten huis|met verlof|op verlof|met vakantie|op vakantie|wegens vakantie|ziek|tussenuit|sabbatical|parttime|deeltijd|deeltijds|op reis|op dienstreis|met reces|reces|zomerreces|kerstreces|beperkt bereikbaar|minder bereikbaar|niet bereikbaar|tijdelijk weg|even weg|even niet|vrij|vrije dag|papadag|mamadag|offline|er niet|sluiting|sluitingsperiode|zomerstop|winterstop|collectief|vakantiegroet\\w*|bouwvak\\w*|inhaalrust|adv dag|brugdag|snipperdag|studiedag|feestdag\\w*|met zwangerschap)
    ^(gesloten|dicht)
    ${premises} (.. )?(gesloten|dicht)
    \\w*(verlof|verlofdag|verlofdagen|vakantie|vakantieperiode|vakantiedagen|sluiting|ziekte)
    (fijne|prettige|zalige|gelukkige|vrolijke|gezellige) (feestdagen|kerst\\w*|vakantie|zomer|feesten|kerst|pasen|paasdagen|eindejaar\\w*|jaarwisseling)
  `,
  machineTitle: `
    (automatisch antwoord|automatische (reactie|beantwoording|bevestiging|melding|mail|reply|respons|ontvangst\\w*)|automatisch (bericht|gegenereerd|verzonden)|geautomatiseerd\\w*|autoreply|auto reply|autoresponder|afwezigheidsassistent)
  `,
  absenceText: `
    (afwezig\\w*|niet aanwezig|niet op kantoor|niet op de zaak|niet op school|niet op mijn werk|niet aan het werk|op vakantie|met vakantie|zwangerschapsverlof|ouderschapsverlof|bevallingsverlof|ziekteverlof|vakantieverlof|niet bereikbaar|onbereikbaar|moeilijk bereikbaar|moeilijker bereikbaar|slecht bereikbaar|slechter bereikbaar|minder (goed )?bereikbaar|beperkt bereikbaar|verminderd bereikbaar|buiten kantoor|buitenshuis|wegens ziekte|ziek thuis|ziek gemeld|ziekgemeld|zakenreis|dienstreis|studiereis|niet in de gelegenheid|tussenuit|niet in functie|op sabbatical|uit de roulatie|uit de running|tijdelijk weg|niet bemand|onbemand|niet bezet|onderbezet|jaarlijkse sluiting|zomersluiting|kerstsluiting|collectieve sluiting|zomerstop|winterstop|zomerreces|kerstreces|met reces|bouwvak|bouwverlof|brugdag)
    (op|met|in|wegens|omwille van|vanwege|geniet|genieten|genietend|hebben|heb|heeft|zijn|ben|is|neem|nemen|tijdens|gedurende|ons|onze|mijn|haar|zijn|door|van) (\\w+ ){0,3}\\w*(verlof|vakantie|ouderschapsverlof|kraamtijd|reces)
    (geniet|genieten|genieten we|geniet ik) (.. )?(van|met)
    (beperkt\\w*|geen|weinig|nauwelijks|amper|sporadisch|af en toe|onregelmatig|minder|slechts|niet|niet altijd|zelden) (.. )?(toegang|mijn mail|mijn mails|mijn mailbox|mijn berichten|mails? lezen|mail lezen|internet|bereik|mails? checken|mijn inbox|mijn postvak)
    (lees|lezen|check|bekijk|bekijken|beantwoord|open|volg) (ik |we |wij |mijn |dan |in die periode )*(mails?|mijn mails?|berichten|mijn berichten|mijn mailbox|mailbox) (.. )?(niet|nauwelijks|amper|af en toe|sporadisch|niet dagelijks|beperkt)
    mails? (.. )?(slechts|maar|enkel|alleen|niet|nauwelijks|amper) (.. )?(af en toe|sporadisch|gelezen|beantwoord|dagelijks|opgevolgd|bekeken|regelmatig)
    (ben ik|zijn we|zijn wij|ben|staan we|staan wij|zitten we|sta ik|zit ik|vind je mij|vindt u mij|kunt u mij|kun je mij|kan je mij|kan u mij) (er )?(.. )?(weer|terug|opnieuw)( .. )?
    (ik ben|wij zijn|we zijn|wij staan|we staan|ik zit|we zitten|wij zitten) (.. )?(terug|weer|opnieuw) (.. )?(vanaf|op|aanwezig|bereikbaar|kantoor|aan|in|klaar|open|er|present|beschikbaar|${weekday}|\\d+)
    (weer|terug|opnieuw|wederom) (.. )?(aanwezig|bereikbaar|te bereiken|op kantoor|op post|aan het werk|aan de slag|in huis|in het land|beschikbaar|geopend|open|present|achter mijn bureau|voor (u|je|jullie) klaar|klaar voor (u|je|jullie)|online|van de partij|op school|in de zaak|op de werkvloer|op volle kracht|paraat|te vinden|tot uw dienst|ter beschikking|bemand)
    (bij|na|na mijn|bij mijn|tot) (terugkomst|terugkeer|vakantie|verlof|terugkeren)
    (tijdens|in|gedurende|bij) (mijn|onze|deze|haar|die) (afwezigheid|sluiting|vakantie|verlof|vakantieperiode|sluitingsperiode|verlofperiode|periode|dagen)
    (zodra|wanneer|als|tot|totdat|tot ik) (ik|we|wij) (weer |er |terug |opnieuw |weer aan |back )*(terug|weer|aan het werk|op kantoor|aanwezig|werk|er ben|er zijn)
    ${premises} (.. )?(gesloten|dicht|heropen\\w*|vieren we|toe van|terug open|weer open|opnieuw open|gaan open|sluit\\w*|niet open)
    (gesloten|dicht|toe) (wegens|van|tot|op|tussen|vanwege|i v m|ivm|in verband|omwille|tijdens|voor|t m|tem)
    (werk|werken|aanwezig|bereikbaar|kantoor|werkzaam|dienst|vrij) (ik |we |wij |doorgaans |in de regel |normaal |altijd |alleen |enkel |uitsluitend |slechts )*niet op (de )?${weekdays}
    (werk|aanwezig|bereikbaar|werkzaam|op kantoor) (ik |we )*(.. )?(alleen|enkel|uitsluitend|slechts|parttime|part time|deeltijds|halftijds|niet) (.. )?(op |in de |s |van )?(${weekdays}|voormiddag|ochtend|ochtenden|ochtends|voormiddagen|middag)
    op (\\w+ )?${weekdays} (.. )?(werk ik niet|ben ik niet|niet aanwezig|niet op kantoor|vrij|niet werkzaam|ben ik er niet|afwezig|lees ik|niet bereikbaar)
    (werk|werk ik|aanwezig|ik werk|werkzaam) (op )?${weekdays} (.. )?(en|tot|t m|,) ${weekdays}
    (werkdagen (zijn|:)|werk alleen op|aanwezig op|vaste vrije dag|papadag|mamadag|papa dag|mama dag|vrije dag|parttime dag|adv dag)
    (wordt|worden) (in die periode |in deze periode |intussen |ondertussen |tijdens mijn afwezigheid )*niet (automatisch )?(doorgestuurd|gelezen|bekeken|doorgezonden|opgevolgd|gecheckt)
    (wegens|door|vanwege|omwille van|ten gevolge van|in verband met|ivm|i v m) (.. )?(ziekte|ziek|overlijden|omstandigheden|ongeval|operatie|zwangerschap|geboorte|verlof|vakantie|feestdag\\w*|staking|ziekenhuisopname|familieomstandigheden|rouw|quarantaine|revalidatie|studiedag|opleiding|cursus|beurs|evenement|inventaris|bevalling|hemelvaart\\w*|pinksteren|pasen|kerst\\w*|koningsdag|bevrijdingsdag|carnaval)
    (herstel|herstellende|revalideer|herstellen) (\\w+ )?(van|na) (een |mijn )?(operatie|ingreep|ziekte|ongeval|bevalling|val|blessure|burn\\w*)
    (in|naar) het buitenland
    (bevallen|bevalling)
    (ik ben|ben ik|wij zijn|we zijn|zijn we) (er|hier) (.. )?niet$
  `,
  absenceHint: `
    (vanaf|tot|tot en met|t m|tem|t e m|tussen|van|op|per|na|tegen|aanstaande|komende|volgende|sinds|begin|eind|medio|in|rond|deze) (en met |\\w+ )?(${weekday}|\\d+ (\\w+ )?${month}|\\d+/\\d+|\\d+[.-]\\d+|${month}|week|maand|weken|dagen)
    (vandaag|morgen|overmorgen|deze week|volgende week|komende (dagen|week|weken)|deze dagen|deze maand|enkele dagen|paar dagen|tijdelijk|momenteel|voorlopig|nader order|onbepaalde tijd|dit moment)
    (vrij|weg|terug|weer|beurs|congres|conferentie|training|cursus|studiedag|teamdag|heidag|teamuitje|teamuitstap|bedrijfsuitje|opleiding|onderweg|vergadering|vergaderingen|ziek|ziekenhuis|operatie|baby|bevallen|geboren|moeder|vader|papa|mama|zon|strand|reis|reizen|laptop|offline|stekker|genieten|geniet|uitrusten|opladen|ski|kamperen|camping|trouwen|huwelijk|huwelijksreis|bruiloft|rust|kerst|pasen|feestdagen|pauze|break)
  `,
  gone: `
    (niet (langer|meer)|heeft|heb) (.. )?(werkzaam|in dienst|werkt|werken|verlaten|verbonden|tewerkgesteld|gestopt|beeindigd|betrokken)
    (ik|zij|hij|collega|medewerker|mevrouw|heer|dhr|mevr) (.. )?(niet langer|niet meer) (.. )?(actief|bij|voor|in)
    (afscheid genomen|afscheid van|afgezwaaid|uit dienst|vertrokken bij|vertrokken naar|weg bij|gestopt bij|met pensioen|op pensioen|gepensioneerd|andere uitdaging|nieuwe uitdaging|andere werkgever|nieuwe werkgever|andere baan|nieuwe baan|nieuwe job|andere job|elders aan de slag|carriere elders|loopbaan elders)
    (mijn tijd|mijn avontuur|mijn loopbaan|mijn carriere|mijn dienstverband|mijn opdracht|mijn contract|dienstverband) (.. )?(zit erop|ten einde|geeindigd|afgelopen|beeindigd|is voorbij|voorbij)
    (laatste|mijn laatste) (werkdag|dag bij|dag op)
    (heb|heeft|hebben) (.. )?(verlaten|gestopt)
    (werk|werkt) (ik )?(hier|er|daar|bij <name>|inmiddels|sinds|niet|vanaf)? ?(.. )?(niet meer|niet langer|elders|ergens anders)
  `,
  automaticText: `
    (automatisch\\w*|geautomatiseerd\\w*) (.. )?(antwoord|bericht|gegenereerd|verstuurd\\w*|verzonden|melding|bevestiging|mail|aangemaakt|reactie|systeem|respons|opgesteld|beantwoord|verwijderd)
    (automatische|ontvangst|ontvangstbevestiging|ontvangst van|ontvangstbewijs|ontvangstmelding|leesbevestiging|bevestigen wij|bevestigen we|bevestigingsmail)
    (bericht|berichtje|mail|mails|mailtje|aanvraag|vraag|melding|verzoek|vraag|schrijven|inzending|formulier|sollicitatie|bestelling|reactie|brief|klacht|ticket|correspondentie|offerteaanvraag|documenten|factuur) (.. )?(goede orde|ontvangen|geregistreerd|in behandeling|werd geregistreerd|tegengehouden|gesloten|afgesloten|is gelezen|genoteerd|verwerkt|goed aangekomen|binnengekomen|goed binnen|toegewezen|aangemaakt|opgelost|in goede handen|is aangekomen|doorgestuurd naar de juiste|in de wachtrij|wachtrij|op volgorde|volgorde van|beoordeeld|bij ons binnen|toegevoegd aan|gekoppeld aan|ingeboekt|bevestigd|vastgelegd|ingeschreven|in quarantaine|quarantaine|voorgelegd aan)
    (ontvingen|kregen|ontvangen) (wij|we) (.. )?(bericht|mail|aanvraag|vraag|melding|verzoek)
    (ticketnummer|dossiernummer|zaaknummer|referentienummer|referentie|meldingsnummer|meldnummer|incidentnummer|aanvraagnummer|kenmerk|werkdagen|werkdag|veelgestelde|openingstijden|openingsuren|spamfilter|spambeveiliging|geen robot|niet op dit bericht|niet te beantwoorden|noreply|no reply|contactformulier|klantportaal|klantenportaal|patientenportaal|portaal|webformulier|meldingsformulier|aanvraagformulier|afspraakmodule|helpdesk|servicedesk|klantenservice|klantendienst|kennisbank|helpcentrum|helpcenter|supportteam|supportafdeling|afhandeltermijn|behandeltermijn|reactietijd|antwoordtermijn|reactietermijn|doorlooptijd|behandelaar|zaakbehandelaar|digitale assistent|virtuele assistent|chatbot|klantcontactcentrum|klant contact centrum|spoednummer|spoedlijn|wachtpost|huisartsenpost|storingsdienst|noodnummer|peppol|ubl|facturatieadres|factuuradres|e facturen|privacyverklaring|bestelnummer|ordernummer|klantnummer)
    (leuk dat (je|u) (ons|contact|schrijft|mailt)|bedankt|dank|dankjewel|fijn dat|super dat|goed dat|tof dat) (.. )?(bericht|mailt|contact|mail aan|aanvraag|ons|mail|interesse in|vraag aan|bestelling|melding|sollicitatie)( .. )?(ontvangen|opneemt|opgenomen|behandeling|aan|mailt|schrijft|mailde|stuurde|op met)
    (zo (snel|spoedig|vlug) (als )?(mogelijk|kan|we kunnen|wij kunnen)|binnen (de )?\\w+ (dagen|dag|uur|werkdagen|uren|werkuren|kantooruren)|doen ons best|doen er alles aan|streven ernaar|streven er naar|trachten|proberen|proberen we|proberen wij) (.. )?(terug|contact|antwoord\\w*|beantwoord\\w*|te beantwoorden|reactie|reageren|behandel\\w*|iedereen|verder te helpen|van ons|helpen)
    (zo (snel|spoedig|vlug) (als )?(mogelijk|kan)|binnen (de )?\\w+ (dagen|dag|uur|werkdagen|uren|werkuren)|uiterlijk binnen) 
    (komen|nemen|reageren|antwoorden|neemt|beantwoorden|helpen|horen|hoor|hoort|krijgt|ontvangt|krijg) (.. )?(zo (snel|spoedig|vlug)|binnen (\\d+|een|twee|drie|enkele|de|vijf)|spoedig|snel|asap) 
    (een|onze|ons|het|iemand|jouw) (\\w+ )?(collega|medewerker|medewerkers|medewerkster|team|behandelaar|adviseur|specialist|consulent|agent|iemand|van ons|van onze \\w+|klantadviseur|dossierbeheerder) (.. )?(contact|antwoord\\w*|reageert|reageren|bekijkt|kijkt|pakt|neemt|helpt|beantwoordt|gaat|komt|zal|helpen|gaat ermee)
    (wordt|worden) (.. )?niet (meer )?(.. )?(gebruikt|gelezen|beheerd|gemonitord|beantwoord|bekeken|opgevolgd|gecontroleerd|verwerkt|geopend|bemand|bewaakt|nagekeken)
    (wordt|worden) (maar |slechts |enkel )?(.. )?(een keer|eenmaal|een maal|af en toe|in behandeling|behandeld|in volgorde|op volgorde|verwerkt|beantwoord|bekeken|automatisch)
    (niet meer (in gebruik|gebruikt|gelezen|actief|geldig|bereikbaar op)|nieuwe (mail)?adressen|adressen eindigen|nieuw mailadres|nieuw mail adres|nieuw adres|nieuwe adres|nieuwe mailadres|nieuwe domeinnaam|nieuwe naam|nieuwe stek|nieuwe telefoonnummer|nieuw telefoonnummer|adres (is |werd )?gewijzigd|adressen (zijn |werden )?gewijzigd|ander mailadres|adres is veranderd|adreswijziging|naamswijziging|voortaan (bereik\\w*|mail|via|op|kunt|kan|vind|is)|naam veranderd|domein gewijzigd|telefoonnummers)
    (adres|mailadres|mailbox|postvak) (.. )?(gewijzigd|veranderd|opgeheven|vervalt|niet meer|buiten gebruik|vervangen|verdwijnt|alleen gebruikt|alleen voor|enkel voor|enkel gebruikt|uitsluitend|enkel om|alleen om|verzenden|waarvandaan|niet ingelezen)
    (reacties|antwoorden|reageren|antwoord|berichten|beantwoorden) (.. )?(op deze mail|op dit bericht|op dit adres|naar dit adres|nergens|niet aan|is niet mogelijk|niet mogelijk|heeft geen zin|niet gelezen|komen niet)
    (gelezen op|is gelezen|werd gelezen|zonder te zijn gelezen|ongelezen verwijderd|verwijderd zonder|weergegeven op|is weergegeven|is geopend op|scherm van)
    (hoe tevreden|beoordeel|geef een cijfer|(was|bent|ben) (u|je) tevreden|tevredenheid\\w*|enquete|geef ons|feedback|review)
    (cijfer|beoordeling|score) (te )?(geven|geeft)
    (hoe (ging|was|deden)|wat vond) (.. )?(het|we|onze|u|je)
    (door|wegens|vanwege|in deze|door de|met) (.. )?(drukte|drukke periode|aangifteperiode|hoeveelheid|grote aantal|veelheid|toestroom|volume|piekperiode)
    (krijgen|ontvangen|ontvangt) (momenteel |dagelijks |elke dag |op dit moment |heel |zeer |erg |wij |we )*(veel|een groot aantal|tientallen|honderden|grote hoeveelheid) (.. )?(berichten|mails|mailtjes|vragen|aanvragen)
    (kan|het kan|dit kan) (.. )?(langer duren|iets langer|wat langer|even duren)
    (vermeld|gelieve|verzoeken|zet|houd|hou) (.. )?(nummer|referentie|kenmerk|onderwerpregel|onderwerp|bestelnummer|ticketnummer|klantnummer)
    (volg|bekijk|status|voortgang) (.. )?(status|verzoek|aanvraag|ticket|melding|voortgang|klantenportaal|online|op de hoogte)
    (bel|belt|bellen|bereikbaar|contact) (.. )?(spoed|nood|levensgevaar|112|levensbedreigend\\w*)
    (spoed|nood|dringend|haast|noodgeval|spoedgeval|urgent|levensbedreigend\\w*) (.. )?(bel|belt|bellen|contacteer|whatsapp|app|112|dierenarts|rechtstreeks|telefoon)
    (op|tijdens) (werkdagen|weekdagen|kantooruren|kantoortijden|onze openingsuren|onze openingstijden)
    (telefonisch|bereikbaar|open|geopend) (.. )?(van|tussen) (\\d+\\S* (uur )?(tot|en)|maandag|ma)
    (klik|druk|tik) (op|hier|hieronder|onderstaande)
    (bevestig|bevestigen|bewijs|aantonen|verifieer|verifieren) (.. )?(dat u|dat je|mens|afzender|link|adres|eenmalig|identiteit|robot|klikken|te klikken)
    (bekende|goedgekeurde|toegelaten|toegestane|vertrouwde|onbekende|nieuwe|erkende) (afzender|afzenders|contacten|contactpersonen)
    (afzender|afzenders) (.. )?(bevestigen|goedkeuren|verifieren|controleren|controleert|onbekend|witte lijst)
    (captcha|puzzel|whitelist|witte lijst|quarantaine|alsnog (afgeleverd|bezorgd|aankomt|in mijn inbox))
    (verhuisd naar|verhuizen (wij|we) naar|verhuizen naar|vindt u ons (op|aan|in|op de)|gaan verder (als|onder)|heten (wij|we)|fusie|gefuseerd|samengegaan|nieuwe locatie|nieuw pand|blijven ongewijzigd|blijft ongewijzigd|blijven hetzelfde)
    (typ|schrijf) (uw|je|een) antwoord boven
    (stuur|zend|mail) (ons )?(geen|nooit) (.. )?(medische|gevoelige|persoonlijke|vertrouwelijke|bijlagen|privacygevoelige|bankgegevens|bsn)
    (staat|zit|ligt|is) (bij ons |nu |veilig |goed )*(in|binnen in) (de|onze) (inbox|mailbox|postvak|wachtrij|wachtlijn)
    (mailbeveiliging|mailfilter|beveiliging) (.. )?(kent|beoordeelt|bekijkt|goedkeuring)
    (leveranciersportaal|inkoopportaal|leveranciersformulier)
    (ongelezen|automatisch|direct) (gearchiveerd|verwijderd|gewist)
    (postbus|mailbox|adres|mailadres|postvak) (.. )?voor (\\w+ )?(facturen|leveranciersfacturen|bestellingen|sollicitaties|klachten|declaraties)
    (niet nogmaals|niet opnieuw|niet twee keer) (.. )?(mailen|sturen|versturen|contact)
    (in afwachting|wacht op|status|bijgewerkt|toegewezen|prioriteit) (.. )?(gezet|gewijzigd|klant|verzoek|ticket|opgelost)
    voortaan (.. )?(mail|adres|op)
    ^is (.*)?gelezen( op)?
    dit is een (automatisch\\w*|geautomatiseerd\\w*|systeem\\w*|niet bewaakt)
    (afspraak|afspraken) (.. )?(online|via de website|via onze website|digitaal|app)
    (uploaden|up te loaden|inloggen|log in|logt u in|mijn omgeving|online omgeving|selfservice)
    mogelijk gemaakt door
  `,
  automaticTitle: `
    (ontvangst\\w*|bevestig\\w*|bevestiging|\\w+bevestiging|gelezen|ongelezen|leesbewijs|melding|klantenservice|klantendienst|helpdesk|servicedesk|ticket|ticketnummer|zaaknummer|zaak|dossier|referentie|gewijzigd|uw (aanvraag|bericht|vraag|melding|verzoek|mail|reactie|zaak|ticket|contact)|je (aanvraag|bericht|vraag|melding|verzoek|mail|ticket)|bedankt|dank voor|dank u|ontvangen|verhuizen|verhuisd|verhuisbericht|verhuizing|nieuw adres|nieuw mailadres|adreswijziging|naamswijziging|nieuwe naam|nieuw telefoonnummer|geregistreerd|aangemaakt|opgelost|geopend|afgesloten|in behandeling|verzoek|aanvraag|noreply|no reply|actie vereist|quarantaine|verificatie|verifieer|enquete|tevredenheid\\w*|welkom|bestelling|informatie over uw)
  `,
};
