// What mail servers, absence notes and ticket systems write in French (phrases.ts explains how phrases are written).
import type { MachineLanguage } from '../../language.ts';

const mail = `(messages?|mails?|courriels?|courriers?|envois?|mels?|correspondances?)`;
const box =
  `(adresses?|boîtes?|bal|messageries?|comptes?|utilisat\\w+|utilisateurs?|destinataires?|hôte|domaine|nom de domaine|serveur|quota|mailbox)`;
const request =
  `(messages?|demandes?|courriels?|mails?|dossiers?|envois?|requêtes?|tickets?|questions?|réclamations?|sollicitations?|candidatures?|inscriptions?|commandes?|correspondances?|signalements?|incidents?|courriers?)`;
const place =
  `(bureaux?|ateliers?|magasins?|boutiques?|cabinet|maison|entreprise|établissement|école|étude|mairie|agence|usine|services?|société|secrétariat|standard|restaurant|salon|garage|équipe|collège|lycée|crèche|pharmacie|guichets?|administration|administratifs?|clinique|accueil|dépôt|galerie|musée|office)`;
const weekday = `(lundi|mardi|mercredi|jeudi|vendredi|samedi|lundis|mardis|mercredis|jeudis|vendredis)`;

export const frenchMachines: MachineLanguage = {
  bounceTitle: `
    (non remise?|non distribuée?|non distribuable|non livrée?|non délivrée?|non délivrable|non acheminée?|non transmise?|remise (refusée|impossible|échouée|en échec)|rejet|rejets|rejetée?|refusée?|refus|renvoyée?|retournée?|revenue?|expirée?|bloquée?|boîte pleine|saturée?|boîte aux lettres pleine|impossible de (remettre|délivrer|distribuer|livrer|envoyer|transmettre)|(distribution|livraison|remise|envoi) impossible|retour à l'expéditeur|retour de (courrier|mail|courriel|message)|retour (courrier|mail)|introuvable|inconnue?|invalide|inexistante?|n'est pas arrivé|pas (pu|été) (.. )?(remise?|délivrée?|distribuée?|livrée?)|non remise|non livraison|non distribution|non réception|quota (dépassé|atteint)|erreur (d'envoi|de remise|de distribution|de livraison|permanente|de messagerie|smtp)|état de (remise|la remise|distribution))
    (échecs?) (.. )?(remise|distribution|livraison|envoi|acheminement|transmission|message|définitif|delivery|notification)
    (remise|distribution|livraison|notification) (.. )?(échecs?|échoué\\w*)
    ^échec$
  `,
  delayed: `
    (retardé|retardée|retard de|en retard|différée?|en attente (de remise|d'envoi|de livraison)|pas encore|nouvelles tentatives|nouvel essai|tentatives se|tentatives auront|tentatives (.. )?(poursui\\w*|continu\\w*)|avertissement (seulement|uniquement)|simple avertissement|retentera|réessaiera|réessayerons|réessayer automatiquement|continuerons (.. )?(essayer|tenter)|rien à faire|pas (besoin|nécessaire|utile) de (le |la )?renvoyer|inutile de (le |la )?renvoyer|temporairement (différé\\w*|retardé\\w*))
  `,
  bounceText: `
    (pas|pas encore|jamais) (.. )?réussi à (joindre|remettre|contacter|livrer|délivrer)
    ${mail} (.. )?(pas|pu|impossible|jamais) (.. )?(remise?s?|délivrée?s?|livrée?s?|distribuée?s?|parvenue?s?|acheminée?s?|expédiée?s?|abouti|arrivée?s?)
    (pas|pu|impossible|impossibilité) (.. )?(été remis|être remis|remis|délivré|être délivré|distribué|être distribué|parvenu|remettre|délivrer|distribuer|livrer|livré|acheminé|acheminer|être transmis)
    ${box} (.. )?(introuvables?|inexistante?s?|n'existe pas|n'existe plus|n'existe pas ou|inconnue?s?|non trouvée?|invalides?|erronée?|pleine?s?|remplie?|ne répond pas|ne répond plus|dépassée?s?|saturée?s?|rejetée?s?|désactivée?s?|fermée? par|clôturée? par|suspendue?|résiliée?|supprimée?|inactive|inactif|a atteint|injoignable|épuisé|refuse|refusée?s?|n'accepte)
    (introuvable|échec (définitif |permanent )?(de (la |l' )?)?(remise|distribution|livraison|acheminement|envoi)|destinataire inconnu|utilisateur inconnu|adresse inconnue|aucune boîte aux lettres|aucun utilisateur|aucun compte|erreur (permanente|définitive|fatale)|j'abandonne|abandonnons|est abandonnée?|été abandonnée?|abandon de la remise|aucune (nouvelle|autre) tentative|quota dépassé|capacité maximale|espace (.. )?insuffisant|trop volumineux|taille maximale|liste noire|adresse ip|relais refusé|relay (denied|refusé)|expéditeur (.. )?(rejeté|refusé|bloqué|pas autorisé|non autorisé)|pas (autorisé|l'autorisation|les autorisations|habilité) (.. )?(envoyer|écrire|groupe|liste))
    (${mail}|remise|fournisseur|passerelle|serveur|filtre|pare feu|système|destinataire|antivirus) (.. )?(refusée?s?|rejetée?s?|bloquée?s?|renvoyée?s?|retournée?s?|revenue?s?|supprimée?s? par|considérée?s? comme|classée?s? comme|échouée?|a échoué)
    (n'accepte|n'acceptent|accepte) (.. )?(pas|plus|que) (.. )?(messages?|mails?|courriels?|courrier)
    (plus|pas) (.. )?(recevoir|accepter) (de |d'autres |les |de nouveaux )?(messages?|mails?|courriels?|courrier)
    (remise|distribution|livraison|acheminement) (.. )?(retardée?|différée?)
    (taille|pièce jointe|pièces jointes|volume) (.. )?(dépasse\\w*|excède\\w*|limite|autorisée)
    (pas|jamais) (.. )?(atteint|parvenu à|arrivé à) (.. )?destinataires?
    (${mail}|pièce jointe|contenu) (.. )?(détruite?|interdite?|virus|malveillante?|placée? en quarantaine définitive)
    (mailbox unavailable|user unknown|host not found|no such user|access denied)
  `,
  absenceTitle: `
    (absente?s?|absent\\w*|absence|absences|en congés?|congés?|vacances|en vacances|joyeuses fêtes|belles fêtes|hors du bureau|hors bureau|pas au bureau|fermeture\\w*|fermée?s?|férié|joyeux noël|bonnes fêtes|fêtes de fin d'année|congé maternité|maternité|paternité|parental|indisponib\\w*|rtt|en déplacement|en mission|en voyage|de retour|trêve|pont (de|du)|pause (estivale|hivernale|d'été|de noël)|arrêt maladie|hospitalisation|temps partiel|injoignable|jour de repos|je suis en|réouverture|out of office|ooo)
    ^(en formation|au salon|séminaire|repos|pause|en pause|déconnexion|déconnecté\\w*|pont|été|noël|formation)$
    (absence|absent\\w*) (.. )?(salon|formation|congrès)
  `,
  machineTitle: `
    (réponse auto|réponse automatisée|réponse automatique|réponse auto|rép auto|répondeur|message automatique|message auto|courriel automatique|mail automatique|auto réponse|autoréponse|envoi automatique|notification automatique|avis automatique|accusé de réception|accusé réception|accusé de lecture|confirmation de lecture|ne pas répondre|noreply|no reply)
    ^(auto|automatique|auto reply|autoreply)$
  `,
  absenceText: `
    # away
    (absente?|absent\\w*|absence|en congés?|congés|en vacances|vacances|congé (de )?(maternité|paternité|parental|maladie|annuel|sabbatique|naissance|formation)|hors du bureau|hors bureau|hors des bureaux|en déplacement|arrêt maladie|en arrêt|arrêt de travail|en mission|indisponible|en rtt|rtt|en voyage|à l'étranger|pas au bureau|pas au cabinet|pas joignable|injoignable|ne suis pas joignable|hospitalisé\\w*|en convalescence|souffrant\\w*|jour de repos|de repos|en repos|jours? fériée?s?|fête nationale|trêve|en récup|crédit temps|pause carrière|en séminaire|en congrès|quelques jours de (repos|pause|congés?)|coupure|mes batteries|sous les cocotiers|sur les pistes|me repose|digital detox|détox)
    (suis|serai|sommes|serons|sera|est|actuellement|équipe) (.. )?(en formation|(sur|au|à) (un |le |la |ce |notre )?(salon|foire|congrès|colloque|séminaire|stand|tournage|chantier|pistes|mer|montagne)|en réunion toute|en tournée|en stage|en audience|en conférence|sur la route|déconnecté\\w*|hors ligne|dans l'avion|loin de (mon|mes|l'|des)|en repos|en pause)
    ^(en|actuellement en) (formation|déplacement|mission|voyage|tournée|séminaire|stage|repos|pause) (.. )?(jusqu\\w*|du|toute|ce|cette|cet|pour|de retour|à)
    (profite|profitons|prends|prenons|pars|partons|fais|faisons|font|fait) (.. )?(congés?|vacances|une pause|la pause|repos|le pont|quelques jours)
    (je|nous|on) (coupe|coupons|décroche|décrochons|déconnecte|déconnectons|m'absente|nous absentons|me déconnecte|suis parti\\w*|recharge)
    (m'absente|nous absentons|m'absenterai|nous absenterons)
    # how far mail is read
    (accès|consulte\\w*|consulterai|lis|lirai|connexion|réseau|connecté\\w*|wifi) (.. )?(limité|restreint|pas mes|pas mon|pas ma|ponctuel\\w*|très limité|irrégulier\\w*|irrégulière|réduit|aléatoire|sporadique\\w*|difficile|intermittent\\w*|occasionnel\\w*|que rarement|rarement)
    (pas|plus|aucun) (.. )?(accès à (mes|ma|mon|la)|accès aux|lire mes|lis mes|lirai mes|consulte (.. )?(mes|ma)|consulterai|relève mes|relèverai|traiter mes|répondre à vos|répondre à mes|réponse avant|réponse de ma part avant|en mesure de (lire|traiter|répondre|consulter)|peux (lire|répondre|traiter|consulter))
    (joignable|disponible) (.. )?(que par|uniquement par|seulement par|ni par)
    (messages?|mails?|courriels?|courrier) (.. )?(pas|ni|non) (.. )?(transférée?s?|lue?s?|redirigée?s?|relevée?s?|consultée?s?|réacheminée?s?|traitée?s? (pendant|durant))
    # back
    (de retour|mon retour|notre retour|serai de retour|je reviens|reviendrai|reprendrai|reprendrons|reprends|reprise|à mon retour|serai présent\\w*|dès mon retour|retour prévu|retour au bureau|retour au travail|retour parmi|retour (lundi|mardi|mercredi|jeudi|vendredi|le \\d+)) (.. )?(le|au|à partir|parmi|du|\\d+|lundi|mardi|mercredi|jeudi|vendredi|en|mes|dès|bureau)?
    (à nouveau|de nouveau) (.. )?(joignables?|disponibles?|présente?s?|à votre|au bureau|ouverte?s?|opérationnel\\w*|accessibles?|parmi)
    (joignables?|disponibles?|présente?s?|opérationnel\\w*) (.. )?(à nouveau|de nouveau|à partir du|dès le|à compter du)
    (on se (retrouve|reparle|revoit)|nous nous retrouv\\w*|nous retrouverons|on se dit) (.. )?(le \\d+|lundi|mardi|mercredi|jeudi|vendredi|en janvier|en septembre|à la rentrée|dès)
    (répondrai|répondrons|traiterai|traiterons|prendrai connaissance|lirai|lirons|donnerai suite|recontacterai|rappellerai|reviendrai vers) (.. )?(retour|lendemain|réouverture|reprise|rentrée|dès (lundi|mardi|mercredi|jeudi|vendredi|le)|à partir d[ue]|${weekday}|après le|le \\d+)
    # closed
    ${place} (.. )?(fermée?s?|rouvr\\w*|réouv\\w*|fermeture|fermera|fermeront|fermons|férié|clos|close|portes closes|en pause|font le pont|fait le pont|feront le pont|fait relâche)
    (fermeture|fermée?s?|réouverture|rouvr\\w*) (annuelle|estivale|hivernale|exceptionnelle|pour|du|de|le|la|jusqu\\w*|dès|ses portes|nos portes|à partir)
    nous (.. )?(sommes|serons) (.. )?fermée?s
    (nous|on) (fermons|fermerons|rouvr\\w*|réouvr\\w*|ferme|rouvre)
    # days of the week
    (travaille|présente?|bureau|joignable|cabinet) pas (le|les) ${weekday}
    pas (.. )?(présente?|joignable|au bureau|disponible|là|au cabinet) (.. )?(le|les|ce) ${weekday}
    (jours de présence|jours de travail|temps partiel|à mi temps|mi temps|travaille à \\d+|à \\d+ %|jours travaillés|uniquement présente?)
    (travaille|suis présente?|suis joignable|suis au bureau) (.. )?(du|que le|que les|uniquement|seulement|les|le) ${weekday}
    (chômée?|raisons? de santé|me ressource|nous ressourçons|loin des (écrans|mails)|éloignée? (du|de mon) (travail|bureau)|alitée?|cloué|grippe|accouch\\w*|bébé est|convalescente?|en cure|retraite (spirituelle|silencieuse)|pèlerinage)
    (participe|participons|participerai|assiste|assistons|anime|tiens) (.. )?(à un|à une|au|aux|un|une) (.. )?(séminaire|salon|congrès|colloque|formation|foire|conférence|stage|stand|atelier)
    (peu de temps|que peu|difficilement|pas toujours|pas le temps) (.. )?(messagerie|mails?|messages|courriels|répondre|lire)
    (rideau|volets|portes) (.. )?(jusqu\\w*|fermée?s?|closes?|baissée?|tirée?)
    (on se|nous nous) retrouv\\w* en (20\\d\\d|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)
    (suis|je suis|tombée?) malade
    (rentre|rentrerai|rentrée?|rentrons) (.. )?(le \\d+|lundi|mardi|mercredi|jeudi|vendredi|de (voyage|mission|congés?|vacances))
  `,
  absenceHint: `
    (jusqu'au|jusqu'à|jusqu'en) (.. )?(${weekday}|\\d+|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|demain|fin|nouvel)
    (du|de|entre) (le )?(${weekday} )?\\d+ (.. )?(au|et|à) (le )?(${weekday} )?\\d+
    (à partir du|dès le|dès|à compter du|retour|à) (.. )?(${weekday}|\\d+ \\w+)
    (cas d'urgence|urgences?|urgent|pressant|remplac\\w*|intérim|remplaçant\\w*|suppléan\\w*|astreinte|permanence|à mon retour|reprise|rentrée|retour|pendant (ce|cette|mon|ma)|durant (ce|cette|mon|ma)|d'ici là|entre temps|entretemps|cette semaine|ce jour|toute la (journée|semaine)|demain|lendemain)
    (en formation|en mission|salon|congrès|séminaire|colloque|voyage|déplacement|plage|montagne|neige|ski|pistes|soleil|mer|repos|pause|déconnect\\w*|naissance|bébé|mariage|opéré\\w*|hôpital|hospital\\w*|maladie|fermée?s?|fermeture|portes|fête|fêtes|noël|pâques|toussaint|ascension|pentecôte|pont)
    ${weekday}
  `,
  gone: `
    (plus partie|ne travaille plus|ne travaillons plus|a quitté|ai quitté|ayant quitté|avoir quitté|quitte définitivement|quittera définitivement|plus (dans|chez|au sein)|n'est plus (salarié\\w*|employé\\w*|en poste|en fonction|parmi|active|joignable à cette)|ne fait plus|plus parmi nous|cessé (ses|mes) (fonctions|activités)|pris (sa|ma) retraite|(est|suis) (parti\\w* (à la|en) retraite|retraitée?)|plus en poste|plus en fonction|plus collaborat\\w*|plus membre|d'autres horizons|nouvelles aventures|nouveau défi|départ (de|définitif|à la retraite)|départ de l'entreprise|plus (l'interlocut\\w*|votre interlocut\\w*))
    (changé|change) de (fonctions?|poste|service|département|employeur)
    (autres|nouvelles) fonctions
  `,
  automaticText: `
    (automatique|automatiquement|automatisé\\w*|robot de réponse|autorépondeur|répondeur)
    # received
    (?<! j )(accusé|accusons) (de )?(réception|d'enregistrement|délivré|bonne réception|réception|lecture)
    (bien reçu|avons reçu|bonne réception|bien réceptionné|bien pris en compte|bien enregistré|bien arrivé) (.. )?(message|demande|courriel|mail|vous|requête|candidature|dossier|courrier)
    ${request} (.. )?(bien été|(a|ont) été (enregistré\\w*|reçu\\w*|clôturé\\w*|close|ouvert\\w*|transmis\\w*|lue?s?|traité\\w*|pris\\w*|créé\\w*|fermé\\w*|résolu\\w*|mis\\w* à jour|soumis\\w*|affecté\\w*|attribué\\w*|assigné\\w*|mis\\w* en (quarantaine|attente)|retenu\\w* par|supprimé\\w* sans)|est bien|est retenu|est clôturée?|est résolue?|est passée? au|nous (est|sont) (bien )?parven\\w*|ouvert|été lu|en cours de traitement|en cours d'examen|en attente|sera (traité\\w*|examiné\\w*|transmis\\w*|étudié\\w*|lue?|clôturé\\w*|close|remis\\w* après|délivré\\w* après)|seront (traité\\w*|examiné\\w*|lus)|vient d'être|est en file|porte le numéro|numéro \\d+|n° \\d+)
    (ticket|incident|demande|dossier) (.. )?(créé\\w*|ouvert\\w*|créée|référence|identifiant|numéro|statut|résolu\\w*|clôturé\\w*|attribué\\w*)
    (statut|demandeur|priorité|url|titre) (.. )?(nouveau|résolu|en cours|externe|ticket)
    (numéro de (ticket|dossier|demande|suivi|référence)|foire aux questions|faq|heures ouvrées|heures ouvrables|jours ouvrés|jours ouvrables|horaires d'ouverture|antispam|anti spam|ne pas répondre|ne répondez pas|pas un robot|êtes un humain|être humain|liste blanche|captcha|mailinblack|centre d'aide|base de connaissances|espace client|formulaire de contact|formulaire en ligne|notre formulaire|désactiver les notifications|au dessus de cette ligne|carnet d'adresses)
    (sous|dans les) \\d+ (jours|heures|h)
    (délais?|temps) de (réponse|traitement) (.. )?(allongé\\w*|jours|heures|plus long\\w*|est|sont|habituel\\w*|moyen)
    (nombre|volume|afflux|flux) (.. )?(élevé|important|grand|exceptionnel) (.. )?(demandes|messages|courriels|mails|appels)
    (dans|par|selon) (l'|leur )?ordre d'arrivée
    (service compétent|services compétents|service concerné)
    (secrétariat|accueil|standard|guichet|permanence|bureau|mairie|cabinet|boutique|magasin|téléphone|bureaux|services) (.. )?(ouverte?s?|joignables?|accessibles?|répond\\w*) (.. )?(du|le|de|tous|les|pendant|chaque) (lundi|mardi|jours|matin|\\d+\\w*|semaine)
    (répondrons|reviendrons|revenons|répondons|reviendra|répondra|traiterons|recontacterons|recontactera|prendra contact|prendrons contact|contacterons|étudier|traite\\w*) (.. )?(dans les (meilleurs|plus brefs)|dès que possible|rapidement|à chacun|sous|au plus vite|aussi vite|au plus tôt|vers vous dès|bref|dans un délai|dans la journée|prochainement|sous peu|très vite|message)
    (un|une|notre|nos|l'un) (de nos )?(conseillers?|conseillères?|agents?|membre|collaborat\\w*|équipes?|technicien\\w*|gestionnaires?) (.. )?(répondr\\w*|reviendr\\w*|prendr\\w*|contacter\\w*|recontacter\\w*|va (étudier|traiter|vous)|traiter\\w*|étudier\\w*|pris en charge)
    (merci|remercie\\w*|remercions) (.. )?(d'avoir (écrit|contacté|pris contact|pris le temps)|de nous avoir|de votre intérêt (pour|envers)|pour l'intérêt|vous remercie|de votre visite|de votre patience)( .. )?
    ^(bonjour et )?merci (pour|de) (votre|ton) (message|mail|courriel|demande|prise de contact) (.. )?(équipe|répond\\w*|reviendr\\w*|bientôt|rapidement|service|clients?)
    # a box that nobody reads
    (boîte|adresse|messagerie|bal|ligne|mail) (.. )?(n'est plus|plus|n'est pas|non|ne sera plus|ne sera pas|n'est ni) (.. )?(consultée?|relevée?|utilisée?|active|lue|surveillée?|suivie|destinée|habilitée|en service|valide|exploitée|monitorée)
    (boîte|adresse|messagerie) (.. )?(ne (reçoit|permet|traite|peut)|sert (uniquement|exclusivement|seulement|à|aux)|exclusivement|réservée|dédiée|automatisée|sans réponse)
    (aucune réponse|aucune suite) (.. )?(sera|apportée|donnée)
    (ne sont|ne seront|n'est|ne sera) (pas|ni) (lue?s?|traitée?s?|consultée?s?|prise?s? en compte)
    (sans réponse|sans nouvelles?|sans retour) de (notre|votre) part
    # a new address
    (nouvelles? adresses?|adresses? (.. )?(changent|changé\\w*|change|redirigée?s?|a changé|électroniques?)|changement d'adresse|changé d'adresse|changé de nom|nouveau nom|nouvelle identité|nouveau domaine|désormais (.. )?@\\S+|(remplacée?|écrire|écrivez|contacter|joindre|utiliser) (.. )?(désormais|dorénavant)|mettre à jour (.. )?(contacts?|carnet|répertoire|coordonnées)|mettez à jour (.. )?(contacts?|carnet|répertoire|coordonnées))
    (désormais|dorénavant) (.. )?(écrire|utiliser|joindre|adresse|à l'adresse|m'écrire|nous écrire)
    # surveys, checks of the sender
    (donnez une note|donner votre avis|votre avis|êtes vous satisfaite?|évaluez|évalueriez|évaluer|note de|de 1 à \\d+|satisfaction|enquête|notez nos|notez notre)
    (cliquez|cliquer|appuyez) (.. )?(lien|ici|bouton|dessous|valider|confirmer)
    (prouver que|confirmer que vous|vérifier que vous|confirmer votre (envoi|message|adresse|identité)|valider votre (envoi|message|adresse)|authentifi\\w*|validez votre|confirmez votre|m'assurer que|nous assurer que|quarantaine|expéditeur inconnu|expéditeurs inconnus|correspondants connus|expéditeurs (autorisés|connus)|lutter contre (le|les) (spam|spams|indésirables|pourriels))
    ^a été (.*)?(lu|affiché|ouvert|supprimé)( le)?
    (affiché|ouvert) (.. )?(l'ordinateur|l'écran|le destinataire|du destinataire)
    (caractères affichés|saisissez (le|les)|code (de vérification|affiché)|me parviendra|vous parviendra)
    (échelle de|recommanderiez|recommander notre)
    (actualis\\w*) (.. )?(contacts?|carnet|coordonnées)
    (traités?|lus?) par personne
    (étudi\\w*|examin\\w*|lus?|traité\\w*) (.. )?(une fois par|chaque (semaine|mois|trimestre|matin))
  `,
  automaticTitle: `
    (accusé|dossier|lue?|non lu|validation|demande|confirmation|confirmer|confirmez|merci (pour|de|d'avoir)|changement|clôturée?|ticket|enregistrement|enregistrée?|reçue?|bien reçu|réception|nouvelle adresse|nouveau mail|nouvelles coordonnées|enquête|satisfaction|vérification|vérifi\\w*|ne pas répondre|no reply|noreply|notification|service client\\w*|service clientèle|assistance|support|résolue?|candidature|votre message|votre courriel|votre mail|vérifiez|authentification|retenu|quarantaine|incident|requête|remise différée|retard de|retardée?|lecture|bienvenue|nous avons (déménagé|changé)|votre avis)
  `,
};
