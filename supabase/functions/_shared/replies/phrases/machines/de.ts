// What mail servers, absence notes and ticket systems write in German (phrases.ts explains how phrases are written).
import type { MachineLanguage } from '../../language.ts';

export const germanMachines: MachineLanguage = {
  bounceTitle: `
    (unzustellbar|unzustellbare|nicht zugestellt|nicht zustellbar|zustellung (fehlgeschlagen|gescheitert|verweigert|nicht möglich)|zustellfehler|annahme verweigert|zurückgewiesen\\w*|abgewiesen|speicherplatz|postfach (voll|überfüllt)|abgelehnt\\w*|fehler bei der zustellung|übermittlung fehlgeschlagen|rückläufer|fehlgeschlagen)
  `,
  delayed: `
    (verzögert|verzögerte|verzögerung|bisher nicht zugestellt|noch nicht zugestellt|zustellversuche)
  `,
  bounceText: `
    (nicht|konnte nicht) (.. )?(zugestellt|zustellen|übermittelt|angenommen|zustellbar|gefunden werden)
    (adresse|postfach|empfänger|empfängers|benutzer|server|domain) (.. )?(nicht gefunden|existiert nicht|unbekannt|voll|überfüllt|antwortet nicht|verweigert|nicht erreichbar)
    (nachricht|mail|gateway|anbieter|server) .. (abgelehnt|abgewiesen|zurückgewiesen|blockiert)
    fehler bei der
  `,
  absenceTitle: `
    (abwesend|abwesenheit\\w*|ferienabwesenheit|urlaub|betriebsurlaub|betriebsferien|nicht im büro|im urlaub|ferien|frohe weihnachten|frohes fest|büro geschlossen|außer haus|nicht im haus|elternzeit|mutterschutz|urlaubsvertretung)
  `,
  machineTitle: `
    (automatische (antwort|rückmeldung|rückantwort|nachricht|eingangsbestätigung)|automatisch)
  `,
  absenceText: `
    (abwesend|abwesenheit\\w*|nicht im (büro|haus|hause|dienst)|nicht am arbeitsplatz|außer haus|im urlaub|urlaubsbedingt|betriebsferien|betriebsurlaub|in den ferien|ferienabwesend|elternzeit|mutterschutz|mutterschaftsurlaub|krankheitsbedingt|erkrankung|erkrankt|krankgeschrieben|nicht erreichbar|dienstreise|geschäftsreise|auf reisen|unterwegs|fortbildung|karenz|zeitausgleich|nicht im einsatz|in karenz)
    (eingeschränkt\\w*|keinen|kein|nur begrenzt\\w*|keine) (.. )?(zugriff|zugang|mails lesen|e mail zugriff)
    (wieder|ab) (.. )?(da|erreichbar|im (büro|haus|dienst|einsatz)|zurück|für sie da|anwesend|verfügbar|persönlich erreichbar|gearbeitet|geöffnet|am platz)
    (nach|bei) (meiner|meinem) (rückkehr|urlaub|wiederkehr)
    (während|in) meiner abwesenheit
    (vertretung|vertritt mich|vertreten mich)
    (büro|betrieb|unternehmen|kanzlei|praxis|wir|werkstatt|geschäft) (.. )?(geschlossen|macht pause|öffnet|haben geschlossen|feiertag)
    (arbeitstage (sind)?|arbeite (nicht|nur|jeweils|von) (.. )?(montag\\w*|dienstag\\w*|mittwoch\\w*|donnerstag\\w*|freitag\\w*)|teilzeit)
    (nicht|auch nicht) (weitergeleitet|bearbeitet|bearbeiten|gelesen|automatisch weitergeleitet)
  `,
  gone: `
    (nicht mehr|nicht länger|verlassen|ausgeschieden) (.. )?(für|bei|in|tätig|beschäftigt|unternehmen|im|unser\\w*|aus)?
  `,
  automaticText: `
    (automatisch|automatische|automatischen|maschinell\\w*) (.. )?(antwort|generiert\\w*|erstellt\\w*|versendet|verschickt|erzeugt\\w*|eingangs\\w*|nachricht|benachrichtigung|erfolgte)?
    (eingangsbestätigung|empfangsbestätigung|ticketnummer|vorgangsnummer|aktenzeichen|fallnummer|werktagen|werktage|arbeitstagen|faq|öffnungszeiten|parteienverkehr|spamfilter|kein roboter|lesebestätigung)
    (nachricht|anfrage|mail|anliegen|schreiben|e mail) (.. )?(eingegangen|erhalten|erfasst|bearbeitet|weitergeleitet an|registriert|in bearbeitung|abgeschlossen|geschlossen|vorgelegt|zurückgehalten|gelesen)
    (vorgang|ticket|fall) (.. )?(angelegt|eröffnet|erstellt|geschlossen)
    (melden uns|werden uns|antworten|kümmern uns|setzen uns) (.. )?(schnellstmöglich|baldmöglichst|so schnell wie möglich|umgehend|in kürze|so bald wie möglich|zeitnah|innerhalb|in verbindung)
    (danke|vielen dank|schön) (.. )?(nachricht an|mail an|anfrage|kontaktaufnahme|uns schreibst|uns schreiben|interesse an|kontaktieren)
    (postfach|adresse|mailadresse) (.. )?(nicht mehr|nicht) (gelesen|genutzt|verwendet|abgerufen|aktiv|betreut|überwacht)
    (antworten|antworten sie) (.. )?nicht (auf)?
    auf diese (nachricht|mail) (.. )?nicht antworten
    (neue|neuen|alten) (mail )?(adressen?|mailadressen?)
    (wie zufrieden|bewerten sie|sterne)
    ^wurde (.*)?gelesen( am)?
  `,
  automaticTitle: `
    (eingangsbestätigung|empfangsbestätigung|eingegangen|vorgang|ticket|gelesen|anliegen|verzögert\\w*|bestätigung|danke für|vielen dank für|neue mail)
  `,
};
