// What mail servers, absence notes and ticket systems write, in all four languages (phrases.ts explains how phrases are written).
import { phrases } from '../phrases.ts';

/** Headers that only machines set. X-Auto-Response-Suppress is none: Exchange sets it on what people write. */
export const machineHeaders: readonly (readonly [name: string, value: RegExp])[] = [
  ['auto-submitted', /^auto-(replied|generated|notified)/i],
  ['x-autoreply', /^(?!no\b)./i],
  ['x-autorespond', /^(?!no\b)./i],
  ['precedence', /^(auto_reply|bulk|junk)$/i],
];

/** The report of a mail server, whatever its language. */
export const bounceHeaders: readonly (readonly [name: string, value: RegExp])[] = [
  ['from', /mailer-daemon|mail delivery (sub)?system|postmaster@/i],
  ['content-type', /delivery-status/i],
  ['x-failed-recipients', /./],
];
export const serverCodes =
  /(?<![\d.])[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}(?!\d)|#[45]\.\d\.\d|^(?:final-recipient|diagnostic-code|action: failed|status: [45]\.)|\bsmtp error\b/im;

/** Before the subject of an automatic mail, in place of "Re:". */
export const answerTitle =
  /^\s*(?:re|aw|antw|sv|tr|rv|ref|réf|fwd?|wg|doorst|doorgest|rép)\s*(?:\[\d+\])?\s*:/i;

export const bounceTitle = phrases(`
  (delivery status notification|undeliverable|undelivered|undeliverable mail|mail delivery failed|delivery (failure|failed|has failed|incomplete)|returned mail|failure notice|mail delivery (system|subsystem)|returned to sender|message (not delivered|blocked|rejected|refused|undeliverable|could not be delivered|bounced)|not delivered|non delivery|rejected|mailbox full|mail system error|address not found|recipient not found)
  (onbestelbaar|onbestelbare|niet (afgeleverd|bezorgd|bestelbaar)|kan bericht niet|postvak vol|mailbox vol|bezorging (geweigerd|mislukt)|aflevering mislukt|bericht geweigerd|geweigerd|bezorgfout|retour afzender|afgewezen)
  (unzustellbar|unzustellbare|nicht zugestellt|nicht zustellbar|zustellung (fehlgeschlagen|gescheitert|verweigert|nicht möglich)|zustellfehler|annahme verweigert|zurückgewiesen\\w*|abgewiesen|speicherplatz|postfach (voll|überfüllt)|abgelehnt\\w*|fehler bei der zustellung|übermittlung fehlgeschlagen|rückläufer|fehlgeschlagen)
  (non remis|non distribué|non distribuable|non délivré|échec (de|d'|définitif)|remise (refusée|impossible|échouée)|rejet|rejeté|refusé|boîte pleine|boîte aux lettres pleine|impossible de (remettre|délivrer|distribuer)|distribution impossible|retour à l'expéditeur|message bloqué|adresse introuvable)
`);

/** A server that has not given up yet; no action is needed. */
export const delayed = phrases(`
  (delayed|delay|will retry|still trying|will keep trying|warning only|not yet been delivered|temporarily deferred)
  (vertraagd|vertraging|nog niet (bezorgd|afgeleverd)|opnieuw geprobeerd|blijven proberen)
  (verzögert|verzögerte|verzögerung|bisher nicht zugestellt|noch nicht zugestellt|zustellversuche)
  (retardé|retardée|retard de|différée|en attente de remise|n'a pas encore|nouvelles tentatives|tentatives se)
`);

export const bounceText = phrases(`
  (wasn't|was not|could not|couldn't|cannot|can't|not|unable|able) (.. )?(be )?(deliver|delivered|deliverable|deliver your)
  (address|mailbox|user|recipient|account|host|domain) (.. )?(not found|could not be found|couldn't be found|does not exist|doesn't exist|is full|unknown|rejected|unavailable|disabled|no longer (exists|valid)|over quota)
  (delivery (has )?failed|has been (blocked|rejected)|was (blocked|rejected|refused)|rejected by|permanent (fatal )?error|unrouteable|mail delivery software|undeliverable|did not accept|does not accept)
  (niet|kon niet|kan niet) (.. )?(bezorgd|afgeleverd|worden bezorgd|bezorgen|afleveren|besteld)
  (adres|mailbox|postvak|gebruiker|mailadres|server) (.. )?(niet gevonden|bestaat niet|onbekend|is vol|zit vol|reageert niet|geweigerd)
  (bericht|mail) .. (geweigerd|geblokkeerd|afgewezen|teruggestuurd)
  (nicht|konnte nicht) (.. )?(zugestellt|zustellen|übermittelt|angenommen|zustellbar|gefunden werden)
  (adresse|postfach|empfänger|empfängers|benutzer|server|domain) (.. )?(nicht gefunden|existiert nicht|unbekannt|voll|überfüllt|antwortet nicht|verweigert|nicht erreichbar)
  (nachricht|mail|gateway|anbieter|server) .. (abgelehnt|abgewiesen|zurückgewiesen|blockiert)
  (pas|pu|impossible) (.. )?(été remis|être remis|remis|délivré|être délivré|distribué|être distribué|parvenu|remettre|distribuer|acheminé)
  (adresse|boîte|utilisateur|destinataire|serveur|compte|quota) (.. )?(introuvable|n'existe pas|inconnue?|pleine?|ne répond pas|dépassé|saturée?|rejeté|désactivée?)
  (introuvable|échec de (la )?(remise|distribution)|fehler bei der|bezorging (.. )?mislukt)
  (message|courrier|envoi|mail|fournisseur|passerelle) .. (refusé|rejeté|bloqué)
`);

/** Subject lines of absence notes; "Automatic reply" alone may be anything. */
export const absenceTitle = phrases(`
  (out of office|out of the office|ooo|oof|away|annual leave|on leave|vacation|holiday|absence|i am away|not in the office|out of town|maternity leave|parental leave|christmas closure|merry christmas|happy holidays|season s greetings|(we are|office|offices) closed|on holiday|sick leave)
  (afwezig|afwezigheid\\w*|niet aanwezig|met verlof|verlof|vakantie|met vakantie|op vakantie|fijne feestdagen|prettige (feestdagen|kerst\\w*|vakantie)|(kantoor|wij zijn|we zijn) gesloten|wegens vakantie|niet op kantoor|zwangerschapsverlof|ziek)
  (abwesend|abwesenheit\\w*|ferienabwesenheit|urlaub|betriebsurlaub|betriebsferien|nicht im büro|im urlaub|ferien|frohe weihnachten|frohes fest|büro geschlossen|außer haus|nicht im haus|elternzeit|mutterschutz|urlaubsvertretung)
  (absent\\w*|absence|en congés?|congés?|vacances|en vacances|joyeuses fêtes|hors du bureau|fermeture|fermé|joyeux noël|bonnes fêtes|congé maternité|indisponible)
`);

export const machineTitle = phrases(`
  (automatic reply|auto reply|autoreply|auto response|autoresponse|autoresponder|auto|automated (reply|response|message)|automatic response)
  (automatisch antwoord|automatische (reactie|beantwoording|bevestiging|melding)|automatisch bericht)
  (automatische (antwort|rückmeldung|rückantwort|nachricht|eingangsbestätigung)|automatisch)
  (réponse automatique|message automatique|accusé de réception)
`);

export const absenceText = phrases(`
  (out of (the )?office|out of town|ooo|away from (my |the )?(desk|office|mail|keyboard|inbox|work)|on (annual |parental |maternity |paternity |sick |medical |study |compassionate |unpaid |extended |family |bereavement )?leave|on (a )?(vacation|holiday|holidays|pto|sabbatical)|maternity leave|parental leave|paternity leave|sick leave|annual leave|off sick|away (until|from|till|on|this week|\\d+)|not in the office|not at my desk|be away|am away|i'm away|am off|be off (until|from|on)|travelling|traveling)
  (limited|no|intermittent|without|little|restricted|sporadic|not have|reduced) (.. )?(access to|checking|monitoring|reading) (my |the )?(mails?|inbox|messages|email)
  (be back|am back|back (in|at|on|from)|be returning|returning|return|back in the office|back at) (.. )?(on|at|in|to|from|monday|tuesday|wednesday|thursday|friday|january|february|march|april|may|june|july|august|september|october|november|december|the \\d+\\w*|\\d+\\w*|it|office)
  (on|upon|after|when|until) (my return|i return|i'm back|i am back|i get back|returning)
  (in|during) my absence
  (office|offices|we are|we're|we will be|shop is|practice is|school is|company is|workshop is) (.. )?(closed|reopen|reopens|re open|closes)
  (don't|do not) work (on )?(mondays?|tuesdays?|wednesdays?|thursdays?|fridays?)
  (my|i) (.. )?(working days|work part time|part time|office days|working hours are|days are)
  (not (be )?(checking|reading|monitoring|monitored)|will not be (read|monitored|forwarded)|not been forwarded)
  (afwezig\\w*|niet aanwezig|niet op kantoor|op vakantie|met vakantie|verlof|met verlof|zwangerschapsverlof|ouderschapsverlof|bevallingsverlof|ziekteverlof|vakantieverlof|niet bereikbaar|beperkt bereikbaar|buiten kantoor|wegens ziekte|ziek thuis|op reis|zakenreis|niet in de gelegenheid|afwezigheid)
  (beperkt\\w*|geen|weinig|nauwelijks) (.. )?(toegang|mijn mail|mails? lezen)
  (ben ik|zijn we|zijn wij|ben) (er )?(weer|terug)
  (ben|ben ik|zijn we|zijn wij|staan we|staan wij) (.. )?(weer|terug|er weer) (.. )?(terug|aanwezig|bereikbaar|op kantoor|klaar|op|er|vanaf)?
  (weer (aanwezig|bereikbaar|op kantoor|terug|beschikbaar|geopend|open)|terug op kantoor|terug (op|vanaf) \\w+|bij terugkomst|na mijn (vakantie|verlof|terugkeer|terugkomst)|tijdens mijn afwezigheid)
  (kantoor|kantoren|wij|winkel|praktijk|school|bedrijf|we) (.. )?(gesloten|dicht|vrij|heropen\\w*|vieren we)
  (werk|werk ik) niet op (maandag|dinsdag|woensdag|donderdag|vrijdag|maandagen|vrijdagen)
  (werkdagen (zijn|:)|werk alleen op|aanwezig op)
  (wordt|worden) niet (doorgestuurd|gelezen|bekeken)
  (abwesend|abwesenheit\\w*|nicht im (büro|haus|hause|dienst)|nicht am arbeitsplatz|außer haus|im urlaub|urlaubsbedingt|betriebsferien|betriebsurlaub|in den ferien|ferienabwesend|elternzeit|mutterschutz|mutterschaftsurlaub|krankheitsbedingt|erkrankung|erkrankt|krankgeschrieben|nicht erreichbar|dienstreise|geschäftsreise|auf reisen|unterwegs|fortbildung|karenz|zeitausgleich|nicht im einsatz|in karenz)
  (eingeschränkt\\w*|keinen|kein|nur begrenzt\\w*|keine) (.. )?(zugriff|zugang|mails lesen|e mail zugriff)
  (wieder|ab) (.. )?(da|erreichbar|im (büro|haus|dienst|einsatz)|zurück|für sie da|anwesend|verfügbar|persönlich erreichbar|gearbeitet|geöffnet|am platz)
  (nach|bei) (meiner|meinem) (rückkehr|urlaub|wiederkehr)
  (während|in) meiner abwesenheit
  (vertretung|vertritt mich|vertreten mich)
  (büro|betrieb|unternehmen|kanzlei|praxis|wir|werkstatt|geschäft) (.. )?(geschlossen|macht pause|öffnet|haben geschlossen|feiertag)
  (arbeitstage (sind)?|arbeite (nicht|nur|jeweils|von) (.. )?(montag\\w*|dienstag\\w*|mittwoch\\w*|donnerstag\\w*|freitag\\w*)|teilzeit)
  (nicht|auch nicht) (weitergeleitet|bearbeitet|bearbeiten|gelesen|automatisch weitergeleitet)
  (absente?|absent\\w*|absence|en congés?|congés|en vacances|vacances|congé (de )?(maternité|paternité|parental|maladie|annuel|sabbatique)|hors du bureau|en déplacement|arrêt maladie|en arrêt|arrêt de travail|en formation|en mission|indisponible|en rtt|en voyage|pas au bureau|ne suis pas joignable)
  (accès|consulte\\w*|lis|lirai) (.. )?(limité|restreint|pas mes|ponctuel\\w*|très limité|irrégulier\\w*|réduit)
  (de retour|mon retour|serai de retour|je reviens|reprendrai|reprends|à mon retour|serai présent\\w*|dès mon retour) (.. )?(le|au|à partir|parmi|du|\\d+|lundi|mardi|mercredi|jeudi|vendredi|en|mes|dès|bureau)?
  (bureaux|bureau|ateliers?|magasin|cabinet|maison|entreprise|nous|établissement|école) (.. )?(fermée?s?|rouvr\\w*|fermeture|fermerons|férié)
  (travaille|présente?|bureau) pas (le|les) (lundi|mardi|mercredi|jeudi|vendredi)
  (jours de présence|jours de travail|temps partiel|à mi temps)
  (pas|ni) (transféré|lu|consulté\\w*|relevé\\w*|redirigé)
`);

/** Somebody has left, and the mail system says so: no absence. */
export const gone = phrases(`
  (no longer|not|has left|have left|left) (.. )?(with|works?|working|employed|an employee|part of|the company|the organisation|the organization|at|our|us|the business) (.. )?
  (niet (langer|meer)|heeft) (.. )?(werkzaam|in dienst|werkt|werken|verlaten|actief|verbonden)
  (nicht mehr|nicht länger|verlassen|ausgeschieden) (.. )?(für|bei|in|tätig|beschäftigt|unternehmen|im|unser\\w*|aus)?
  (plus partie|ne travaille plus|a quitté|plus (dans|chez|au sein)|n'est plus (salarié\\w*|employé\\w*|en poste|parmi)|ne fait plus)
`);

export const automaticText = phrases(`
  (automatic(ally)?|automated|auto) (.. )?(reply|response|generated|message|mail|acknowledg\\w*|sent|confirmation|notification)
  (sent|generated|created) (.. )?automatically
  (do not|don't|no need to) (.. )?reply (to this|directly)?
  (ticket|case|reference|request) (.. )?(number|id|created|opened|closed|logged|received|resolved|assigned)
  (received|receipt of) your (message|mail|request|enquiry|inquiry|query|ticket|submission)
  ^(thank you|thanks|many thanks) for (contacting|reaching out to|getting in touch|writing to|mailing|your (enquiry|inquiry|request|interest in)|your message to)
  (your|the) (message|mail|request|enquiry|inquiry|query|case|ticket) (has been|was|is|will be) (.. )?(received|logged|registered|forwarded to|held|closed|read|quarantined|important to us|processed|assigned)
  (our team|we|member of|someone|an agent|a colleague) (.. )?(will|'ll|aim to|shall|try to|endeavour to) (.. )?(get back|respond|reply|answer|be in touch|review|come back|contact you)
  (answer|reply|respond) (to )?(every|all|your|each|to you)
  within \\d+ (business |working )?(days?|hours?)
  (no longer|not) (monitored|in use|active|being monitored|checked|attended)
  (unattended|unmonitored) (mailbox|inbox)
  (faq|frequently asked|knowledge base|help centre|help center|opening hours)
  (verify|confirm|prove) (.. )?(you are|you're|human|not a robot|sender|link|address)
  (held|quarantine|whitelist|blocks unknown|spam filter|approve the sender|click the link)
  (changed|change) (.. )?(our (mail|addresses|name|domain)|address)
  (new|our) (mail )?addresses (.. )?(are|have|will|changed|is)
  rebranded
  ^(was|is|wurde|a été) (.*)?(read|gelezen|gelesen|lu)( on| op| am| le)?
  (how did we do|rate (your|our)|satisfaction survey)
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
  (automatique|automatiquement|automatisé)
  (accusé|accusons) (de )?(réception|d'enregistrement|délivré|bonne réception|réception)
  (bien reçu|avons reçu|bonne réception) (.. )?(message|demande|courriel|mail|vous)
  (message|demande|courriel|mail|dossier|envoi|requête) (.. )?(bien été|a été (enregistré\\w*|reçu\\w*|clôturé\\w*|ouvert|transmis|lu|traité\\w*|pris\\w*)|est bien|est retenu|est clôturée?|ouvert|été lu|sera traité\\w*)
  (numéro de (ticket|dossier|demande)|foire aux questions|heures ouvrées|jours ouvrés|horaires d'ouverture|antispam|anti spam|ne pas répondre|pas un robot|êtes un humain)
  (sous|dans les) \\d+ (jours|heures|h)
  (répondrons|reviendrons|revenons|répondons|reviendra|répondra|traiterons|recontacterons) (.. )?(dans les (meilleurs|plus brefs)|dès que possible|rapidement|à chacun|sous|au plus vite|vers vous dès|bref)
  (merci|remercie\\w*) (.. )?(d'avoir (écrit|contacté|pris contact)|de nous avoir|de votre intérêt pour|vous remercie)( .. )?
  (boîte|adresse|messagerie) (.. )?(n'est plus|plus) (consultée?|relevée?|utilisée?|active|lue|surveillée?)
  (nouvelles? adresses?|adresses? (.. )?(changent|change|redirigée?|a changé|électronique\\w*)|changement d'adresse)
  (donnez une note|êtes vous satisfait|évaluez|note de)
  (cliquez sur le lien|prouver que)
`);

/** Subject lines of ticket systems, filters and read receipts. */
export const automaticTitle = phrases(`
  (ticket|case|request|received|enquiry|inquiry|verify|verification|read|confirmation|acknowledg\\w*|thank you for (your|contacting)|delivery delayed|survey|do not reply|closed|changed|has moved)
  (ontvangst\\w*|bevestig\\w*|bevestiging|gelezen|melding|klantenservice|ticket|gewijzigd|uw (aanvraag|bericht|vraag|melding)|bedankt voor)
  (eingangsbestätigung|empfangsbestätigung|eingegangen|vorgang|ticket|gelesen|anliegen|verzögert\\w*|bestätigung|danke für|vielen dank für|neue mail)
  (accusé|dossier|lu|validation|demande|confirmation|merci (pour|de)|changement|clôturée?|ticket|enregistrement)
`);

// What follows marks what is not somebody's own words: originals, signatures, footers and legal notices.

/** "On … wrote:" in the languages of our users; mail programs break this line as they like, so it may be two or three lines. */
export const attribution =
  /^[ \t>]*(?:on|le|am|op|den|il|el)\b(?=[^\n]{0,80}\d)[^\n]{3,200}(?:\n[^\n]{1,200}){0,2}?(?:wrote|a [ée]crit|schrieb|schreef|geschreven|[ée]crivait|skrev)\b[^\n]{0,120}:?[ \t]*$/im;

/** The same without a verb or in another order: "Jo Smith <jo@x.example> wrote (12 May):", "2026-05-12 09:12 Jo <jo@x.example>:" */
export const otherAttributions = [
  /^[^\n<>]{0,80}<[^\n<>@ ]+@[^\n<>]+>[^\n]{0,40}(?:wrote|a [ée]crit|schrieb|schreef)[^\n]{0,60}:?[ \t]*$/im,
  /^[^\n<>]{0,80}<[^\n<>@ ]+@[^\n<>]+>[ \t]*:[ \t]*$/im,
];

/** Where the original begins for programs that copy its headers. */
export const originals = [
  /^[ \t]*[-_*]{2,}[ \t]*(?:original (?:message|appointment)|forwarded message|begin forwarded message|oorspronkelijk bericht|doorgestuurd bericht|urspr\S+ngliche nachricht|weitergeleitete nachricht|message d.origine|message original|message transf\S+)\b.*$/im,
  /^[ \t]*_{10,}[ \t]*$/m,
  /^[ \t*>]*(?:from|van|von|de|exp[ée]diteur)[ \t*]*:[^\n]+\n(?:[^\n]*\n){0,2}?[ \t*>]*(?:sent|verzonden|gesendet|envoy[ée]e?|date|datum|to|aan|an|[àa]|subject|onderwerp|betreff|objet)[ \t*]*:/im,
  /^[ \t]*(?:begin forwarded message|begin doorgestuurd bericht|anfang der weitergeleiteten nachricht|d[ée]but du message (?:transf|r[ée]exp))\S*.*$/im,
];

/** Footers of phones and programs, and legal notices. */
export const footers = [
  /^[ \t]*(?:sent (?:from|via|with|using) (?:my|mail|outlook|yahoo|gmail|proton|samsung|blackberry|iphone|an? )|get outlook for|(?:verzonden|verstuurd|gestuurd) (?:vanaf|via|met|van|vanuit)\b|von meinem? |gesendet (?:von|mit|via)\b|diese nachricht wurde von meinem|envoy\S+ (?:de mon|depuis|[àa] partir|avec)\b|t[ée]l[ée]charge[rz]? outlook|outlook (?:voor|f\S+r|pour) )[^\n]{0,60}$/im,
  /^[ \t]*(?:the (?:information|contents?) (?:contained )?(?:in|of) this|this (?:e-?mail|message|communication)(?: \S+){0,6} (?:confidential|intended|privileged|may contain)|confidentiality notice|disclaimer\b|de informatie (?:in|verzonden)|dit (?:e-?mail)?bericht(?: \S+){0,6} (?:vertrouwelijk|bestemd|bevatten)|aan (?:dit|deze|de inhoud)\b(?: \S+){0,8} (?:rechten|ontleend)|diese (?:e-?mail|nachricht)(?: \S+){0,6} (?:vertraulich\S*|bestimmt|enth\S+lt)|der inhalt dieser|ce (?:message|courriel|mail|e-mail)(?: \S+){0,6} (?:confidentiel\S*|destin\S+|secret|contien\S+)|les informations contenues)/im,
  /^[ \t]*(?:please consider the environment|think before you print|denk aan het milieu|bitte (?:pr\S+fen sie, ob|denken sie an die umwelt)|pensez [àa] l.environnement|n.imprimez)/im,
];

/** The greeting at the end, alone on its line or before a name: all below it is a signature. */
export const farewell =
  /^[ \t]*(?:(?:with )?(?:(?:kind|best|warm|many|kindest|warmest) )+(?:regards|wishes|thanks)|regards|(?:kr|br|rgds|mvg|mfg|vg|lg|bg|cdlt|bav)|best|cheers|sincerely|yours (?:sincerely|faithfully|truly)|(?:met )?(?:vriendelijke|hartelijke|beste|warme|groene|sportieve)? ?groet(?:en|jes)?|groeten|grtz?|hoogachtend|(?:mit )?(?:freundliche[mn]?|beste[mn]?|viele|liebe|herzliche|sch\S+ne|sonnige) gr\S{1,3}(?:ss|ß|s)e?n?|gr(?:u|ü|ue)(?:ss|ß)e?|herzlich(?:st)?|hochachtungsvoll|cordialement|(?:bien|tr\S+s) cordialement|bien (?:[àa] vous|cordialement)|salutations(?: distingu\S+)?|(?:meilleures|sinc\S+res) salutations|sinc\S+rement|amicalement|belle (?:journ\S+e|continuation))(?:[ ,.!]+(?:\p{L}[\p{L}.'-]*[ ]?){0,4})?[ \t,.!]*$/imu;

export const postscript = /^[ \t]*p\.?s\.?[ :].*$/im;
