// French, as in France, Belgium, Switzerland and Québec.
import type { Language } from '../language.ts';
import type { PhraseText } from '../phrases.ts';
import { referral, wrongPerson } from './fr/passing-on.ts';
import { habit, notInterested, notNow } from './fr/refusing.ts';
import { condition, interested, question } from './fr/wanting.ts';

const mails =
  `(mails?|messages?|courriels?|mels?|pubs?|sollicitations?|relances?|envois?|démarchages?|sms|mailings?|spams?|réclames?|blabla|baratin|pourriels?|conneries|salades|bêtises)`;
const away =
  `(retir\\w*|enl[eè]v\\w*|supprim\\w*|suprim\\w*|effac\\w*|raye\\w*|rayer|ôte\\w*|radi(ez|er|e|ation)|sort(ez|ir|s|e)|vir(e|ez|er|é)|dégag\\w*|biff\\w*|exclu(re|ez|s)|élimin\\w*|détrui\\w*|purg\\w*|désinscri\\w*|désabonn\\w*|efface\\w*|jarte\\w*|bannir|bannissez)`;
const ours = `(moi|nous|me|mon|ma|mes|notre|nos|m|le|la|les|cette|cet|ces|ce|l|toute?s?|tous|l'ensemble)`;
const writes =
  `(écri\\w*|ecri\\w*|contact\\w*|recontact\\w*|envo\\w*|relanc\\w*|sollicit\\w*|dérang\\w*|démarch\\w*|harcel\\w*|harcèl\\w*|importun\\w*|spam\\w*|embêt\\w*|ennuy\\w*|inond\\w*|bombard\\w*|adress\\w*|prospect\\w*|saoul\\w*|soûl\\w*|emmerd\\w*|pollu\\w*|encombr\\w*|réécri\\w*|casse\\w*|cassez)`;
const lists =
  `(listes?|listings?|fichiers?|bases?|bdd|mailing\\w*|diffusion|carnet|répertoire|crm|newsletter|envois|registres?|tablettes)`;
const anyLists = `(${lists}|contacts|systèmes?|logiciel|outil|séquence|campagnes?|prospects?|truc)`;

const unsubscribe: PhraseText = {
  sure: `
    (veux|voulons|souhaite|souhaitons) pas (.. )?(vos|ces|ce genre de|de vos|de ces) (mails?|messages?|courriels?|pubs?|sollicitations)
    sans (mon|notre) (accord|autorisation|consentement)
    ^(stop|stopp|désinscription|désabonnement|désinscrire|désabonner|désinscrivez moi|désabonnez moi|supprimer|unsubscribe|ça suffit|assez|basta|me désinscrire|me désabonner|retirez moi|supprimez moi|opposition|arrêtez|stop merci)( merci| svp| s'il vous plaît| s'il te plaît| par avance| d'avance| immédiatement| stp)*$
    (désinscri\\w*|désabonn\\w*|desinscri\\w*|désincri\\w*|désinscript\\w*)
    (retire|retirez|retirer|enlève|enlevez|enlever|supprime|supprimez|supprimer|raye|rayez|rayer|effacez|effacer|efface|sortez|sortir|sors|ôtez|ôter|virez|virer|vire|dégagez|radiez|radier|exclure|excluez|éliminez|bloquez) (moi|nous|mon|ma|mes|notre|nos|cette|l'adresse|ces|toutes|me|ce|les|l'ensemble|mon adresse)( .. )?(de|des|du|adresse|mail|données|coordonnées|nom|contact|liste|immédiatement|svp|merci|sans délai|listes|informations|courriel|fichier\\w*|base)
    (retirez|supprimez|enlevez|rayez|sortez|virez|effacez|ôtez) (moi|nous|mon|notre|cette adresse|mes|nos)
    (merci|prière|veuillez|bien vouloir|demande|souhaite|voudrais|aimerais|voulez|pouvez vous|pourriez vous|peux tu|je vous prie|bien|exige|faut) (.. )?(me|nous) (retirer|supprimer|désinscrire|rayer|enlever|sortir|effacer|ôter|radier|désabonner)
    (retirer|supprimer|rayer|enlever|effacer|ôter|suppression|effacement|retrait|radiation) (.. )?(de|d'|des) (.. )?(mes|nos|mon|notre|mes données|cette adresse|coordonnées|données|adresse|contact|fichiers?|base|liste|listes|informations personnelles)
    (supprimer|retirer|enlever|effacer|rayer|ôter) (mon|notre|mes|nos|cette|ces|l'adresse|toutes) (.. )?(adresse|mail|données|coordonnées|nom|contact|informations|courriel|infos)
    (de|hors de|à) (votre|vos|ta|tes|cette|la|toutes vos|toute) (.. )?(liste|listes|base de données|fichier|fichiers|liste de diffusion|mailing\\w*|bdd|base|newsletter|envois|carnet|liste d'envoi)( merci| svp| s'il vous plaît| immédiatement| de diffusion| de contacts?| d'envoi)*$
    (ne|n') ?(plus|jamais) (.. )?(me|nous|m'|recevoir|être|figurer|écrire|contacter|solliciter|envoyer|relancer|démarcher|importuner)
    (ne|n) (me|m|nous|le|lui) (.. )?(contactez|contacter|écrivez|écris|écrire|envoyez|envoie|envoyer|sollicitez|solliciter|relancez|relance|relancer|dérangez|recontactez|recontacter|démarchez|harcelez|importunez|spammez|spamme|adressez|contacte|sollicite|recontacte) (.. )?(plus|pas|jamais|rien)
    (plus|pas|aucun|aucune|jamais) (.. )?(recevoir|reçoive|être contacté\\w*|être sollicité\\w*|être démarché\\w*|être importuné\\w*|être relancé\\w*|mails de|messages? de votre|courriels? de|sollicitations?|d'envois?|de mails|de messages|de courriels|de spam|de pub|être dérangé\\w*)
    (plus|pas) (m'|me |nous )(.. )?(écrire|contacter|solliciter|envoyer|relancer|déranger|démarcher|importuner|recontacter|spammer)
    (?<! (?:avons|avait|ai|a|ont|est|suis|sommes|avez|déjà) )(arrête|arrêtez|arrêter|cessez|cesser|cesse|stoppez|stopper|stop|halte|mettre fin|mettez fin|abstenez|s'abstenir|vous abstenir) (.. )?(de|d'|vos|avec|ces|tous|toute|aux?|à|les|tes|cet|ce) (.. )?(m'écrire|nous|me|mails?|messages?|envois?|spam|spams|harcèlement|sollicitations?|prospection|relances?|démarchage|courriels?|envoyer|contacter|importuner|harceler|écrire|spammer|m'envoyer|pubs?)
    (arrêtez|cessez|arrête) (ça|cela|maintenant|svp|merci|immédiatement|tout)
    (cnil|lcen|lcap|pfpdt|crtc|dgccrf|bloctel|signal spam|droit à l'(oubli|effacement)|droit d'(opposition|accès|effacement)|autorité de protection|liste robinson)
    (conformément|vertu|titre|fondement|application|articles?|droits?|exerc\\w*|contrair\\w*|violation|infraction|illéga\\w*|enfrei\\w*|respecte\\w*|non respect|connaissez|rappelle|rappelons|loi|sens|oppos\\w*|effac\\w*|supprim\\w*|retir\\w*|consent\\w*) (.. )?(rgpd|rpgd|nlpd|lpd|gdpr|apd|loi 25|protection des données|données personnelles|données à caractère|renseignements personnels|loi informatique|vie privée|loi anti pourriel|loi canadienne)
    (m'oppose|nous opposons|opposition) (.. )?(traitement|utilisation|prospection|démarchage)
    (signale|signaler|signalerai|bloque|bloquer|bloquerai) (tout|vous|l'expéditeur)
    (laisse|laissez|fichez|foutez|lâchez) (moi|nous) (.. )?(tranquille|en paix|la paix|la grappe|les baskets)
    (non sollicité\\w*|pourriels?|harcèlement|publicité non|démarchage (abusif|sauvage)|(c'est|est|du|vos|votre|quel|pur|ces) (.. )?spams?$|spammeu\\w*|arnaqueu\\w*|harceleu\\w*)
    (souhaite|souhaitons|veux|voulons|désire|désirons|tiens|désir|aimerais|voudrais|entends) (plus|pas) (.. )?(recevoir|reçu|être contact\\w*|sollicit\\w*|vos|de mails?|de courriels?|de messages?|entendre)
    (fous|foutez|cassez|casse) (le camp|moi le camp|toi|vous)
    (sortez|sors|sortir|enlevez|virez|vire|dégagez|dégage) (.. )?(liste|listing|truc|mailing|base|fichier)
    dernier avertissement
    # stop
    ^(donc |alors |svp |merci |bon |allez |et |non |mais )?(stop|stopp|stooop|stoop|opt out|unsubscribe|unsub|désinscription|désabonnement|basta|ouste|du balai)
    (réponds|répondre|répond|écris|écrire|dis|tape|envoie|demande|demandons) stop
    (stop|opt out|unsubscribe|désinscription) (aux?|à|les|la|pub|spam|mail\\w*|svp|merci|immédiat\\w*|maintenant|total|définitif|définitive|please)
    # away with me, with the address
    ${away} ${ours} (.. )?(de|des|du|adresse\\w*|mail\\w*|données|coordonnées|noms?|contacts?|${anyLists}|immédiatement|svp|stp|merci|sans délai|informations|courriels?|fiche|trace|toutes)
    ${away} (moi|nous|mon nom|mon adresse|mon mail|notre adresse|notre nom|notre société|nos coordonnées|mes coordonnées|mes données)
    (merci|prière|veuillez|bien vouloir|demande\\w*|souhait\\w*|voudr\\w*|aimer\\w*|voulez|pouvez|pourriez|peux|peut|pourrais|prie|exige\\w*|faut|gré|somme|mets en demeure|invite|faire|fais|faites|vais|tiens|ordonne) (.. )?(de )?(me|nous|m|l|le|la) ${away}
    ${away} (.. )?(de|hors de|à) (votre|vos|ta|tes|cette|ces|la|toutes vos|toute|toutes) (.. )?${anyLists}
    (retire|retirons|révoque|révoquons|refuse|refusons|annule|annulons) (.. )?(consentement|accord|autorisation|abonnement|inscription|contact par|prospection|démarchage|publicité|sollicitation\\w*)
    (disparaître|disparaisse|disparaître) (.. )?(de|d'|des) (votre|vos|tes)
    (destruction|suppression|effacement|retrait|radiation|désinscription) (.. )?(données|adresse|coordonnées|renseignements|informations|fichiers?|liste|immédiat\\w*|définiti\\w*)
    (décocher|résilier|annuler|résiliez|annulez) (.. )?(inscription|abonnement|newsletter|infolettre)
    (figur\\w*|apparaître|apparaisse|apparaissent|être|faire partie|fasse partie|restent?|rester) (.. )?(plus|pas|jamais) (.. )?${lists}
    (plus|pas|jamais) (.. )?(figurer|apparaître|faire partie|être inscrit\\w*|être (dans|sur)|rester) (.. )?${lists}
    (liste noire|liste rouge|liste d'opposition|liste robinson|blacklist\\w*|black list\\w*|blackliste\\w*)
    # no more mails
    (veu\\w*|voul\\w*|souhait\\w*|désir\\w*|accept\\w*|recevr\\w*|recevoir|reçoi\\w*|lir\\w*|tolèr\\w*|besoin|envie|attend\\w*|supporte\\w*) (.. )?(plus|pas|aucun\\w*) (.. )?(de |d'|aucune? |recevoir )(.. )?${mails}
    (plus|pas) (un seul|une seule|le moindre|un|aucune?|de|d'autres?|jamais|de vos|de ces|de tes|tous ces) (autres? |nouveaux? |nouvelles? |seule? |ce genre de |ces |vos )?${mails}
    (plus|pas) (.. )?entendre parler (de|d')
    (reçoi\\w*|recevr\\w*|recevoir) (.. )?(plus rien|plus aucun\\w*|plus jamais)
    (ne|n|pour) (rien|plus) (.. )?recevoir
    (reçoive|reçoivent|recevions) (.. )?plus
    (plus|pas|jamais) (de|d') (contacts?|prises? de contact|nouveau contact|démarch\\w*|messages?) (.. )?(svp|merci|de votre part|commercia\\w*|avec|$)
    plus de (contact|contacts) (.. )?(svp|merci|de votre part)
    (aucun|aucune|plus aucun|plus aucune|zéro) (.. )?(autre |nouveau |nouvelle |autres )?${mails} (.. )?(part|svp|merci|commercia\\w*|venant|désormais|à l'avenir)
    (votre|vos|ces|tes) (prochaine?s?|futurs?|dernière?s?) ${mails} (.. )?(poubelle|corbeille|indésirable|signal\\w*|spam\\w*|bloqu\\w*|filtr\\w*|supprim\\w*|directement|plainte)
    (poubelle|corbeille|indésirables?) (.. )?(directement|sans|vos|votre|${mails})
    # do not write
    (me|m|nous|l|lui|leur) (l |en |le |y )?${writes} (donc |svp |merci |stp )?(plus|jamais|pas(?! (.. )?(avant|d'ici|maintenant|tout de suite|cette)))
    (?<! (?:avons|avait|ai|a|ont|est|suis|sommes|avez|déjà) )(arrêt\\w*|cess\\w*|stopp\\w*|évit\\w*|abst\\w*|termin\\w*|fini|finissez|suspend\\w*|interromp\\w*) (.. )?(de |d')(me |m'|nous |l'|lui |vous )?(.. )?(${writes}|remplir|polluer|insister)
    (?<! (?:avons|avait|ai|a|ont|est|suis|sommes|avez|déjà) )(arrêt\\w*|cess\\w*|stopp\\w*|suspend\\w*|interromp\\w*|fini\\w*) (.. )?(tout |toute |tous |toutes |avec |vos |votre |ces |cet |cette |les |la |le |immédiatement |donc |définitivement )+(.. )?(${mails}|communication\\w*|contact|utiliser|cirque|matraquage|bombardement|acharnement|harcèlement)
    (plus|jamais) (m'|me |nous |l')${writes}
    (ne|n) (m'|me |nous |l'|les |lui )?(plus|jamais) (.. )?(utiliser|utilisez|employer|employez|écrire|contacter|solliciter)
    (ne plus|n'utilisez plus|n'employez plus|ne doit plus|ne doivent plus|ne devez plus) (.. )?(utiliser|utilisée?|employer|solliciter|sollicitée?s?|démarcher|importuner|contactée?s?|contacter|relancer|écrire|envoyer|cette adresse)
    ne pas (solliciter|démarcher|importuner|spammer|harceler)
    (ne pas|ne plus) (me|nous|m') ?(re)?(contacter|solliciter|écrire|démarcher|relancer|envoyer|importuner|déranger)
    (mettre|mettez|mets|met|mettons) (immédiatement |définitivement )?(fin|un terme) (.. )?(à|aux?) (.. )?(ces|vos|votre|cet|cette|ce|tes|nos|tout|toute|${mails})
    y mettre (.. )?(fin|terme|un terme)
    # leave me alone
    (laisse|laissez|fiche|fichez|fous|foutez|foutre|lâche|lâchez) (moi|nous|me) (.. )?(tranquilles?|paix|grappe|baskets|avec|un peu|la)
    (oubliez|oublie) (moi|nous|mon adresse|cette adresse|mon existence|notre)
    (allez|va|aller) (voir|embêter|spammer|démarcher) (.. )?(ailleurs|d'autres|quelqu'un)
    (marre|ras le bol|raz le bol|plein le dos|saturé\\w*|plein les|soûlé\\w*|saoulé\\w*|saoûle|gonfl\\w*|fatigu\\w*|commence à (bien )?(faire|suffire|m'|me)|y en a marre|overdose) (.. )?(de|vos|votre|ces|ce|avec|par) (.. )?(${mails}|harcèlement|insistance)
    (${mails}|insistance|méthodes?|procédés?|acharnement) (.. )?(insupportables?|harcel\\w*|harcèlement|intrusi\\w*|illéga\\w*|illicites?|non sollicit\\w*|indésirables?|ni sollicit\\w*|pas sollicit\\w*|importun\\w*|abusi\\w*|inadmissibles?|intolérables?|inacceptables?|pénibles?)
    # the law, the spam button
    (rgpd|rpgd|nlpd|lpd|gdpr|loi 25|loi canadienne) (.. )?(oppos\\w*|effac\\w*|supprim\\w*|retir\\w*|retrait|suppression|cess\\w*|plainte|articles?|consent\\w*|droits?|désinscri\\w*|illéga\\w*|infraction|interdi\\w*)
    (mise en demeure|met\\w* en demeure|poursuites|mon avocat|notre avocat|dépos\\w* plainte|porter\\w* plainte|plainte sera|plainte auprès|voies? de droit|action en justice|huissier)
    (signal\\w*|bloqu\\w*|dénonc\\w*|marqu\\w*|class\\w*|mets|mettrai|mettre|considér\\w*) (.. )?(comme|en|dans|aux|à la|au|directement) (.. )?(spams?|indésirables?|pourriels?|phishing|hameçonnage|corbeille|poubelle)
    (iront|ira|finira|finiront|partira|partiront|vont|va) (.. )?(corbeille|poubelle|aux indésirables|aux spams)
    (signaler|signalerai|signale|signalerons|bloquer|bloque|bloquerai|dénoncer|dénonce) (.. )?(fournisseur|hébergeur|adresse|domaine|expéditeur|mails|messages|vous)
    (je|nous|on|vais|allons) (vous|te|votre|l) (.. )?(bloque|bloquer|bloquons|blacklist\\w*|signale|signaler|signalons)
    (refus\\w*|interdi\\w*|oppos\\w*) (.. )?(toute?s?|votre|vos|ce|prospection|démarchage|publicité|sollicitation\\w*|utilis\\w*) (.. )?(prospection|démarchage|publicités?|sollicitations?|${mails}|communication|contact|données|adresse)
    (épargn\\w*|évit\\w*|dispens\\w*) (moi |nous |vous |vous de )?(.. )?(${mails}|campagnes?|m'écrire|nous écrire|la suite|prose)
    (perd(ez|s)|jet(ez|te)|oubli(ez|e)|brûl(ez|e)|déchir(ez|e)) (mon|notre|cette|mes|nos|ce) (adresse|mail|numéro|coordonnées|contact|nom|existence)
    (sommation|dernier avertissement|dernière (sommation|mise en garde|fois que|demande)|vous persistez|malgré (ma|mes|nos|notre) (demandes?|refus|messages?|désinscription|courriers?)|déjà (demandé|réclamé|exigé|dit) (.. )?(liste|arrêter|cesser|retir\\w*|supprim\\w*|désinscri\\w*|plus))
    lien de (désinscription|désabonnement) (.. )?(pas|plus|mort|cassé|inactif|fonctionne)
    (interdis|interdisons|défends|n'autorise|n'autorisons) (.. )?(utilis\\w*|conserv\\w*|contact\\w*|écri\\w*|envo\\w*|plus)
    (parmi|de) (vos|tes) (destinataires|contacts|cibles|prospects)
    (qu'on|que l'on|n'en) (n'en )?parl\\w* plus
  `,
  hint: `
    (spams?|courrier indésirable)
    (jamais|pas|aucun|sans) (.. )?(consenti|consentement|donné (mon|notre) accord|autorisé|inscrit\\w*|demandé (à|de) recevoir|sollicité|autorisation|abonné\\w*|mon accord)
    (marre|assez|ras le bol|croule) (.. )?(mails?|messages?|sollicitations?|relances?)
    (ça|ca) suffit
    (paix|tranquilles?|harcel\\w*|insist\\w*|acharn\\w*|désagréable|intrusi\\w*|désabo\\w*|ouste|dégage\\w*|corbeille|poubelle)
    (\\d+|deux|trois|quatre|cinq|six|sept|dix|énième|xième)(e|ème|ième)? (mails?|messages?|relances?|fois|courriels?) (.. )?(en|sans|depuis|que|!|déjà|jours|semaines?)
  `,
};

const leave = `
  (inutile|pas la peine|pas besoin) de me (laisser|mettre|garder)
  (me|moi) (.. )?(de la boucle|en copie|de la conversation|de l'échange)
`;

export const french: Language = {
  negation: `(ne|n|pas|plus|non|aucun|aucune|jamais|sans|rien|ni|nullement|guère|aucunement|personne)`,
  habit,
  unsubscribe,
  condition,
  leave,
  referral,
  wrong_person: wrongPerson,
  not_now: notNow,
  not_interested: notInterested,
  question,
  interested,
};
