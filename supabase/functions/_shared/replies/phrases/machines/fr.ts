// What mail servers, absence notes and ticket systems write in French (phrases.ts explains how phrases are written).
import type { MachineLanguage } from '../../language.ts';

export const frenchMachines: MachineLanguage = {
  bounceTitle: `
    (non remis|non distribué|non distribuable|non délivré|échec (de|d'|définitif)|remise (refusée|impossible|échouée)|rejet|rejeté|refusé|boîte pleine|boîte aux lettres pleine|impossible de (remettre|délivrer|distribuer)|distribution impossible|retour à l'expéditeur|message bloqué|adresse introuvable)
  `,
  delayed: `
    (retardé|retardée|retard de|différée|en attente de remise|n'a pas encore|nouvelles tentatives|tentatives se)
  `,
  bounceText: `
    (pas|pu|impossible) (.. )?(été remis|être remis|remis|délivré|être délivré|distribué|être distribué|parvenu|remettre|distribuer|acheminé)
    (adresse|boîte|utilisateur|destinataire|serveur|compte|quota) (.. )?(introuvable|n'existe pas|inconnue?|pleine?|ne répond pas|dépassé|saturée?|rejeté|désactivée?)
    (introuvable|échec de (la )?(remise|distribution))
    (message|courrier|envoi|mail|fournisseur|passerelle) .. (refusé|rejeté|bloqué)
  `,
  absenceTitle: `
    (absent\\w*|absence|en congés?|congés?|vacances|en vacances|joyeuses fêtes|hors du bureau|fermeture|fermé|joyeux noël|bonnes fêtes|congé maternité|indisponible)
  `,
  machineTitle: `
    (réponse automatique|message automatique|accusé de réception)
  `,
  absenceText: `
    (absente?|absent\\w*|absence|en congés?|congés|en vacances|vacances|congé (de )?(maternité|paternité|parental|maladie|annuel|sabbatique)|hors du bureau|en déplacement|arrêt maladie|en arrêt|arrêt de travail|en formation|en mission|indisponible|en rtt|en voyage|pas au bureau|ne suis pas joignable)
    (accès|consulte\\w*|lis|lirai) (.. )?(limité|restreint|pas mes|ponctuel\\w*|très limité|irrégulier\\w*|réduit)
    (de retour|mon retour|serai de retour|je reviens|reprendrai|reprends|à mon retour|serai présent\\w*|dès mon retour) (.. )?(le|au|à partir|parmi|du|\\d+|lundi|mardi|mercredi|jeudi|vendredi|en|mes|dès|bureau)?
    (bureaux|bureau|ateliers?|magasin|cabinet|maison|entreprise|nous|établissement|école) (.. )?(fermée?s?|rouvr\\w*|fermeture|fermerons|férié)
    (travaille|présente?|bureau) pas (le|les) (lundi|mardi|mercredi|jeudi|vendredi)
    (jours de présence|jours de travail|temps partiel|à mi temps)
    (pas|ni) (transféré|lu|consulté\\w*|relevé\\w*|redirigé)
  `,
  gone: `
    (plus partie|ne travaille plus|a quitté|plus (dans|chez|au sein)|n'est plus (salarié\\w*|employé\\w*|en poste|parmi)|ne fait plus)
  `,
  automaticText: `
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
    ^a été (.*)?lu( le)?
  `,
  automaticTitle: `
    (accusé|dossier|lu|validation|demande|confirmation|merci (pour|de)|changement|clôturée?|ticket|enregistrement)
  `,
};
