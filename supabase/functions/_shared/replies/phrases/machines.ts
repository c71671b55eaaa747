import type { Phrases } from '../reply-class.ts';

/** What mail servers and mail programs write, in all four languages. */
export const machines: Phrases = {
  bounce: [
    [
      /\b(delivery status notification|undeliverable|undelivered|mail delivery (failed|subsystem)|returned mail|delivery (has )?failed|failure notice|mailer-daemon|postmaster@|delivery incomplete|delivery failure)\b/,
      4,
    ],
    [
      /\b(address not found|user unknown|unknown user|no such user|recipient (address )?rejected|mailbox (is )?(full|unavailable|not found)|does not exist|could ?n[o']t be delivered|was not delivered|permanent(ly)? (fatal )?errors?|550[ -]5\.\d\.\d|5\.\d\.\d{1,2}|smtp error|over quota|quota exceeded)\b/,
      3,
    ],
    [
      /\b(onbestelbaar|kan niet worden (afgeleverd|bezorgd)|kon niet worden (afgeleverd|bezorgd)|niet (afgeleverd|bezorgd)|postvak (is )?vol|adres (is )?niet gevonden|bestaat niet)\b/,
      3,
    ],
    [
      /\b(unzustellbar\w*|nicht zugestellt|konnte nicht (an|zugestellt)|zustellung (ist )?fehlgeschlagen|ubermittlungsfehler|postfach (ist )?voll|empfanger unbekannt|adresse (wurde )?nicht gefunden|existiert nicht)\b/,
      3,
    ],
    [
      /\b(non remis|n'a pas pu etre (remis|distribue|livre)|non distribue|echec de (la )?(remise|distribution|livraison)|boite (de reception |aux lettres )?(est )?pleine|adresse (introuvable|inconnue)|destinataire inconnu|n'existe pas)\b/,
      3,
    ],
  ],
  out_of_office: [
    [
      /\b(out of (the )?office|ooo|on (annual |parental |maternity |paternity |sick |medical )?leave|on (vacation|holidays?|pto)|away from (my desk|the office|email|e-mail)|limited access to (my )?e-?mails?|annual leave|maternity leave|parental leave|paternity leave|sick leave|sabbatical|currently (away|travelling|traveling|out))\b/,
      3,
    ],
    [
      /\b(i (am|will be) (back|returning|away|out)|back in the office|upon my return|when i return|will respond when|return to the office|for urgent matters|in urgent cases|if (it is|it's|your (message|matter|request) is) urgent)\b/,
      2,
    ],
    [
      /\b(afwezig\w*|niet aanwezig|niet op kantoor|op vakantie|met (zwangerschaps|bevallings|ouderschaps)?verlof|met vakantie|zwangerschapsverlof|ouderschapsverlof|bevallingsverlof|vakantieperiode|niet bereikbaar|beperkt bereikbaar)\b/,
      3,
    ],
    [
      /\b(ben ik (weer )?(terug|aanwezig)|weer aanwezig|weer op kantoor|bij (dringende|spoed)\w*|voor (dringende|spoed)\w*|bij terugkomst|na mijn (vakantie|verlof|terugkeer))\b/,
      2,
    ],
    [
      /\b(abwesenheit\w*|abwesend|nicht im (buro|haus|hause)|ausser haus|im urlaub|urlaubs\w*|elternzeit|mutterschutz|krankheitsbedingt|nicht erreichbar|betriebsferien|ferienabwesen\w*|in den ferien)\b/,
      3,
    ],
    [
      /\b(wieder (da|erreichbar|im (buro|haus)|zuruck|fur sie da)|nach meiner ruckkehr|in dringenden (fallen|angelegenheiten)|nicht weitergeleitet|wird nicht automatisch|e-?mails? werden (nicht )?(weitergeleitet|gelesen))\b/,
      2,
    ],
    [
      /\b(absent\w*|absence du bureau|en conge\w*|en vacances|conge (de )?(maternite|paternite|parental)|hors du bureau|actuellement (absent|en deplacement)|message d'absence|acces limite)\b/,
      3,
    ],
    [
      /\b(de retour (le|au|a partir|parmi|du)|mon retour|serai de retour|en cas d'urgence|pour toute urgence|je reviens le)\b/,
      2,
    ],
  ],
  automatic: [
    [
      /\b(automatic(ally)? (reply|response|generated)|auto-?(reply|response|matic)|do not reply|no-?reply|ticket (number|id|#|no)|case number|reference number|request (has been |was )?received|(we|have) (have )?received your (message|email|e-mail|request|enquiry|inquiry)|thank you for (contacting|reaching out to (us|our|the)|your (message|email|enquiry|inquiry) (to|\.))|our team will (get back|respond|review)|within \d+ (business|working) (days|hours)|no longer (monitored|in use|active)|not monitored|unattended mailbox|support ticket)\b/,
      3,
    ],
    [
      /\b(automatisch (antwoord|bericht|gegenereerd)|automatische (reactie|ontvangst\w*|beantwoording)|ontvangstbevestiging|(uw|je) (bericht|e-?mail|aanvraag|vraag|mail) (is|hebben wij|hebben we|in goede orde)|in goede orde ontvangen|ticketnummer|wij nemen (zo spoedig|binnen)|binnen \d+ werkdag\w*|niet meer (gebruikt|gelezen|actief|in gebruik)|wordt niet (gelezen|beheerd))\b/,
      3,
    ],
    [
      /\b(automatisch\w* (antwort|generiert|erstellt|versendet|verschickt|eingangs\w*|empfangs\w*)|eingangsbestatigung|empfangsbestatigung|(ihre|deine) (nachricht|anfrage|e-?mail|mail) (ist (bei uns )?eingegangen|haben wir erhalten|wurde|erhalten)|ticketnummer|vorgangsnummer|innerhalb von \d+ (werktagen|stunden|arbeitstagen)|nicht mehr (genutzt|verwendet|abgerufen|aktiv|gelesen)|bitte antworten sie nicht)\b/,
      3,
    ],
    [
      /\b(reponse automatique|message automatique|accuse de reception|(votre|nous avons bien recu votre) (message|demande|courriel|e-?mail|mail) (a bien ete|a ete|est bien)|avons bien recu (votre|ta)|numero de (ticket|dossier|demande)|ne pas repondre|sous \d+ (jours|heures)|dans les \d+ (jours|heures)|n'est plus (utilisee?|consultee?|relevee?|active))\b/,
      3,
    ],
  ],
};

/** Headers that only machines set; a mail of a list or a newsletter has some of them too. */
export const machineHeaders: readonly (readonly [name: string, value: RegExp])[] = [
  ['auto-submitted', /^auto-(replied|generated|notified)/i],
  ['x-autoreply', /./],
  ['x-autorespond', /./],
  ['x-auto-response-suppress', /./],
  ['precedence', /^(auto_reply|bulk|junk)$/i],
];
