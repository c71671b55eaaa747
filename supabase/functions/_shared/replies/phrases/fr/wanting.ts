// French: yes, and what has to be known first.
import type { PhraseText } from '../../phrases.ts';

const day =
  `(lundi|mardi|mercredi|jeudi|vendredi|samedi|demain|après demain|cette semaine|semaine prochaine|ce matin|cet après midi|cet aprem|ce soir|tantôt|(le )?\\d{1,2} ?(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre))`;
const meeting =
  `(rendez vous|rdv|rencard|appels?|call|calls|créneaux?|échanges?|visio|visios|visioconférence|zoom|teams|meet|démos?|démonstration|démo|réunion|entretien|entrevue|entrevu\\w*|rencontre|point|point téléphonique|visite|café|discussion|date|dates|moment|quart d'heure|quinze minutes|\\d+ ?min\\w*|demi heure|coup de fil|coup de téléphone|meeting|lunch|dîner|déjeuner|apéro)`;
const material =
  `(devis|offre|offres|proposition\\w*|documentation|doc|docs|plaquettes?|brochures?|catalogues?|échantillons?|dossier|infos?|informations?|renseignements?|présentation|fiche\\w*|exemples?|lien|détails?|cas client\\w*|étude de cas|références|vidéo|accès|essai|test|soumission|estimation|chiffrage|estimé|tarifs|contrat|pdf|maquette|simulation|démo|cotation|flyer|prospectus|support|deck|bon de commande|invitation|planning|conditions|argumentaire|éléments)`;

export const condition = `
  si (vous|tu)
  ^intéressé\\w* (par|pour)
`;

export const question: PhraseText = {
  sure: `
    (combien|quel|quelle|quels|quelles|comment|pourquoi|qu'est ce|qu'entendez|qu'appelez|d'où|à qui|chez qui|pour qui|qui est ce|qui êtes|qui vous|c'est quoi|c'est qui|en quoi|à quoi|de quoi|sur quoi|lequel|laquelle|où (est|sont|êtes|avez|se|en|puis)|qu'est ce qui|qu'en est|qui (paie|paye|garantit|assure|se charge|est derrière|gère chez|fournit))
    (est ce (que|qu'|bien|un|une|possible|compatible|vraiment|inclus|payant|gratuit)|y a t il|y a t|existe t il|faut il|peut on|puis je (savoir|connaître)|sont ils|est il|est elle|sont elles|peut il|a t il|avez vous|as tu|êtes vous|es tu|proposez vous|travaillez vous|faites vous|fais tu|livrez vous|acceptez vous|offrez vous|vendez vous|prenez vous|intervenez vous|disposez vous|utilisez vous|gérez vous|connaissez vous|garantissez vous|facturez vous|venez vous|fonctionne t|couvre t|vous (livrez|faites|prenez|travaillez|avez|vendez|proposez|êtes|gérez|acceptez|intervenez|facturez|garantissez) (.. )?)
    (pouvez vous|pourriez vous|peux tu|pourrais tu|vous pouvez) (.. )?(préciser|expliquer|détailler|clarifier|dire|confirmer|garantir|indiquer|éclairer|m'en dire|me dire|nous dire|aussi|livrer|intégrer)
    (tarif|tarifs|prix|coût|coûts|références|reference|délai|délais|durée|engagement|garantie|conditions|grille tarifaire|résiliation|compatib\\w*)
    (une|deux|trois|quelques|petite|petites|plusieurs|autre|des|mes|d'abord) (.. )?(question|questions|choses|points|précisions|interrogations)
    (question|questions|points|précisions|choses) (.. )?(avant|d'abord|préalable\\w*|à vous poser|me|à éclaircir|dans l'ombre|sur)
    (compris|comprends|saisi|saisis|vois|comprend|clair|saisi) (.. )?(pas|mal|bien|ce que|de quoi)
    (pas|rien) (.. )?(compris|comprends|saisi|clair)
    (curieux|curieuse|j'aimerais|je voudrais|voudrions|aimerions|souhaiterais|souhaite) (de )?(savoir|connaître|comprendre) (.. )?(comment|quel\\w*|si|ce que|combien|pourquoi|qui|vos)
    (avant|sans) (de|d'|toute|tout|ces|que) (.. )?(engager|aller plus loin|décider|éléments|rendez vous|réponses|échanger|donner|répondre)
    (robot|bot|vraie personne|vrai humain|humain|arnaque|chatgpt|ia|sérieux|automatique)
    # wh- questions
    (combien|quelle?s?|comment|pourquoi|qu'est ce|quoi (concrètement|exactement|au juste)|d'où|depuis quand|à partir de (combien|quel\\w*|quand)|quid|qui (êtes|es|vous|t'a|est ce|sont|paie|paye|garantit|assure|est derrière|se cache|fait|supporte|prend en charge)|que (se passe|devient|deviennent|comprend|vaut|valent|signifie|faut il|voulez|proposez|vendez|faites|deviendr\\w*|reste)|c'est (quoi|qui|pour quoi|combien|à dire)|c quoi|cest quoi|kezako|par rapport à (quoi|qui)|dans quel\\w*|sous quel\\w*|auprès de qui|laquelle|lequel|lesquel\\w*|où (est|sont|êtes|avez|se|en|puis|travaill\\w*|intervenez|livrez|héberg\\w*|exactement))
    # inversions and "est-ce que"
    (est ce|y a t|y a|existe t|faut|peut|puis je|sont|est|a|ont|doit|va|sera|serait|reste|fonctionne|marche|couvre|inclut|comprend|s'agit|permet|tient|prend|offre|avez|as|êtes|es|proposez|travaillez|faites|fais|livrez|acceptez|offrez|vendez|prenez|intervenez|disposez|utilisez|gérez|connaissez|garantissez|facturez|venez|passez|pouvez|pourriez|savez|sauriez|comptez|fournissez|assurez|installez|parlez|envoyez|traitez|stockez|hébergez|respectez|couvrez|dépannez|reprenez|posez|fabriquez|représentez|cherchez|appliquez|demandez|aidez) (t |l )?(il|elle|ils|elles|on|vous|tu|ce que|ce qu'|ce bien|ce un|ce une|ce possible|ce compatible|ce vraiment|ce payant|ce gratuit|ce le|ce la|ce à|ce avec|ce sans|ce aussi|ce réservé) (?!.*(envoyer|adresser|m'appeler|me rappeler|rencontrer|faire parvenir|présenter|faire un devis|nous recevoir|venir|passer (voir|au|à|chez)))
    ^(vous|tu|et|mais|ok mais|oui mais|donc|euh|bonjour vous|alors|ça|cela|c'est|ce|votre) (vous |tu |ça |c'est |ce |votre |cela )?(livrez|faites|fais|prenez|travaillez|avez|vendez|proposez|êtes|es|gérez|acceptez|intervenez|facturez|garantissez|marche|fonctionne|coûte|inclut|comprend|remplace|couvre|passe|intègre|tient|marchera|connaissez|venez|installez|fournissez|remboursez|utilisez|parlez|comptez) (?!pas|plus|bien|mal|suite|très|mon|du temps|perdre)
    (vous|tu) (êtes|es|seriez) (bien |vraiment |donc |pas )?(une? |de |des |du |sur |basé\\w* |situé\\w* |certifié\\w* |agréé\\w* |assuré\\w* |conforme\\w* |membre\\w* |franchisé\\w* |affilié\\w* |payé\\w* |combien|qui|où|quoi|humain|réel)
    # asking to explain
    (pouvez vous|pourriez vous|peux tu|pourrais tu|vous pouvez|tu peux|merci de|veuillez|prière de|bien vouloir|gré de|aimerais que vous|faudrait) (.. )?(me |m'|nous )?(préciser|expliquer|détailler|clarifier|confirmer|garantir|indiquer|éclairer|éclaircir|dire|répondre|rappeler (qui|ce|en|votre)|rassurer|justifier|prouver|développer|résumer|spécifier|traduire|reformuler|comparer)
    (me|m'|nous|l') ?(préciser|expliquer|éclairer|clarifier|éclaircir|rassurer|indiquer|confirmer|détailler|rafraîchir) (.. )?(sur|ce|si|quel\\w*|comment|combien|la|le|les|pourquoi|en quoi|votre|vos|mémoire)
    (expliquez|précisez|éclairez|détaillez|rappelez|confirmez|dites|explique|précise|dis) (moi|nous) (.. )?(quel\\w*|comment|combien|pourquoi|si|ce que|en quoi|d'abord|qui|où|votre rôle|la différence)
    (tarifs?|prix|coûts?|délais?|durée|engagement|garanties?|grille tarifaire|résiliation|compatib\\w*|frais|commission|abonnement|caution|préavis|sav|tva|hébergé\\w*|certifié\\w*|agrément|agréments|minimum de commande|rgpd|différence) (.. )?(quel\\w*|combien|svp|s'il vous plaît|est|sont|compris|inclus\\w*|par|pour|avec|y a|ou|mensuel\\w*|annuel\\w*|approximati\\w*|ordre|moyen|avant|chez vous)
    (ordre de (prix|grandeur)|fourchette|budget (à prévoir|faut il|approximatif)|c'est (payant|gratuit)|payant ou|gratuit ou|sans engagement|avec engagement|ça coûte|ca coute|cela coûte|coute combien|prix (svp|stp))
    (une|deux|trois|quatre|quelques|petite|petites|plusieurs|autre|seule|simple|mes|ma|d'abord|première) (.. )?(question|questions|interrogations?|précisions?|points? (à|d'interrogation|d'abord|obscur\\w*|restent))
    (question|questions|interrogations?|doute\\w*) (.. )?(avant|d'abord|préalable\\w*|à vous poser|à éclaircir|demeur\\w*|subsist\\w*|rest\\w*|toute bête|bête|quand même|tout de même|cependant|préliminaire\\w*)
    (compren\\w*|compri\\w*|saisi\\w*|vois|voit|voyons|clair\\w*|capt\\w*|pig\\w*|suis|certain\\w*|sûr\\w*|apparaît|évident) (.. )?(pas|mal|rien|guère|plus) (.. )?(ce que|ce qu|de quoi|quoi|comment|clair\\w*|si|tout|le rapport|le lien|la différence|le principe|votre (offre|rôle|métier|message)|où vous|bien|vendez|faites|proposez|qui|exactement|votre)
    (pas|rien|mal|plus) (.. )?(compri\\w*|compren\\w*|saisi\\w*|clair\\w*|pigé|capté|sûr\\w* (de|d')|certain\\w* (de|d'))
    (curieu\\w*|j'aimerais|j'aimerai|je voudrais|voudrions|aimerions|souhaiterais|souhaiterions|souhaite|souhaitons|désire|désirons|envie|besoin) (de |d'|bien |d'abord |avant tout |juste )*(savoir|connaître|comprendre|vérifier|m'assurer|nous assurer)
    (savoir|comprendre|vérifier|demande|demandais|ignore) (.. )?(si|comment|quel\\w*|combien|où|pourquoi|ce que|qui|en quoi|à quoi)
    (avant|sans) (de|d'|toute?|tout|ces|que|quoi que) (.. )?(engager|aller plus loin|décider|décision|éléments|réponses|donner|répondre|discussion|prononcer|avancer|poursuivre|envisager|signer|rencontrer|démarche)
    (comment|où|d'où|qui|par qui|par quel\\w*) (.. )?(obtenu|trouvé\\w*|eu|tenez|sort\\w*|provien\\w*|vien\\w*|donné|récupéré|déniché|connaissez|procuré) (.. )?(adresse|mail|coordonnées|contact|numéro|nom|courriel|moi|nous)?
    (on se connaît|se connaît on|nous connaissons nous|vous connais je|se connait|nous sommes nous (déjà )?(rencontrés|croisés|vus)|on s'est (déjà )?(vus?|croisés?|rencontrés?|parlé)|vous a donné)
    (robot|bot|vraie personne|vrai humain|humain|arnaque|chatgpt|ia|phishing|sérieux|attrape) (.. )?(ou|non|derrière|qui (m'|écrit|parle)|là)
    (être|parle|écrit) (.. )?(un robot|une vraie|une ia|un humain)
    (quel|quelle) (rapport|lien|différence|intérêt|garantie|est)
    (qu'entendez|qu'est ce que|qu'est ce qui|en quoi|à quoi)
    (sais|sait|savons|vois|comprends|devine) (.. )?(pas|mal) (.. )?(ce que (vous|tu)|qui (vous|tu)|de quoi|à quoi|où vous|pourquoi (vous|tu|je)|si (c'est|vous|ça|cela|le))
    (prête|prêter|porte) à confusion
    (quel|sur quel|quels|à quel|pour quel|de quel|selon quel) \\w+ (.. )?(fondez|basez|vous|tarif|titre|base|texte|raison)
    (combien|pourcents?|pourcentage|honoraires|à la page|au mois|par mois|à l'année) (.. )?(prenez|prends|facturez|demandez|coûte|c'est|sur|vous)
    (posez|sous traitez|remboursez|reprenez|garantissez|facturez|embauchez|mandaté\\w*|agréé\\w*|certifié\\w*|assuré\\w*|conforme\\w*) (vous |tu )?(.. )?(ou|si|aussi|par|pour)
  `,
};

export const interested: PhraseText = {
  sure: `
    ^(oui|ok|okay|d'accord|volontiers|parfait|avec plaisir|super|ça marche|bien sûr|pourquoi pas|oui volontiers|oui avec plaisir|oui merci|oui bien sûr|oui pourquoi pas|carrément|entendu|banco|allons y|allez|intéressé\\w*|intéressant|très bien|bonne idée|ça m'intéresse|cela m'intéresse|ça nous intéresse|cela nous intéresse|je suis intéressé\\w*|nous sommes intéressés|évidemment|absolument|tout à fait|certainement|je suis preneur\\w*|preneur\\w*|partant\\w*|ça roule|oui je veux bien|je veux bien|yes|ouais|go|allez y|dites moi tout|je vous écoute|je t'écoute|surtout pas|au contraire)( merci| volontiers| avec plaisir| pourquoi pas| svp| parfait| oui| tout à fait| merci beaucoup| bien sûr)*$
    ^(oui|ouais|ok|okay|d'accord|volontiers|parfait|super|carrément|absolument|entendu) (merci|avec|volontiers|bien|je|nous|c'est|pourquoi|tout|ça|envoyez|appelez|on|cela|pour|intéressé\\w*|vous|tu|envoie|appelle|mais|ce|parlons|le|mardi|lundi|mercredi|jeudi|vendredi|carrément|sûr)
    (très|plutôt|assez|bien|fort|vraiment|potentiellement|suis|sommes|serais|serions|serait|peut être|tout à fait|fortement|toujours|pourrais être) (\\w+ )?(intéressé\\w*|intéressant\\w*|curieux|curieuse|preneur\\w*|partant\\w*|ouvert\\w*|tenté\\w*|intrigué\\w*|emballé\\w*)
    (m'|m |nous |me |ça |cela |l'offre |sujet )(intéresse\\w*|interesse\\w*|intrigue|parle|tente|plaît|plait|plairait|interpelle|séduit|concerne directement)
    (m'a|nous a|ça a|semble|paraît|parait|l'air|c'est|est|me semble|me paraît|ce serait|serait|pourrait être|sujet est) (l'air |tout à fait |très |plutôt |vraiment |bien |assez |fort |justement |exactement )*(bien|intéressant\\w*|pertinent\\w*|prometteur\\w*|sympa|super|parfait|top|chouette|génial|alléchant\\w*|utile|attrayant\\w*|séduisant\\w*|exactement (ce|nous)|d'actualité|ce qu'il|pile|une bonne idée|tentant\\w*|pas mal|le bon moment)
    (je|nous|on|j'|j) ?(veux|voulons|souhaite\\w*|serais|serions|aimerais|aimerions|voudrais|voudrions|veut|peux|peut|pouvons|suis|sommes|aimerait|voudrait|apprécierais) (.. )?(en savoir|savoir plus|échanger|parler|discuter|essayer|tester|rencontrer|rendez vous|rdv|démo\\w*|preneur\\w*|recevoir|partant\\w*|ouvert\\w*|disponible\\w*|dispo|joignable|voir|fixer|convenir|un devis|découvrir|plus d'infos?|organiser|bien|visiter|vous recevoir|heureux|heureuse|ravi\\w*)
    (en savoir|m'en dire|nous en dire|dites m'en|dites nous en|dis m'en|plus d'|davantage d'|plus de|davantage de) ?(plus|davantage|infos?|informations?|détails|renseignements|précisions)
    (appelez|appelle|rappelez|rappelle|téléphonez|contactez|joignez|écrivez|recontactez|textez) (moi|nous|le|au|sur|directement|mon)( .. )?
    (envoyez|envoie|envoyer|adressez|adresse|faites|fais|transmettez|transmets|montrez|donnez|proposez|propose|préparez|établissez|communiquez|partagez|balance) (moi|nous|le|la|les|donc|toujours|votre|vos|un|une|ça|parvenir|plus)( .. )?
    (pouvez vous|pourriez vous|peux tu|pourrais tu|vous pouvez|tu peux|pouvez|merci de|voulez vous|veuillez|possible de|possible d'|serait il possible|pourrions nous|pouvons nous|peut on) (.. )?(envoyer|adresser|transmettre|appeler|rappeler|passer|proposer|montrer|rencontrer|venir|faire parvenir|fixer|organiser|présenter|échanger|planifier|convenir|chiffrer|établir|inviter|m'appeler|recevoir|communiquer|visiter|parler|voir|un devis|prévoir|faire une démo\\w*|faire un devis|caler)
    (lundi|mardi|mercredi|jeudi|vendredi|samedi|demain|semaine prochaine|cette semaine|après demain) (.. )?(me convient|convient|me va|nous va|va|dispo\\w*|possible|libre|h|heures|\\d+ ?h\\w*|je suis|après midi|matin|midi|parfait|ok|ça|nous convient|en fin|en début|à \\d+\\w*|vers|trouve|idéal|plutôt|ou|prochain)
    (disponible|dispo|libre|joignable|disponibles|présent\\w*|convient|convenir|possible|va|ouvert\\w*|passer|passez|passe|venez|viens|appel|voir|rencontrer|échanger|rendez vous|rdv|créneau|visio) (.. )?(lundi|mardi|mercredi|jeudi|vendredi|samedi|demain|cette semaine|semaine prochaine|la semaine|semaine|après \\d+|à partir|matin|après midi|quand|ce|toute la journée|mai|\\d+ ?h\\w*)
    (convenir|fixer|fixons|caler|calons|convenons|organiser|organisons|prévoir|planifier|planifions|prenons|prendre|prévoyons|bloquer|bloquons|réserver|proposer|proposez) (.. )?(rendez vous|rdv|appel|créneau\\w*|échange|visio|démo\\w*|date|réunion|entretien|moment|dates|rencontre|point|essai)
    (mon|ma|au|sur mon|le) (numéro|portable|mobile|agenda|calendrier|ligne directe|fixe|tel|téléphone|06|07|whatsapp)( .. )?
    (au|sur|joignable|numéro|portable|tel|appelez|rappelez) (.. )?<phone>
    (tombe|tombez|arrivez|arrive) (.. )?(bien|à pic|à point|au bon moment|pile|à point nommé)
    (bon moment|bonne idée|timing parfait|parfait timing|belle initiative)
    (me|nous) (convient|va|conviendrait|irait|arrange)( .. )?
    (exactement|justement|précisément|pile|tout juste) (.. )?(ce que|ce qu'|nous|notre|le problème|ça|mon|notre problème|cherch\\w*)
    (devis|démo|démonstration|essai|échantillon\\w*|plaquette|brochure|catalogue|documentation|proposition|présentation|rendez vous|visio) (.. )?(svp|s'il vous|volontiers|merci|pour|m'intéresse\\w*|gratuit|avec plaisir|détaillée?|serait|chiffrée?)
    (parlons|échangeons|discutons|voyons|rencontrons|appelons|parlons en|on en parle|on s'appelle|on se voit|on peut (s'appeler|se voir|en parler|échanger|essayer|regarder)|prenons)( .. )?
    (ok|d'accord|partant\\w*|prêt\\w*|chaud\\w*|motivé\\w*) (pour|à|si|de)( .. )?
    (?<! (?:se|s) )(passe|passez|venez|viens) (.. )?(au|à|me|nous|voir|quand|chez|boire|resto|bureau|magasin|atelier|ferme|boutique)
    (comment|où|quand) (.. )?(s'inscrire|commander|procéder|commencer|on fait|démarrer|vous rencontrer|réserver|signer)
    (plus de détails|plus d'infos?|de la documentation) (.. )?(svp|merci|s'il|volontiers)
    (racontez|dites|expliquez) (moi|nous|m'en|toujours)( .. )?
    (vos|quelles|quels) (disponibilités|dispos|créneaux)
    (hâte|curieux|curieuse) (.. )?(voir|en|découvrir|savoir|entendre)
    # yes
    ^(oui|ouais|ouaip|yep|yes|ok|okay|d'accord|volontiers|parfait|super|carrément|absolument|entendu|banco|top|nickel|génial|excellent|bingo|vendu|deal|go|let's go|avec joie|avec grand plaisir|avec plaisir|bien volontiers|pourquoi pas|chiche|partant\\w*|preneur|preneuse|adjugé|ça marche|ça roule|ça me va|ça nous va|tope là|cool|oui oui|bonne idée|excellente idée|tentant|alléchant|intrigant|enfin|ah|tiens|bon|bah|ben|eh bien|hé) (.. )?(oui|ok|volontiers|partant\\w*|preneur\\w*|ça tombe|ça m'|ça nous|on (peut|en|se)|intéress\\w*|curieu\\w*|dispo\\w*|envoyez|appelez|envoie|appelle|passe|passez|venez|viens|quand|je vous|je t'|pourquoi pas|parlons|calons|allons|faisons|rappelez|dites|fixons|voyons|go|on y va|bonne idée)
    ^(banco|chiche|vendu|bingo|deal|preneur|preneuse|partante?|partants|avec joie|bien volontiers|volontiers|carrément|adjugé|nickel|tope là|je prends|on prend|on y va|je signe|on signe|on tente|je tente|je veux bien|nous voulons bien|on veut bien|j'achète|je suis pour|on fonce|top|génial|avec grand plaisir)
    (je|j'|nous|on) (.. )?(veux bien|voulons bien|veut bien|suis pour|suis partant\\w*|sommes partant\\w*|suis preneu\\w*|sommes preneu\\w*|dis oui|disons oui|dit oui|suis d'accord|accepte|acceptons|accorde|accordons|valide|prends|tente|teste|essaie|fonce|craque|suis tout ouïe|suis chaud\\w*|suis dispo\\w*|serai (là|dispo\\w*|présent\\w*|sur place|à l'atelier|au bureau)|réponds (oui|favorablement)|suis à votre disposition|sommes à votre disposition|vous écoute|t'écoute|vous attends|t'attends|vous attend|vous reçois|vous recev\\w*|peux me libérer|me libère|bloque|réserve|note le rendez vous)
    (ils|elle|il|équipe|direction|associés?|conseil|comité|collègues) (.. )?(est|sont) (.. )?(partant\\w*|emballé\\w*|intéressé\\w*|d'accord|favorable\\w*|preneur\\w*|séduit\\w*|conquis\\w*|enthousiaste\\w*|pour)
    (très|plutôt|assez|bien|fort|vraiment|potentiellement|suis|sommes|serais|serions|serait|peut être|tout à fait|fortement|toujours|carrément|clairement|franchement|hyper|trop|grandement|vivement) (\\w+ )?(intéress\\w*|interess\\w*|curieux|curieuse|preneu\\w*|partant\\w*|ouvert\\w*|tenté\\w*|intrigué\\w*|emballé\\w*|séduit\\w*|enthousias\\w*|motivé\\w*|disposé\\w*|favorable\\w*|convaincu\\w*|conquis\\w*)
    (m'|m |nous |me |ça |cela |l'offre |sujet |idée |approche |proposition |projet |concept )(a |ont |avait |l'a )?(vraiment |bien |beaucoup |pas mal |énormément |fortement |directement |tout de suite |franchement |grandement )?(intéress\\w*|interess\\w*|intrigu\\w*|parl(e|ent|é)|tent(e|ent|é)|plaît|plait|plaisent|plu|plaira|interpell\\w*|séduit|séduisent|botte|branche|emball\\w*|chatouille|titille|convainc|convient (bien|tout)|enchant\\w*|arrange\\w*|matche)
    (retient|retenu|attiré|mérite|éveill\\w*|suscit\\w*|piqu\\w*) (.. )?(attention|intérêt|curiosité|regarde|discut\\w*|examin\\w*|étudi\\w*|creus\\w*|approfond\\w*|échange)
    (semble|paraît|parait|l'air|c'est|est|serait|pourrait être|sonne|trouve) (.. )?(intéressant\\w*|pertinent\\w*|prometteur\\w*|prometteus\\w*|sympa|top|chouette|génial\\w*|alléchant\\w*|attrayant\\w*|séduisant\\w*|tentant\\w*|pas mal|pas bête|pas idiot|pas con|astucieu\\w*|ingénieu\\w*|malin|utile pour|formidable|intrigant\\w*|excellent\\w*|exactement ce|précisément ce|pile (ce|poil)|une bonne idée|une excellente|une piste|le bon moment)
    (pas|jamais) (contre|opposé\\w*|fermé\\w*|insensible\\w*|mal du tout|bête|inintéressant)( .. )?
    (pas|ne) (dis|dirais|dirait|dit) pas non
    (justement|précisément|pile|tout juste|bien|à pic|à point|exactement|effectivement) (.. )?(on cherch\\w*|nous cherch\\w*|je cherch\\w*|en train de|on en parlait|nous en parlions|au moment|besoin|un projet|ce que (nous|je|l'on|on)|ce qu'il (me|nous)|cherchons|cherche|réfléchi\\w*|envisag\\w*|prévoyons|change|fournisseur|problème)
    (on|nous|je) (cherch\\w*|recherch\\w*|compar\\w*|envisag\\w*|prévoyons|réfléchi\\w*|étudi\\w*) (.. )?(justement|précisément|actuellement|en ce moment|depuis|activement|un|une|à changer|remplacer|des|quelqu'un)
    (tombe|tombez|tombes|arrivez|arrive|arrives|vient|venez) (.. )?(bien|à pic|à point|au bon moment|pile|à point nommé|à merveille|au poil|juste)
    # more, please
    (en savoir|m'en dire|nous en dire|dites m'en|dites nous en|dis m'en|dis nous en|en découvrir|en apprendre|creuser|approfondir|aller plus loin|pousser) ?(un peu |bien )?(plus|davantage|ensemble|le sujet|la question|cela|ça|la discussion)?
    (plus|davantage|complément|supplément) (d'|de|ample\\w*) ?(infos?|informations?|détails?|renseignements?|précisions?|explications)
    (envo\\w*|adress(ez|e|er)|faites|fais|faire|transmett\\w*|transmets|montr\\w*|donn(ez|e|er)|propos(ez|e|er)|prépar(ez|e|er)|établi\\w*|communiqu\\w*|partag(ez|e|er)|balanc\\w*|file|filez|fai[st]\\w* parvenir|chiffr(ez|er|e)|recevoir|reçois|recevrais|recevrons|obtenir|avoir|soumett\\w*|présent(ez|er|e)|joign\\w*|mett(ez|re)|lance|laisse|laissez|déposez|dépose|apport\\w*|prend\\w*|fournir|fournissez|consulter|regarder\\w*|lire|étudier\\w*) (moi |nous |me |m'|donc |toujours |svp |stp |lui |leur |y )*(.. )?(vos |votre |tes |ton |ta |un |une |des |la |le |les |quelques |plus |d')?(petit |petite |bon |première? |prochain |nouvelle? )?${material}
    ^(envoie|envoyez|appelle|appelez|rappelez|rappelle|passe|passez|venez|viens|montre|montrez|balance|balancez|file|propose|proposez|prépare|préparez|fais|faites|dites|dis|racontez|raconte|expliquez|venez|écrivez|textez|sonnez|chiffrez|mettez|montez|calons|fixons|parlons|voyons|prenons|convenons|organisons|planifions|allons|disons|commençons|essayons|testons|tentons) (moi|nous|toujours|donc|tout|m'|m|voir|à|au|me|le|la|les|un|une|ça|votre|vos|ta|ton|en|y|quand|quelque|sur|après|avant|lundi|mardi|mercredi|jeudi|vendredi|demain)( .. )?
    (un|une|des|votre|vos|le|la|quelques) ${material} (.. )?(svp|stp|s'il|volontiers|merci|m'intéress\\w*|nous intéress\\w*|gratuit\\w*|avec plaisir|serait|seraient|bienvenu\\w*|chiffrée?s?|détaillée?s?|suffi\\w*|pour (commencer|voir|qu|que|me faire|nous faire|\\d+)|écrite?|ferme)
    (volontiers|oui pour|ok pour|d'accord pour|preneu\\w* d\\w*|partant\\w* pour|intéressé\\w* par|curieu\\w* de|favorable à|ouvert\\w* à|prêt\\w* à|hâte de|ravi\\w* de|heureu\\w* de|disposé\\w* à|envie de|tenté\\w* par|impatient\\w* de|d'accord pour|disponible pour|dispo pour|chaud\\w* pour) (.. )?(${material}|${meeting}|voir|tester|essayer|rencontrer|échanger|discuter|découvrir|en parler|parler|entendre|lire|vous|étudier|recevoir|comparer|participer|essai|savoir|commencer|avancer|l'essai)
    (tester|essayer|testerais|essaierais|comparer|comparons|se faire une idée|me faire une idée|nous faire une idée|voir (ça|cela|ce que (ça|cela)|en vrai|en situation|sur place|de plus près|concrètement|comment ça))( .. )?
    # a meeting
    (fix(er|ons|ez|e)|cal(er|ons|ez|e)|conven(ir|ons|ez)|organis(er|ons|ez|e)|prévo(ir|yons|yez|is)|planifi(er|ons|ez|e)|prend(re|s)|pren(ons|ez)|bloqu(er|ons|ez|e)|réserv(er|ons|ez|e)|propos(er|ez|e|ons)|trouv(er|ons|ez|e)|accord(er|ez|e|ons)|mett(re|ons|ez)|arrang(er|eons|ez)|pos(er|ons|ez|e)|not(er|ons|ez|e)|book(er|ez|e|ons)|sched\\w*|se fait|se fasse|faire|faisons|confirm(er|ons|ez|e)|passez|passer|donn(er|ez|e|ons)|boire|prendrait|envoy(er|ez)|envoie) (.. )?(un |une |de |le |la |nos |vos |tes |des |d'un |d'une |quelques )?(petit |petite |bref |rapide |court |bon |deux |trois )?${meeting}
    (on|nous) (se |nous |s')?(voit|voir|parle|appelle|rappelle|capte|cale|rencontr\\w*|fait un|prend un|fixe|croise|organise|en parle|en discute|peut (se|s'|en|discuter|échanger|regarder|essayer|tester|voir|caler|fixer|organiser|prévoir)|pourrait (se|s'|en|discuter|échanger|caler)|échange|discute|teste|essaie|regarde (ça|cela|ensemble)|jase|va jaser|déjeune|dîne|prendra)( .. )?
    (je|j'|nous) (.. )?(recev\\w*|accueill\\w*|rencontr\\w*|reçois|invite|invitons|attend\\w*) (.. )?(avec plaisir|volontiers|${day}|à l'étude|au bureau|à l'atelier|chez|sur place|dans nos locaux|au magasin|vous)
    ${day} (.. )?(convien\\w*|me va|nous va|va bien|irait|iraient|dispo\\w*|possible|libre|ok|parfait|parfaite|idéal|plutôt|ou|prochain|je suis|à \\d+ ?h?\\w*|vers|\\d+ ?h\\w*|matin|après midi|aprem|midi|soir|en (fin|début)|trouve|ça|c'est bon|bon pour|chez vous|si (vous|possible|ça)|entre|avant|après \\d+|dès)
    (disponibles?|dispo|libres?|joignables?|présente?s?|convien\\w*|possible|passer|passez|passe|venez|viens|voir|rencontrer|échanger|appeler\\w*|appelez|rappelez|rappelle|appelle|plutôt|rendez vous|rdv|créneau|visio|call|parler) (.. )?(${day}|après \\d+|à partir|matin|après midi|aprem|toute la journée|\\d+ ?h\\w*|tous les (jours|soirs|matins)|en (fin|début) de (journée|matinée|semaine)|entre \\d+|quand (vous|tu|ça)|n'importe quand|en soirée|le (matin|soir|midi))
    (appel\\w*|rappel\\w*|téléphon\\w*|jo(indre|ignez|ins)|contact(ez|e|er)|écri(vez|s|re)|text(ez|e|er)|sonne[zr]?|coup de (fil|téléphone)|bip\\w*|whatsapp|sms) (moi |nous |me |m'|donc |plutôt |directement )*(.. )?(au|sur|<phone>|mon|demain|cet|ce|dans|vers|après|avant|quand|entre|à|lundi|mardi|mercredi|jeudi|vendredi|cell|cellulaire|portable|gsm|natel|mobile|fixe)
    (mon|ma|mes|notre|nos|voici|ci joint|ci dessous|au|sur) (mon |ma |mes |notre |nos |le )?(numéro|portable|mobile|agenda|calendrier|calendly|ligne directe|fixe|tel|tél|téléphone|gsm|natel|cell|cellulaire|whatsapp|disponibilités|dispos|coordonnées téléphoniques|assistante)( .. )?
    (vos|tes|quelles|quels|donnez|dites|proposez|indiquez) (.. )?(disponibilités|dispos|créneaux|horaires|dates (possibles|disponibles)|heures)
    (quand|à quelle heure|quel jour|où) (est ce que )?(pouvez|pourriez|pourrions|pouvons|peut on|peux tu|tu peux|passez|seriez|êtes vous (dispo|libre|dans)|on (se|commence|démarre|fait)|démarr\\w*|commen\\w*|s'inscri\\w*|commander|procéder|signer|venez|viens|vous passez|vous venez|tu passes|je signe|dois je)
    (pouvez vous|pourriez vous|peux tu|pourrais tu|vous pouvez|tu peux|pouvez|pourriez|merci de|voulez vous|veuillez|possible de|possible d'|pourrions nous|pouvons nous|peut on|pourrait on|libre à vous|n'hésitez pas à|auriez vous|aurais tu|seriez vous|auriez) (.. )?(envoyer|adresser|transmettre|appeler|rappeler|téléphoner|passer (me|nous|voir|au|à|chez|à l'|dans|quand|un coup)|passer ${day}|proposer|montrer|rencontrer|venir|faire parvenir|fixer|organiser|présenter|échanger|planifier|convenir|chiffrer|établir|inviter|recevoir|communiquer|visiter|en parler|un devis|prévoir|faire une démo\\w*|faire un devis|faire une offre|faire une proposition|caler|créneau|un moment|dispo\\w*|monter un dossier|soumettre|déposer|joindre|partager|donner accès|ouvrir un compte|inscrire|un exemple|une démo|des exemples|un échantillon|une plaquette|une brochure|de la documentation|un catalogue)
    # a step
    (prochaine étape|première étape|étape suivante|la suite des opérations|comment (fait on|on fait|procéd\\w*|s'inscri\\w*|commander|commencer|démarrer|on s'organise|s'y prend\\w*)|par où (on )?commenc\\w*|qu'est ce qu'il vous faut|que vous faut il|de quoi avez vous besoin)
    (inscri\\w*|comptez|ajoutez|mettez|notez) (moi|nous|sur nous|sur moi|avec nous|pour|une place|deux places|\\d+ (places|personnes))( .. )?
    (je|nous|on) (.. )?(présenter\\w*|soumettr\\w*|défendr\\w*|parler\\w*) (.. )?(au (conseil|comité|bureau|patron)|à (la|ma|mon|mes|notre|nos) (direction|associé\\w*|équipe|conseil|comité|patron))
    (racont\\w*|dites|expliqu\\w*|dis) (moi|nous|m'en|toujours|tout|voir)( .. )?
    (hâte|curieu\\w*|impatient\\w*) (.. )?(voir|en|découvrir|savoir (plus|comment)|entendre|lire|tester)
    (porte|portes|ligne|bureau|atelier|boutique) (.. )?(ouverte?s?|grande ouverte)
    (on|je|nous) (fait|fais|faisons|procède|procédons|s'y prend|commence|commençons) (comment|quand|par quoi|par où)
    (jeter|jette|jetez) (.. )?(œil|coup d'œil|oeil)
    (pourrait|pourraient|peut|peuvent) (.. )?(coller|convenir|répondre à (ce|notre|nos|mon|un)|nous (aider|servir|être utile)|m'(aider|être utile)|intéresser|le faire|tomber)
    (allez|hop|banco|vas y|allez y|envoyez|envoie|mettez|inscrivez) (.. )?(hop|on tente|on essaie|on y va|j'en prends|pour voir|les|un essai|le coup)
    (tente|essaie|essaye|fait) (le coup|un essai|un test|l'essai|l'expérience)
    (souhait\\w*|désir\\w*|aimer\\w*|voudr\\w*) (.. )?(entendre|auditionner|recevoir|rencontrer|assister|visiter|voir) (.. )?(présentation|projet|vous|proposition|démo\\w*|équipe|solution)
    (suis|serais|sommes) (down|chaud\\w*|motivé\\w*|joignable\\w*|game)
    (pourrait|peut|pouvez|pourriez|quelqu'un) (.. )?(venir|passer) (.. )?(voir|jeter|mesurer|sur place|estimer|faire)
    (besoin de quoi|il vous faut quoi|vous faut quoi|faut quoi) (.. )?(part|pour|de)?
  `,
  hint: `
    (intéressant\\w*|volontiers|plaisir|curieux|curieuse|sympa|pertinent\\w*|oui|d'accord|bienvenu\\w*|lundi|mardi|mercredi|jeudi|vendredi|demain|semaine prochaine|<phone>|rendez vous|rdv)
    (appelez|envoyez|passez|venez|montrez|proposez)
    (bravo|chapeau|bien vu|bien trouvé|top|génial|super|cool|excellent\\w*|formidable|merveilleu\\w*|enfin|partant\\w*|preneu\\w*|dispo\\w*|essay\\w*|teste\\w*|rencontr\\w*|discut\\w*|attends|ok|d'acc|devis|démo|visio|créneau|bonne idée|pourquoi pas)
  `,
};
