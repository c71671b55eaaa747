// What mail servers, absence notes and ticket systems write in German (phrases.ts explains how phrases are written).
import type { MachineLanguage } from '../../language.ts';

const message =
  '(?:nachricht|nachrichten|anfrage|anfragen|mail|mails|anliegen|schreiben|mitteilung|zuschrift|bestellung|bewerbung|meldung|eingabe|antrag|ticket|supportanfrage|kundenanfrage|formular|eingang|post|sendung|korrespondenz|kontaktanfrage|email|wunsch|problem)';
const mailbox =
  '(?:postfach|postfächer|mailbox|account|mailaccount|konto|mailkonto|adresse|mailadresse|mail adresse|absenderadresse|email|posteingang|empfängerpostfach|mail konto|emailadresse)';
const recipient =
  `(?:${mailbox}|empfänger|empfängers|empfängerin|adressat|adressaten|benutzer|benutzerkonto|nutzer|teilnehmer|server|mailserver|domain|domäne|domainname|zieladresse|zielserver|hostname|empfängeradresse|empfängeradressen|gegenstelle|mail server)`;
const soon =
  '(?:schnellstmöglich|schnellst möglich|baldmöglichst|schnellstens|baldigst|umgehend|in kürze|zeitnah|zügig|kurzfristig|der reihe nach|so schnell wie möglich|so bald wie möglich|so rasch wie möglich|sobald wie möglich|so schnell es geht|so schnell es uns möglich ist|so schnell wir können|raschestmöglich|ehestmöglich|ehestens|innerhalb|binnen|in der regel|spätestens|rasch|bald|schnell|asap|unverzüglich|frühestmöglich|in der reihenfolge)';
const place =
  '(?:büro|büros|betrieb|unternehmen|kanzlei|praxis|ordination|werkstatt|geschäft|laden|firma|hotel|haus|rathaus|amt|gasthaus|restaurant|lokal|sekretariat|geschäftsstelle|verwaltung|schule|atelier|studio|salon|filiale|showroom|schulsekretariat|gemeindeamt|apotheke|werk|lager|bibliothek|museum|hofladen|standort|zentrale|agentur|notariat|geschäftsräume|büroräume|service|hotline)';

export const germanMachines: MachineLanguage = {
  bounceTitle: `
    (unzustellbar\\w*|nicht zugestellt|nicht zustellbar|nicht zustellbare|nicht ausgeliefert|nicht übermittelt|nicht angekommen|nicht gesendet|nicht versendet|zustellfehler|zustellungsfehler|zustellproblem|zustellungsproblem|zustellstatus\\w*|annahme verweigert|zurückgewiesen\\w*|abgewiesen\\w*|speicherplatz|abgelehnt\\w*|rückläufer|fehlgeschlagen\\w*|gescheitert|sendefehler|übermittlungsfehler|versandfehler|rücksendung|unzustellbarkeit\\w*|zustellbenachrichtigung\\w*|zustellungsbenachrichtigung\\w*|mailer daemon|mail delivery)
    (zustellung|auslieferung|übermittlung|versand|übertragung|sendung) (.. )?(fehlgeschlagen|gescheitert|verweigert|nicht möglich|unmöglich|fehlerhaft|erfolglos|abgebrochen|nicht erfolgreich|misslungen)
    (fehler|problem|probleme|schwierigkeiten) (bei|beim|mit) (.. )?(zustellung|nachrichtenzustellung|übermittlung|auslieferung|versand|senden|sendung|versenden)
    (konnte|kann|wurde) (.. )?nicht (.. )?(zugestellt|ausgeliefert|übermittelt|gesendet|angenommen)
    ${mailbox} (.. )?(voll|überfüllt|nicht verfügbar|existiert nicht|gesperrt|unbekannt|nicht gefunden|ungültig|deaktiviert)
    (empfänger|benutzer) (.. )?(unbekannt|nicht gefunden|existiert nicht|ungültig)
    (unbekannter|ungültiger|unbekannte|ungültige) (empfänger|benutzer|adresse|mailadresse|mail adresse)
    (zurück|retour) an (den )?absender
    (nachricht|mail) (.. )?(blockiert|abgelehnt|gesperrt|zurückgewiesen|zurückgeschickt|gebounct)
  `,
  delayed: `
    (verzögert|verzögerte|verzögerter|verzögerung)
    (bisher|noch|bislang|vorerst|vorübergehend|zurzeit|derzeit|momentan|aktuell|zunächst) nicht (zugestellt|ausgeliefert|übermittelt|zustellbar)
    (zustellversuch|zustellversuche|zustellung) (.. )?(wird|werden) (.. )?(wiederholt|fortgesetzt|erneut versucht|weiter versucht|unternommen)(?! nicht)
    (versuchen|versucht) (.. )?(weiterhin|weiter|erneut|nochmals|noch \\d+) (.. )?(zuzustellen|zustellen|auszuliefern)
    (wird|werden) (.. )?(weiterhin|erneut|noch|weiter) (.. )?(versucht|zugestellt)
    (warnung|hinweis) (.. )?(noch nicht|verzöger\\w*)
    (nur|lediglich|dies ist) (.. )?(eine warnung|ein hinweis|warnmeldung)
    (sie müssen|keine|brauchen sie) (.. )?(nichts unternehmen|nicht erneut (zu )?senden|maßnahme erforderlich|aktion erforderlich)
  `,
  bounceText: `
    (nicht|konnte nicht|kann nicht|nie) (.. )?(zugestellt|zustellen|übermittelt|zustellbar|ausgeliefert|ausliefern|gefunden werden|übertragen werden|versendet werden|gesendet werden|übergeben werden|zugeleitet|verschickt werden|entgegennehmen|entgegengenommen|erreicht werden|angenommen werden|empfangen werden)
    nicht angenommen
    unzustellbar\\w*
    ${recipient} (.. )?(nicht gefunden|existiert nicht|nicht existiert|unbekannt|voll|überfüllt|antwortet nicht|verweigert|nicht erreichbar|nicht vorhanden|ungültig|überschritten|deaktiviert|gesperrt|nicht mehr aktiv|nicht verfügbar|inaktiv|gekündigt|erschöpft|nicht geantwortet|existieren nicht|abgelaufen|nicht eingerichtet|nicht auflösen|nicht aufgelöst|keine mails|nicht bekannt|falsch geschrieben|akzeptiert keine|nimmt keine|lehnt|geschlossen|aufgelöst|ausgeschöpft|nicht mehr existent|nicht registriert|gibt es nicht|exisitiert)
    (unbekannt\\w*|ungültig\\w*|kein|fehlerhafte\\w*|falsche\\w*|nicht existierende\\w*) ${recipient}
    (unter|mit) dieser (adresse|mailadresse|mail adresse) (.. )?(kein|keine|niemand|nicht)
    (speicherplatz|speicherlimit|kontingent|quota|speicherplatzlimit|speichervolumen|postfachgröße|speicher) (.. )?(überschritten|erschöpft|voll|erreicht|ausgeschöpft|aufgebraucht|zuwenig)
    (nachricht|mail|gateway|anbieter|server|absender|spamfilter|system|richtlinie\\w*|anhang|mailserver|inhalt|organisation|firewall|filter|nachrichtengröße|provider|gegenstelle) (.. )?(abgelehnt|abgewiesen|zurückgewiesen|blockiert|verweigert|zu groß|überschreitet|geblockt|zurückgeschickt|verworfen|lehnt|gelistet|blacklist)
    (fehler|problem) (.. )?(bei der|beim|mit der) (.. )?(zustellung|nachrichtenzustellung|übermittlung|auslieferung|versand|senden|übertragung|nachricht)
    fehler bei der
    (dauerhaft|permanent|endgültig|schwerwiegend\\w*|fatal\\w*) (.. )?(fehler\\w*|gescheitert|fehlgeschlagen|nicht|problem|abgelehnt)
    (dauerhafter|permanenter|endgültiger|dauerhaften|permanenten) (zustell)?fehler
    (zustellversuch|zustellversuche|zustellung|übermittlung|versand|auslieferung|versuche) (.. )?(eingestellt|abgebrochen|aufgegeben|gescheitert|fehlgeschlagen|erfolglos|nicht möglich|misslungen|fehlgeschlagen|nicht erfolgreich|beendet|unmöglich)
    (gebe|geben) (.. )?auf$
    (generierender server|diagnoseinformationen|diagnosecode|fehlercode|fehlermeldung|statuscode|der remoteserver|remote server|antwort des servers|fehler des servers|grund der ablehnung|ablehnungsgrund|mailer daemon)
    (automatisch|vom) (.. )?(mailversandsoftware|mailsystem|mail system|mail server|mailserver|mailprogramm|mail delivery)
    (als spam|wegen spam|spamverdacht|wegen spamverdachts) (.. )?(abgelehnt|eingestuft|zurückgewiesen|erkannt|blockiert|geblockt)?
  `,
  absenceTitle: `
    (abwesend|abwesenheit\\w*|ferienabwesenheit|urlaub|betriebsurlaub|betriebsferien|im urlaub|ferien|frohe weihnachten|frohes fest|frohe ostern|frohe festtage|schöne feiertage|außer haus|außer dienst|elternzeit|mutterschutz|urlaubsvertretung|betriebsruhe|werksferien|urlaubszeit|sommerpause|winterpause|weihnachtspause|osterpause|sommerferien|weihnachtsferien|weihnachtsurlaub|sommerurlaub|praxisurlaub|praxisferien|schließzeit|schließtage|schließzeiten|jahresurlaub|urlaubsnotiz|urlaubsmeldung|urlaubshinweis|abwesenheitshinweis|karenz|babypause|auszeit|sabbatical|dienstreise|geschäftsreise|betriebsausflug|betriebsversammlung|fortbildung|krankheitsbedingt|krank|krankmeldung|krankenstand|reha|kur|brückentag|umzugsbedingt|ooo|bürofrei|urlaubsgrüße|urlaubsbedingt|inventur geschlossen|weihnachtsgrüße|jahreswechsel)
    (nicht|derzeit nicht|momentan nicht|nicht mehr|heute nicht) (im (büro|haus|hause|dienst|amt|geschäft|einsatz)|da|anwesend|erreichbar|am platz|am arbeitsplatz|verfügbar|vor ort|zu erreichen|besetzt)
    (bin|sind|bis|bin dann|dann) (.. )?(weg|nicht da|im urlaub|verreist|unterwegs|offline|dann mal weg|auf reisen|außer haus|in den ferien|wieder da)
    (büro|praxis|kanzlei|betrieb|wir|geschäft|werkstatt|${place}) (.. )?(geschlossen|zu|bleibt zu|haben zu|schließt|schließen|macht pause|machen pause|geschlossen bis)
    (geschlossen|verreist|unterwegs|zurück|wieder da|wieder im büro|wieder erreichbar) (ab|bis|vom|von|am|über|wegen|zwischen) .*
    ^geschlossen
  `,
  machineTitle: `
    (automatische|automatisierte|automatischer|automat|automatisches|autom) (antwort|rückmeldung|rückantwort|nachricht|eingangsbestätigung|antwortmail|mail|bestätigung|benachrichtigung|mitteilung|empfangsbestätigung|beantwortung|antwortnachricht|eingang)
    (automatisch|automatisiert|autoantwort|auto antwort|autoresponder|autoreply|abwesenheitsassistent|automatik antwort|auto reply)
  `,
  absenceText: `
    (abwesend|abwesenheit\\w*|außer haus|außer dienst|außer landes|außer büro|urlaubsbedingt|urlaubsabwesend|betriebsferien|betriebsurlaub|betriebsruhe|werksferien|in den ferien|ferienabwesend|ferienhalber|elternzeit|mutterschutz|mutterschaftsurlaub|vaterschaftsurlaub|papamonat|babypause|krankheitsbedingt|krankheitshalber|erkrankung|erkrankt|krankgeschrieben|krank geschrieben|krankenstand|dienstreise|geschäftsreise|auf reisen|fortbildung|weiterbildung|karenz|zeitausgleich|bildungskarenz|sabbatical|nicht im einsatz|sommerpause|winterpause|weihnachtspause|osterpause|praxisurlaub|praxisferien|ordinationsurlaub|jahresurlaub|erholungsurlaub|betriebsausflug|teilbetriebsurlaub|genesung|verreist|dienstlich verhindert|beruflich unterwegs|geschäftlich unterwegs|dienstlich unterwegs|viel unterwegs|bin unterwegs|sind unterwegs|kuraufenthalt|rehabilitation|rehaaufenthalt|klinikaufenthalt|krankenhausaufenthalt|operation|brückentag|fenstertag|betriebsversammlung|klausurtagung|militärdienst|zivildienst|wiederholungskurs|urlaubsmodus)
    (im|in|auf|in den|in der|in die|auf der|auf dem|auf die|bei der|bei einer|auf einer|auf einem|an einer|in einem|zur|zu einer|auf ein|bei einem|in meinem|in meinen|in meiner|in unserem|in unseren|im wohlverdienten|im verdienten|in wohlverdienten|am) (\\w+ )?(urlaub|ferien|skiurlaub|kurzurlaub|sommerurlaub|resturlaub|reha|kur|fortbildung|weiterbildung|schulung|seminar|lehrgang|tagung|kongress|messe|fachmesse|hausmesse|konferenz|dienstreise|geschäftsreise|klausur|wk|militär|auszeit|workshop|betriebsausflug|sommerferien|winterferien|herbstferien|osterferien|weihnachtsferien|pfingstferien|semesterferien|exkursion|klassenfahrt|pilgerreise|hochzeitsreise|flitterwochen|mutterschaft|krankenstand|spital|krankenhaus|messestand|bauma|seminarwoche|sprachreise|erholung|meer|bergen|ausland)
    (bin|sind|bleibe|bleiben|befinde mich|befinden uns|ist) (.. )?(nicht da|weg|nicht erreichbar|nicht zu erreichen|nicht verfügbar|nicht am platz|nicht vor ort|offline|nicht anwesend|nicht im büro|nicht im haus|nicht im hause|nicht im dienst|nicht am arbeitsplatz|nicht im geschäft|nicht am schreibtisch|nicht im homeoffice|nicht für sie da|nicht online|nicht persönlich erreichbar|telefonisch nicht erreichbar|im ausland|in urlaub|ausgebucht|nicht besetzt|krank|im urlaub|beim arzt|abwesend)
    (nicht|auch nicht|schwer|schlecht|nur schwer|nur eingeschränkt|nur bedingt|nur sporadisch|eingeschränkt|bedingt|kaum|nur per mail|nur telefonisch|nicht persönlich|vorübergehend nicht|nur begrenzt) (.. )?(erreichbar|zu erreichen|im (büro|haus|hause|dienst|geschäft|amt|einsatz)|am arbeitsplatz|am platz|anwesend|besetzt|verfügbar|vor ort)
    (eingeschränkt\\w*|keinen|kein|nur begrenzt\\w*|keine|kaum|wenig|unregelmäßig\\w*|sporadisch\\w*|begrenzten|beschränkten|nur gelegentlich|nur selten|nur sporadisch) (.. )?(zugriff|zugang|mails lesen|mail zugriff|empfang|internet|netz|mailzugriff|netzempfang|mails abrufen|mails checken|möglichkeit) ?(auf|zu|lesen|abrufen|beantworten|checken|bearbeiten|mails?|meine)?
    (mails?|nachrichten|nachricht|mail|post|anfragen|laptop) (.. )?(nicht|nur|erst|unregelmäßig|sporadisch|zeitverzögert|verzögert|verspätet|auch nicht|kaum|selten|weder) (.. )?(gelesen|lesen|bearbeitet|abgerufen|abrufen|weitergeleitet|beantwort\\w*|checken|einsehen|bearbeiten|gecheckt|abgehört|prüfen|lese|bearbeite|umgeleitet|gesichtet|zu hause|daheim)
    (checke|lese|rufe|beantworte|bearbeite|schaue|sehe|prüfe|lesen|checken|schau) (ich |wir )?(.. )?(keine|nicht|nur|selten|erst|sporadisch|unregelmäßig|kaum|gelegentlich|einmal|ab und zu) (.. )?(mails?|nachrichten|postfach|zeit|rein|täglich|tag|ab)?
    (wieder|ab|zurück) (.. )?(da|erreichbar|im (büro|haus|dienst|einsatz|geschäft|amt|hause|lande|land|betrieb|laden|homeoffice)|zurück|für (sie|euch|dich|alle) (.. )?da|anwesend|verfügbar|persönlich erreichbar|gearbeitet|geöffnet|am platz|zur verfügung|im einsatz|im dienst|an bord|am start|am schreibtisch|am arbeitsplatz|vor ort|zu erreichen|besetzt|online|gerne weiter|nüchtern|für ihre \\w+ da|in gewohnter weise|wie gewohnt|zu den gewohnten zeiten|regulär|in alter frische|mit frischer kraft|erholt|ansprechbar|in vollem umfang|voll einsatzfähig|gesund|im betrieb|telefonisch|per mail)
    (erreichen|erreicht|erreichst) (sie |ihr |du )?(mich|uns) (.. )?(wieder|ab)( .*)?
    (bin|sind|ist|stehe|stehen) (ich |wir |mein \\w+ |unser \\w+ |unsere \\w+ )?(.. )?(wieder|zurück) (.. )?(da|erreichbar|zurück|büro|haus|einsatz|verfügung|geöffnet|anwesend|besetzt|am|im|für)?
    (öffnen|öffnet|starten|beginnen|sperren|geht|arbeiten) (wir |ich )?(.. )?(wieder|erneut|am|ab) (.. )?(für sie|auf|unsere|die türen|wieder|los|am)?
    (ab|am|ab dem|bis|erst am|erst ab) (dem |zum |\\w+ dem |\\w+ den )?(\\d[^ ]*|montag|dienstag|mittwoch|donnerstag|freitag) (\\w+ )?(\\w+ )?(wieder|zurück|geschlossen|weg|verreist|abwesend|außer haus)( .*)?
    arbeite (immer |regulär |grundsätzlich |nur |in der regel |derzeit |jeweils )*(am |von )?(montags?|dienstags?|mittwochs?|donnerstags?|freitags?|mo|di|mi|do|fr) (.. )?
    (meine|unsere) (arbeitstage|arbeitszeiten|bürotage|bürozeiten|präsenztage|arbeitszeit) (.. )?(montag\\w*|dienstag\\w*|mittwoch\\w*|donnerstag\\w*|freitag\\w*|mo|di|mi|do|fr|sind|ist)
    (auf|in) (tour|tournee|achse|wanderschaft|weltreise|hoher see|kreuzfahrt|pilgerfahrt|montage|radtour|hütte|exkursion)
    (laptop|rechner|schreibtisch|handy|kochlöffel|stift|hammer) (.. )?(zu|aus|pause|zugeklappt|aufklappe|auf)( .*)?
    (nach|bei|bis zu|seit|mit|nach unserer|ab) (meiner|meinem|unserem|unserer|der|dem) (\\w+ )?(rückkehr|urlaub|wiederkehr|ferien|rückkunft|genesung|elternzeit|dienstreise|heimkehr|betriebsurlaub|pause|feiertagen|betriebsferien|wiederöffnung|reise|karenz|urlaubsrückkehr)
    (zurück|zurückkehre|zurückkomme|wieder da) (bin|sind|ist)
    (sobald|wenn|nachdem|bis) (ich|wir) (.. )?(zurück|zurückkehre|wieder da|wieder im|wieder zurück|zurückgekehrt)
    (während|in|für die dauer|für die zeit|im zeitraum|innerhalb) (meiner|dieser|unserer|der) (.. )?(abwesenheit|zeit|tage|woche|betriebsferien|ferien|urlaubszeit)
    (vertretung|vertretungsweise|vertritt mich|vertreten mich|vertritt|stellvertretung|stellvertretend|urlaubsvertretung|werde ich vertreten|werde vertreten|springt ein|vertretungsarzt|vertretungspraxis|übernimmt in dieser zeit|während dieser zeit|in dieser zeit)
    ${place} (.. )?(geschlossen|macht pause|machen pause|öffnet|haben geschlossen|feiertag|nicht besetzt|unbesetzt|bleibt zu|ist zu|hat zu|geschlossen bleiben|ruht|macht urlaub|geschlossen ist|macht ferien|pausiert|bleibt am|nur eingeschränkt besetzt|schließt|wieder besetzt)
    (wir|ich) (.. )?(haben|hat|machen|mache|sind|bleiben|gönnen uns|gönne mir|feiern|habe|genießen|genieße|tanken|verabschieden uns|verabschiede mich|nehmen uns|nehme mir|sagen) (.. )?(geschlossen|zu|pause|urlaub|ferien|feiertag|frei|auszeit|fasching|karneval|kirchtag|die feiertage|kraft|in die ferien|in den urlaub|in die pause|eine pause|betriebsausflug|tschüss)
    (bleibt|bleiben|hat|haben|ist|sind) (.. )?(geschlossen|unbesetzt|nicht besetzt)
    (arbeitstage (sind)?|arbeite (nicht|nur|jeweils|von|immer|in teilzeit|aktuell nur|aktuell|regulär) (.. )?(montag\\w*|dienstag\\w*|mittwoch\\w*|donnerstag\\w*|freitag\\w*|mo|di|mi|do|fr|vormittags|tage|prozent|teilzeit)|teilzeit\\w*|freier tag|freien tag|arbeitsfrei\\w*|an folgenden tagen|immer von montag|bürotage|bürozeiten sind|montags und|freitags nicht|mittwochs nicht|montags nicht)
    (nicht|auch nicht|weder) (weitergeleitet|bearbeitet|bearbeiten|gelesen|automatisch weitergeleitet|umgeleitet)
    (urlaub|ferien|urlaubszeit|elternzeit|kur|reha|dienstreise|pause|feiertagspause|mutterschutz|krankenstand|fortbildung|messe|betriebsferien|abwesend|weg|geschlossen|offline) (.. )?(bis|vom|von|ab|voraussichtlich|einschließlich|bis zum) (.. )?(\\d+|montag|dienstag|mittwoch|donnerstag|freitag|ende|anfang|mitte|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)( .*)?
    (vom|von|zwischen|bis|ab) (.. )?(geschlossen|abwesend|im urlaub|betriebsurlaub|betriebsferien|nicht erreichbar|in elternzeit|in den ferien|nicht im büro|außer haus|unterwegs|verreist)
    (frohe|schöne|erholsame|besinnliche|gesegnete) (.. )?(weihnachten|feiertage|festtage|ostern|weihnachtszeit|weihnachtstage|ostertage|ferien) .*
    (erholungsphase|akku|akkus|sonne tanken|beine hoch|füße hochlegen|seele baumeln|tapetenwechsel|auf urlaub|urlaub angetreten|verdienten urlaub|wohlverdienten urlaub|urlaubsreif|am strand|bin ich im urlaub|sind wir im urlaub|ich bin im urlaub|mich im urlaub|uns im urlaub|im urlaub)
    letzter arbeitstag vor
  `,
  gone: `
    (nicht mehr|nicht länger|nimmer) (.. )?(für|bei|bei uns|tätig|beschäftigt|im unternehmen|in unserem (unternehmen|haus|hause|team|betrieb)|angestellt|mitarbeiter\\w*|im dienst|unserem team|unser team|in diesem unternehmen|in der firma|dabei|teil|im haus|angehör\\w*|an bord)
    (unternehmen|firma|haus|betrieb|team|kanzlei|organisation|uns|praxis|dienst|verein|klinik|schule|behörde|gemeinde|abteilung|konzern|gesellschaft) (.. )?(verlassen|verlässt|ausgeschieden|ausscheiden|ausgetreten|verabschiedet|beendet)
    (ausgeschieden|ausscheiden|ausgeschiedene|ausgetreten)
    (in|im|den) (.. )?(ruhestand|rente|pension|altersteilzeit|passivphase)
    (neuen|neue) (beruflichen|berufliche|herausforderung\\w*|wirkungskreis|aufgabe|aufgaben|arbeitgeber|wege)
    (letzter|letzten) arbeitstag (?!vor)(.. )?
    (arbeitsverhältnis|tätigkeit|dienstverhältnis|anstellung|amtszeit|mandat) (.. )?(beendet|endete|endet|ausgelaufen|zu ende|niedergelegt)
    (verstorben|pensioniert|pensionierung)
    (dauerhaft|für immer|endgültig) (.. )?(verlassen|ausgeschieden|nicht mehr|geschlossen|weg)
  `,
  automaticText: `
    (automatisch|automatische|automatischen|automatisches|automatisierte\\w*|automatisiert|automatischer|maschinell\\w*|autoreply|autoresponder|auto reply) (.. )?(antwort\\w*|generiert\\w*|erstellt\\w*|versendet|verschickt|versandt\\w*|erzeugt\\w*|eingangs\\w*|nachricht|benachrichtigung|erfolgte|gesendet|system\\w*|mitteilung|mail|rückmeldung|bestätigung|versandte|umgeleitet|weitergeleitet|geschlossen|beantwortet|bearbeitet)?
    (eingangsbestätigung|empfangsbestätigung|ticketnummer|ticket nummer|ticket id|vorgangsnummer|vorgangs nr|bearbeitungsnummer|referenznummer|aktenzeichen|geschäftszeichen|fallnummer|kundenportal|serviceportal|supportportal|hilfeportal|hilfecenter|hilfe center|hilfebereich|helpdesk|servicedesk|service desk|help desk|werktagen|werktage|arbeitstagen|arbeitstage|bearbeitungszeit|bearbeitungszeiten|antwortzeit\\w*|wartezeit|wartezeiten|faq|faqs|häufige fragen|häufig gestellte\\w*|öffnungszeiten|sprechzeiten|sprechstunde|sprechstunden|sprechstundenzeiten|ordinationszeiten|geschäftszeiten|servicezeiten|telefonzeiten|bürozeiten|parteienverkehr|spamfilter|spamschutz|spam schutz|kein roboter|lesebestätigung|captcha|noreply|no reply|donotreply|datenschutzhinweise|datenschutzerklärung|datenschutzinformation\\w*|informationen zum datenschutz|rechtsverbindlich\\w*|rechtswirksam\\w*|fristwahrend\\w*|fristgebunden\\w*|formgebunden\\w*|elektronischen weg|elektronische kommunikation|powered by|zendesk|freshdesk|otrs|jira|hubspot|zammad|bearbeitungsstatus)
    (ihre|deine|eure|diese|die|der|den|ihr|dein|ihres|ihrer|deiner|eurer|eine) (\\w+ )?(\\w+ )?${message} (.. )?(eingegangen|erhalten|angekommen|erfasst|bearbeitet|registriert|entgegengenommen|aufgenommen|zugeordnet|zugeteilt|eingetroffen|weitergeleitet|vorgelegt|geprüft|abgeschlossen|geschlossen|gelöst|zurückgehalten|gelesen|angezeigt|gelöscht|in bearbeitung|zugestellt worden|gespeichert|quittier\\w*|übermittelt|umgeleitet|zugewiesen|in unserem system|archiviert|protokolliert|freigegeben|freizugeben|zuzustellen|gesichtet|dankend|bei uns|zwischengespeichert|in der warteschlange|in die warteschlange|verarbeitet|eingereiht|wichtig)
    ${message} (.. )?(eingegangen|erhalten|erfasst|bearbeitet|weitergeleitet an|registriert|in bearbeitung|abgeschlossen|geschlossen|vorgelegt|zurückgehalten|angekommen|aufgenommen|entgegengenommen)
    (eingang|erhalt|empfang) (ihrer|ihres|deiner|deines|eurer|der|dieser|ihr|einer) (.. )?
    (bestätigen|bestätige|bestätigt) (wir |ich |ihnen |hiermit |gern |gerne |dankend |dir |den |hierdurch )*(eingang|erhalt|empfang)
    (vorgang|ticket|fall|anfrage|case|fallnummer|vorgangsnummer|ticketnummer|referenz) (.. )?(angelegt|eröffnet|erstellt|geschlossen|nummer|nr|lautet|#\\w*|generiert|wurde|erfasst|zugewiesen|gelöst|aktualisiert)
    (wir|uns|unser\\w*|team|mitarbeiter\\w*|kolleg\\w*|jemand|ansprechpartner|sachbearbeiter\\w*|abteilung|stelle|man) (.. )?(melden|melde|kümmern|kümmert|meldet|antworten|antwortet|bearbeiten|bearbeitet|beantworten|beantwortet|prüfen|prüft|kommen|kommt|nehmen|nimmt|setzen|setzt|werden|wird|bemüht|bemühen|reagieren|versuchen) (.. )?${soon}
    (melden uns|werden uns|antworten|kümmern uns|setzen uns|bearbeiten|beantworten|meldet sich|kümmert sich|setzt sich|kommen wir|melden wir|antworten wir|bearbeiten wir|beantworten wir|werden wir|bearbeitet|beantwortet|bearbeitung erfolgt|beantwortung|rückmeldung|nehmen wir|nimmt) (.. )?(${soon}|in verbindung|kontakt|auf sie zu)
    ${soon} (.. )?(bearbeitet|beantwortet|beantworten|bearbeiten|gekümmert|antworten|antwort|rückmeldung|melden|kontaktieren|gemeldet|meldet|kontaktiert|reagieren|bei ihnen melden|in verbindung|zurückmelden|prüfen|auf sie zukommen|kontakt|gesichtet)
    (danke|vielen dank|herzlichen dank|besten dank|schön|super|lieben dank|wir danken|wir freuen uns|toll) (.. )?(nachricht an|mail an|schreiben an|anfrage|kontaktaufnahme|uns schreibst|uns schreiben|uns schreibt|interesse an|kontaktieren|kontaktiert|uns kontaktier\\w*|geschrieben|bewerbung|bestellung|wenden|an uns gewandt|gewendet|über ihre nachricht|über ihre anfrage|über deine nachricht|uns gemeldet|vertrauen|anliegen|uns eine (mail|nachricht))
    (sie|du|ihr) (erhalten|erhältst|bekommen|bekommst|hören|hörst|erhaltet|hört) (.. )?(${soon}|antwort|rückmeldung|von uns|nachricht|bescheid)
    ${mailbox} (.. )?(nicht mehr|nicht|nur|kein|keine|ausschließlich) (.. )?(gelesen|genutzt|verwendet|abgerufen|aktiv|betreut|überwacht|besetzt|bearbeitet|beantwortet|geöffnet|eingesehen|gültig|in gebrauch|in betrieb|erreichbar|empfangen|versand|antworten|versenden|ausgelesen|kontrolliert|geprüft|eingerichtet für|empfang|vorgesehen|gepflegt|eingehenden|unterstützt|gesichtet)
    (antworten|antworten sie|antwortet|antworte|rückantworten) (.. )?(bitte )?nicht (auf|direkt|an|gelesen|bearbeitet|empfangen|zugestellt|möglich)?
    (auf|an) diese (\\w+ )?(nachricht|mail|adresse|mailadresse|mail adresse) (.. )?(nicht (geantwortet|antworten|antworte|beantwort\\w*)|keine antwort\\w*)
    (oberhalb|über|unterhalb|unter) dieser (zeile|linie)
    (reine|reinen|nur für den|ausschließlich zum) (versand\\w*|versandadresse|ausgang\\w*)
    (geändert\\w*|neue|neuen|alte|alten|bisherige\\w*|aktuelle) (mail ?)?(adressen?|mailadressen?|domain|kontaktdaten|anschrift|mail adresse|mail adressen|mails?|firmenadresse|email)
    (adresse|mailadresse|mail adresse|domain|mailadressen|mail adressen|adressen|mail|firmenname|namen|name|kontaktdaten|anschrift|account|konto|postfach) (.. )?(geändert|ändert sich|ändern sich|umgestellt|wechselt|gewechselt|abgeschaltet|ersetzt|nicht mehr gültig|stillgelegt|eingestellt|deaktiviert|gelöscht|umgezogen|aktualisieren|abgelöst|wird aufgelöst|außer betrieb|nicht mehr verwendet|nicht mehr in verwendung|ausgemustert)
    (ab sofort|künftig|zukünftig|ab jetzt|in zukunft|neu|ab dem \\d+) (.. )?(unter|nur noch|neue\\w*|an folgende|an die adresse|diese adresse|erreichen sie|erreichst du) (.. )?(adresse|mailadresse|erreichbar|zu erreichen|mail|verwenden|nutzen|mich|uns|<mail>)
    (umbenannt|umfirmiert|umfirmierung|umgezogen|neuer name|neuem namen|heißen jetzt|heißen nun|neuen namen|namensänderung|firmierung)
    (aktualisieren|ändern|passen|berichtigen|notieren|speichern|vermerken|korrigieren) (sie )?(.. )?(adressbuch|adressbücher|kontaktdaten|kontakte|unterlagen|datensatz|aufzeichnungen|systemen)
    (bestätigung|buchungsbestätigung|antwort|rückmeldung|nachricht) (.. )?(folgt|folgen|erhältst du|erhalten sie|bekommst du|bekommen sie|kommt in kürze)( .*)?
    (schicken|senden) (dir|ihnen|euch) (dann |anschließend |in kürze |gleich |danach |umgehend )*(.. )?(bestätigung|buchungsbestätigung|antwort|angebot|rückmeldung)
    (wir|ich) (checken|prüfen|sichten|schauen|lesen|sehen) (jetzt |nun |gleich |uns )*(.. )?(verfügbarkeit\\w*|zeiten|unterlagen|angaben|anfrage|alles|anliegen|termine)( .*)?
    (wird|werden) (.. )?(bald|demnächst|in kürze|zum \\d+|ab dem \\d+|nicht mehr lange|zum jahresende) (.. )?(gelöscht|abgeschaltet|deaktiviert|aufgelöst|eingestellt|abgemeldet)
    (per|ab) sofort (.. )?(nur noch|unter|neue\\w*|erreichbar|folgende\\w*)( .*)?
    (stichprobenartig|funktionspostfach|sammelpostfach|sammeladresse|funktionsadresse)
    (sobald|wenn) (ich|wir) (.. )?(am rechner|am computer|am schreibtisch|feierabend|dazu komme|dazu kommen|vom platz|zurück am|ausgewaschen|wieder am)( .*)?
    (gut|sicher|heil|wohlbehalten) (angekommen|bei uns gelandet|gelandet|eingegangen)
    (echter|richtiger|leibhaftiger) mensch (.. )?(antwortet|liest|meldet|kümmert)
    (wie zufrieden|bewerten sie|bewerte|sterne|umfrage|feedback geben|ihre meinung|zufriedenheit)
    ^wurde (.*)?gelesen( am)?
    (wurde|hat|ist) (.. )?(am|um|gelesen|geöffnet) (.. )?(gelesen|geöffnet|angezeigt|ungelesen gelöscht|empfänger angezeigt)( .*)?
    (lesebestätigung|auf dem bildschirm|auf dem computer des empfängers|angezeigt wurde|garantiert nicht dass|ohne gelesen|ungelesen gelöscht)
    (klicken|klick|klicke|bestätigen|bestätige|verifizieren|lösen|öffnen|beantworten) (sie )?(.. )?(link|button|bestätigungslink|schaltfläche|mensch|absender|mailadresse|captcha|aufgabe|rechenaufgabe|unten|freischalt\\w*|einmalig|roboter)( .*)?
    (unbekannte\\w*|bekannten|neue\\w*|nicht verifizierte\\w*|externen) (absender|absendern|absenderin|absenders|adressen)
    (absender|absenderadresse|nachricht|mail) (.. )?(freischalten|freigeschaltet|freigegeben|verifizier\\w*|bestätigt|whitelist|zurückgehalten|quarantäne|geprüft|zwischengelagert|geparkt|in die warteschleife)
    (quarantäne|whitelist|greylist\\w*|spam zu vermeiden|vor spam|spamordner prüfen)
    (hohe|hohen|hoher|erhöhte\\w*|großen|vielzahl|aufgrund) (.. )?(aufkommens?|\\w*aufkommens?|anfragen|nachfrage|eingänge|mailaufkommen|anzahl|menge|zuschriften)
    (bitten|bitte|haben|danke|danken) (.. )?(geduld|verständnis|etwas gedulden|nachsicht)( .*)?
    (sehen|bitten) (.. )?(von|davon) (.. )?(rückfragen|nachfragen|ab|abzusehen|abstand|sachstandsanfragen)
    (24|48|72) (stunden|std|h)
    \\d+ (bis \\d+ )?(werktage\\w*|arbeitstage\\w*|werktagen|stunden|geschäftstage\\w*)
    (nutzen|benutzen|verwenden|nutze|verwende|besuchen|schauen|finden|findest|füllen) (sie |du )?(.. )?(kontaktformular|formular|onlineformular|webseite|homepage|website|portal|ticketsystem|hilfeseite|app|faq|stellenportal|bewerbungsportal)
  `,
  automaticTitle: `
    (eingangsbestätigung|empfangsbestätigung|bestätigung|bestätigen|eingegangen|eingang|erhalten|vorgang|vorgangsnummer|ticket|ticketnummer|ticket id|fall|fallnummer|gelesen|lesebestätigung|gelesen|anliegen|verzögert\\w*|verzögerung|danke für|vielen dank für|herzlichen dank für|besten dank für|danke dass|schön dass|vielen dank|neue mail|neue adresse|neue mailadresse|neue kontaktdaten|adressänderung|geändert|geänderte|noreply|nicht antworten|absenderprüfung|absenderbestätigung|absender bestätigen|freischaltung|freigabe|rückmeldung zu|kundenservice|kundendienst|support|helpdesk|service desk|kontaktanfrage|kontaktformular|umfrage|bewertung|spamschutz|quarantäne|zurückgehalten|umfirmierung|umbenennung|empfang|zugestellt|bearbeitung|ihre nachricht an|ihre anfrage|deine anfrage|ihre mail|deine nachricht|ihre mail an|deine mail|ihr schreiben|ihre nachricht|eure anfrage|mailadresse|wir haben|erledigt|gelöst|geschlossen|aktualisiert)
  `,
};
