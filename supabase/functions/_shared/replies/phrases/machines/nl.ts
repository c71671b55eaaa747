// What mail servers, absence notes and ticket systems write in Dutch (phrases.ts explains how phrases are written).
import type { MachineLanguage } from '../../language.ts';

export const dutchMachines: MachineLanguage = {
  bounceTitle: `
    (onbestelbaar|onbestelbare|niet (afgeleverd|bezorgd|bestelbaar)|kan bericht niet|postvak vol|mailbox vol|bezorging (geweigerd|mislukt)|aflevering mislukt|bericht geweigerd|geweigerd|bezorgfout|retour afzender|afgewezen)
  `,
  delayed: `
    (vertraagd|vertraging|nog niet (bezorgd|afgeleverd)|opnieuw geprobeerd|blijven proberen)
  `,
  bounceText: `
    (niet|kon niet|kan niet) (.. )?(bezorgd|afgeleverd|worden bezorgd|bezorgen|afleveren|besteld)
    (adres|mailbox|postvak|gebruiker|mailadres|server) (.. )?(niet gevonden|bestaat niet|onbekend|is vol|zit vol|reageert niet|geweigerd)
    (bericht|mail) .. (geweigerd|geblokkeerd|afgewezen|teruggestuurd)
    bezorging (.. )?mislukt
  `,
  absenceTitle: `
    (afwezig|afwezigheid\\w*|niet aanwezig|met verlof|verlof|vakantie|met vakantie|op vakantie|fijne feestdagen|prettige (feestdagen|kerst\\w*|vakantie)|(kantoor|wij zijn|we zijn) gesloten|wegens vakantie|niet op kantoor|zwangerschapsverlof|ziek)
  `,
  machineTitle: `
    (automatisch antwoord|automatische (reactie|beantwoording|bevestiging|melding)|automatisch bericht)
  `,
  absenceText: `
    (afwezig\\w*|niet aanwezig|niet op kantoor|op vakantie|met vakantie|verlof|met verlof|zwangerschapsverlof|ouderschapsverlof|bevallingsverlof|ziekteverlof|vakantieverlof|niet bereikbaar|beperkt bereikbaar|buiten kantoor|wegens ziekte|ziek thuis|op reis|zakenreis|niet in de gelegenheid|afwezigheid)
    (beperkt\\w*|geen|weinig|nauwelijks) (.. )?(toegang|mijn mail|mails? lezen)
    (ben ik|zijn we|zijn wij|ben) (er )?(weer|terug)
    (ben|ben ik|zijn we|zijn wij|staan we|staan wij) (.. )?(weer|terug|er weer) (.. )?(terug|aanwezig|bereikbaar|op kantoor|klaar|op|er|vanaf)?
    (weer (aanwezig|bereikbaar|op kantoor|terug|beschikbaar|geopend|open)|terug op kantoor|terug (op|vanaf) \\w+|bij terugkomst|na mijn (vakantie|verlof|terugkeer|terugkomst)|tijdens mijn afwezigheid)
    (kantoor|kantoren|wij|winkel|praktijk|school|bedrijf|we) (.. )?(gesloten|dicht|vrij|heropen\\w*|vieren we)
    (werk|werk ik) niet op (maandag|dinsdag|woensdag|donderdag|vrijdag|maandagen|vrijdagen)
    (werkdagen (zijn|:)|werk alleen op|aanwezig op)
    (wordt|worden) niet (doorgestuurd|gelezen|bekeken)
  `,
  gone: `
    (niet (langer|meer)|heeft) (.. )?(werkzaam|in dienst|werkt|werken|verlaten|actief|verbonden)
  `,
  automaticText: `
    (automatisch\\w*) (.. )?(antwoord|bericht|gegenereerd|verstuurd\\w*|verzonden|melding|bevestiging|mail|aangemaakt)
    (automatische|ontvangst\\w*|ontvangstbevestiging|ontvangst van)
    (bericht|mail|aanvraag|vraag|melding|verzoek|vraag) (.. )?(goede orde|ontvangen|geregistreerd|in behandeling|werd geregistreerd|tegengehouden|gesloten|afgesloten|is gelezen|genoteerd|verwerkt)
    (ticketnummer|dossiernummer|zaaknummer|referentienummer|werkdagen|werkdag|veelgestelde|openingstijden|openingsuren|spamfilter|geen robot|niet op dit bericht|niet te beantwoorden|noreply)
    (leuk dat (je|u) ons|bedankt|dank|fijn dat) (.. )?(bericht|mailt|contact|mail aan|aanvraag|ons)( .. )?(ontvangen|opneemt|opgenomen|behandeling|aan)
    (zo (snel|spoedig) mogelijk|binnen \\w+ (dagen|dag|uur|werkdagen)|doen ons best) (.. )?(terug|contact|antwoord\\w*|reactie|reageren|behandel\\w*|iedereen)?
    (komen|nemen|reageren|antwoorden) (.. )?zo (snel|spoedig) mogelijk
    (wordt|worden) niet (meer )?(gebruikt|gelezen|beheerd|gemonitord)
    (niet meer (in gebruik|gebruikt|gelezen|actief)|nieuwe (mail)?adressen|adressen eindigen|nieuw mailadres|adres (is )?gewijzigd|adressen (zijn )?gewijzigd)
    (gelezen op|is gelezen)
    (hoe tevreden|beoordeel|geef een cijfer)
    ^is (.*)?gelezen( op)?
  `,
  automaticTitle: `
    (ontvangst\\w*|bevestig\\w*|bevestiging|gelezen|melding|klantenservice|ticket|gewijzigd|uw (aanvraag|bericht|vraag|melding)|bedankt voor)
  `,
};
