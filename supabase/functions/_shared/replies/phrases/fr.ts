// French, as in France, Belgium and Switzerland.
import type { Language } from '../language.ts';

export const french: Language = {
  negation: `(ne|n|pas|plus|non|aucun|aucune|jamais|sans|rien|ni|nullement|guère|aucunement|personne)`,
  habit:
    `(d'habitude|normalement|habituellement|en général|généralement|en principe|par principe|d'ordinaire|au départ|a priori)`,

  unsubscribe: {
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
      (plus|pas|aucun|aucune|jamais) (.. )?(recevoir|reçoive|être contacté\\w*|être sollicité\\w*|être démarché\\w*|être importuné\\w*|être relancé\\w*|mails de|messages? de votre|courriels? de|sollicitations?|publicités?|prospection|démarchage|relances?|d'envois?|de mails|de messages|de courriels|de spam|de pub|être dérangé\\w*)
      (plus|pas) (m'|me |nous )(.. )?(écrire|contacter|solliciter|envoyer|relancer|déranger|démarcher|importuner|recontacter|spammer)
      (arrête|arrêtez|arrêter|cessez|cesser|cesse|stoppez|stopper|stop|halte|mettre fin|mettez fin|abstenez|s'abstenir|vous abstenir) (.. )?(de|d'|vos|avec|ces|tous|toute|aux?|à|les|tes|cet|ce) (.. )?(m'écrire|nous|me|mails?|messages?|envois?|spam|spams|harcèlement|sollicitations?|prospection|relances?|démarchage|courriels?|envoyer|contacter|importuner|harceler|écrire|spammer|m'envoyer|pubs?)
      (arrêtez|cessez|arrête) (ça|cela|maintenant|svp|merci|immédiatement|tout)
      (rgpd|lpd|cnil|gdpr|lcen|droit à l'(oubli|effacement)|droit d'(opposition|accès|effacement)|autorité de protection|protection des données|données personnelles|données à caractère|bloctel|signal spam)
      (m'oppose|nous opposons|opposition) (.. )?(traitement|utilisation|prospection|démarchage)
      (jamais|pas|aucun|sans) (.. )?(consenti|consentement|donné (mon|notre) accord|autorisé|inscrit\\w*|demandé (à|de) recevoir|sollicité|autorisation|abonné\\w*|mon accord)
      (signale|signaler|signalé|signalerai|bloque|bloquer|bloqué|classe|classer|dénonce|dénoncer|marquer|marqué|porterai|porter plainte|mets|mis|considère) (.. )?(spam|spams|indésirable|indésirables|tout|plainte|expéditeur|vous|votre adresse|domaine|phishing|cnil|adresse)
      (laisse|laissez|fichez|foutez|lâchez) (moi|nous) (.. )?(tranquille|en paix|la paix|la grappe|les baskets)
      (spam|courrier indésirable|non sollicité\\w*|pourriel|harcèlement|publicité non|démarchage abusif|démarchage sauvage)
      (souhaite|souhaitons|veux|voulons|désire|désirons|tiens|désir|aimerais|voudrais|entends) (plus|pas) (.. )?(recevoir|reçu|être contact\\w*|sollicit\\w*|vos|de mails?|de courriels?|de messages?|entendre)
      (fous|foutez|cassez|casse) (le camp|moi le camp|toi|vous)
      (sortez|sors|sortir|enlevez|virez|vire|dégagez|dégage) (.. )?(liste|listing|truc|mailing|base|fichier)
      dernier avertissement
    `,
    hint: `
      (spam|spams)
      (marre|assez|ras le bol|croule) (.. )?(mails?|messages?|sollicitations?|relances?)
      (ça|ca) suffit
    `,
  },

  condition: `
    si (vous|tu)
    ^intéressé\\w* (par|pour)
  `,

  leave: `
    (inutile|pas la peine|pas besoin) de me (laisser|mettre|garder)
    (me|moi) (.. )?(de la boucle|en copie|de la conversation|de l'échange)
  `,

  referral: {
    sure: `
      (contacter|contactez|contacte|demander|demandez|demande|essayez|essaie|essayer|écrire|écrivez|écris|appeler|appelez|appelle|adresser|adressez|adresse|tourner|tournez|tourne|voir|voyez|vois|parler|parlez|parle|envoyer|envoyez|envoie|solliciter|sollicitez|joindre|joignez|rapprocher|rapprochez|prendre contact|prenez contact|passer|passez|transmettre|diriger|dirigez|consultez|interrogez|mieux|vous recommande|vous invite|faut|mettez|recontacter|orienter|proposez|revoir) (vous |toi |plutôt |directement |ça |cela |donc |le |la |votre \\w+ |ce |merci |désormais |avec |à |auprès |de |d'|du |vers |par |au |aux |chez |après |lui |leur )*(<name>|<mail>|(mr|m|mme|madame|monsieur|mlle|me|dr) <name>|(mr|mme|madame|monsieur|mlle) \\w+|(mon|ma|mes|notre|nos|le|la|les|son|sa|leur|l') ?(nouveau |nouvelle |futur |propre )?(\\w+ )?(collègues?|directeur|directrice|patron|patronne|responsable|service|associé\\w*|successeur\\w*|équipe|siège|mari|femme|frère|sœur|fils|fille|comptable|gérant\\w*|chef|cheffe|rh|drh|dsi|achats|direction|agence|secrétariat|propriétaire|syndic|mairie|holding|remplaçant\\w*|assistant\\w*|supérieur\\w*|conjoint\\w*|père|mère|neveu|cousin|beau frère|département|régisseur|intendant\\w*|bureau|personne|bailleur|franchiseur|marketing|acheteur|acheteuse|pôle|comité|maison mère|conseil)|service \\w+|aux achats|achats|rh|direction|siège)
      (transmis|transféré|fait suivre|fais suivre|faire suivre|fait passer|relayé|transmets|transfère|transmettons|transférons|fais passer|transmettre|transférer|réorienté|redirigé|forwardé) (.. )?(à|au|aux|votre|mail|message|demande|<name>|mon|ma|notre|en interne|qui|lui|la personne|collègue|le|l'info|cela|ça)
      (je|nous|on|j') ?(l'ai|le|la|l'|vous|avons|ai)? ?(transmets|transfère|fais suivre|fait suivre|transmis|transféré|faisons suivre|transmettons)
      (mon|ma|notre|le|la|un|une|l') ?(\\w+ )?(collègue|directeur|directrice|patron|patronne|responsable|associé\\w*|successeur\\w*|équipe|siège|mari|femme|frère|sœur|fils|fille|comptable|gérant\\w*|chef|service|neveu|régisseur|assistant\\w*|remplaçant\\w*|agence|<name>|beau frère|père|acheteur|acheteuse|rh|dsi|daf|drh|direction|syndic|propriétaire) (.. )?(s'occupe|s'en occupe|gère|gèrent|est en charge|est responsable|est chargé\\w*|est l'interlocut\\w*|décide|traite|a repris|reprend|pilote|qui gère|qui s'en|qui décide|qui s'occupe|supervise|est la bonne|est le bon|adore|saura|pourra|reprendra|est compétent\\w*|vous répondra|reviendra vers)
      (c'est|ce sont|c) (.. )?(qui (s'occupe|s'en occupe|gère|gere|décide|reprend|pilote|traite|s'en charge|est en charge|a repris|prend|choisit|achète|sont|signe|est responsable|gèrent|voit))
      (<name>|mme \\w+|madame \\w+|monsieur \\w+|mr \\w+) (.. )?(s'occupe|gère|est en charge|est responsable|décide|traite|a repris|reprend|pilote|s'en charge|me remplace|m'a remplacé\\w*|a pris|est chargé\\w*|est votre|est la bonne|est le bon)
      (bon|bonne|meilleur|meilleure|véritable|nouvel|nouvelle|seul|votre) (interlocuteur|interlocutrice|personne|contact|adresse|service) (.. )?(est|sera|serait|pour|c'est|à contacter)
      (relève|dépend|passe|passent|gérés?|géré|traité|traités|décidé|ressort|centralisé\\w*|se décide|du ressort|se fait|se gère) (.. )?(par|de|du|au niveau|avec|directement) (.. )?(siège|service|direction|rh|achats|<name>|mon|ma|notre|collègue|maison mère|groupe|centrale|mairie)
      (mon|ma) (successeur\\w*|remplaçant\\w*)
      passé (.. )?(votre (mail|message|demande)|l'info|le message) (à|au)
      (m'a|me|m) (succédé|remplacé|succède|remplace|remplacera|remplacée)
      (de ma part|venir de ma|en mon nom|vous recommander de moi|dites lui que|dis lui que)
      (mets|met|mis|mettons|ajoute|ajouté|place) (.. )?(en copie|dans la boucle|en cc|en relation|en contact)
      (son|sa|leur) (adresse|mail|numéro|courriel|ligne directe|poste) (est|:|\\w+@)
      (poste|ligne directe) \\d+
      (il|elle|qui) (vous recontactera|reviendra vers vous|prendra contact|vous rappellera|vous contactera|vous répondra)
    `,
    hint: `
      <mail>
      en (copie|cc)
      (vers|auprès|contactez|voyez|demandez) (.. )?<name>
    `,
  },

  wrong_person: {
    sure: `
      (décédé\\w*|mort|morte|disparu\\w*|feu mon|nous a quittés)
      n'(est|appartient) plus (à moi|à nous|le mien|la mienne|le nôtre|ma|mon)
      c'est (l'adresse|la boîte|le mail) (.. )?(association|club|particulier|famille|perso\\w*)
      (pas|plus) moi qui (.. )?(gère|m'en|décide|s'occupe|fais|m'occupe)
      (mauvais|mauvaise|mauvaises|fausse|faux) (personne|interlocut\\w*|adresse|destinataire|contact|société|entreprise|service|numéro|boîte|mail|porte|endroit|pioche|cible|monsieur|madame|<name>|établissement|ville|structure|email|correspondant\\w*|camping|client|département)
      (à|de|sur|vers|avec|au) (la |le |l'|une |un )?(mauvaise|mauvais|mauvais \\w+)$
      (erreur|confusion|méprise|malentendu|quiproquo|homonyme|homonymie|homonymes|par mégarde|même nom|nom similaire|même raison sociale|par erreur|vous trompez|trompé\\w*|te trompes|vous êtes trompé\\w*|faites erreur|fais erreur)( .. )?
      (confond\\w*|confusion|mélangez|prenez pour)
      (pas|plus|point|nullement) (du tout |vraiment |moi |être |la |le |l'|votre |le bon |un |une |à )*(bon interlocut\\w*|bonne personne|bonne interlocut\\w*|bonne adresse|bon contact|bon service|bon destinataire|interlocut\\w*|personne (qu'il|concernée|à contacter|compétente|en charge|indiquée)|décisionnaire|décideur|décideuse|destinataire|concerné\\w*|en charge|chargé\\w*|responsable|compétent\\w*|habilité\\w*|concernés|bonne porte|bon numéro|mon domaine|mon rayon|mon service|mon métier|de mon ressort|mon ressort|ma partie|mes fonctions|mes attributions|impliqué\\w*|bonne société|bonne entreprise|bon endroit|moi qui|dans mes|notre secteur|mon boulot)
      (ne|n|ca|cela|ça) (me|m|nous) (concerne|regarde|concernent|concerne absolument) (.. )?(pas|en rien|plus|aucunement|nullement)
      (ne|n'|n) ?(m'|m |me |s'|s |nous )?(en )?(occupe|occupons|gère|gérons|décide|décidons|traite|achète) (.. )?(pas|plus|rien|que|aucun\\w*)
      (rien|plus rien|pas|aucun|aucune) (.. )?(à voir|voir avec|lien avec|lien|rapport avec|pouvoir|pouvoir de décision|mot à dire|compétence|responsabilité|fonction|influence|à dire)
      (rien|aucun) (.. )?(à voir avec|lien|rapport)
      (plus|jamais) (.. )?(travaill\\w*|partie de|salarié\\w*|en poste|en activité|dans (cette|la|l'|l) ?(société|entreprise|boîte|structure|association|groupe|hôtel|boite)|employé\\w*|là|chez \\w+|dans l'entreprise|gérant\\w*|en fonction|propriétaire|dirigeant\\w*|d'activité|aux commandes|membre|le droit|actif|active)
      (ne|n) (travaille|bosse|suis|fais|exerce|occupe) (.. )?plus
      (retraité|retraitée|à la retraite|en retraite|de ma retraite|ma retraite|en préretraite|pensionné\\w*|retraite|pris ma retraite)
      (quitté|quittée|démissionné|parti|partie|viré|licencié\\w*|quitte) (.. )?(société|entreprise|groupe|poste|boîte|établissement|fonctions|métier|<name>|la|le|l'|de l'|depuis|en \\d+|région|secteur|maison)
      (vendu|vendue|fermé|fermée|cédé|cédée|liquidé\\w*|cessé|dissous|dissoute|arrêté|mis la clé|en liquidation|liquidation|revendu|revendue|transmis|remis) (.. )?(société|entreprise|commerce|restaurant|affaire|boutique|hôtel|café|magasin|fonds|activité|établissement|salon|garage|camping|boîte|ferme|cabinet|il y a|y a|depuis|en \\d+|le|la|l'|mon|ma|notre|l'an|définitivement|les|judiciaire|porte|l'affaire|tout)
      (société|entreprise|commerce|restaurant|affaire|boutique|hôtel|café|magasin|activité|établissement|salon|garage|camping|cabinet) (.. )?(n'existe plus|fermé\\w*|vendu\\w*|cédé\\w*|cessé|liquidé\\w*|dissout\\w*|en liquidation|radié\\w*|repris\\w*|n existe plus)
      (n'existe plus|faillite|dépôt de bilan|cessation d'activité)
      (n'ai|n'avons|n'a|ai|avons|j'ai|n'ai jamais|possède|ne possède|n'avais|gère) (.. )?(pas|aucun|aucune|jamais eu|plus|jamais) (.. )?(d'|de )?(camping|entreprise|société|restaurant|hôtel|commerce|boutique|magasin|salarié\\w*|employé\\w*|gîte|bureau|bureaux|flotte|entrepôt|cabinet|locataires|patients|élèves|activité|site|clinique|usine|local|locaux|garage|salon|salle|logement|véhicule\\w*)
      (je|moi je|j|on|moi|ici) (ne )?(suis|suis que|sui|chui) (.. )?(juste|que|seulement|simplement|simple|seulement le|qu'un|qu'une)( .. )?
      (juste|simple|simplement|seulement|qu'un|qu'une|que le|que la) (le |la |un |une |l')?(gardien\\w*|stagiaire|apprenti\\w*|étudiant\\w*|chauffeur|livreur|secrétaire|bénévole|employé\\w*|salarié\\w*|concierge|intérimaire|serveur|serveuse|cuisinier|locataire|particulier|client\\w*|alternant\\w*|assistant\\w*|standardiste|vendeur|vendeuse|ouvrier|femme de ménage|agent)
      (suis|suis un|suis une|sommes) (.. )?(stagiaire|apprenti\\w*|étudiant\\w*|particulier|alternant\\w*|bénévole|intérimaire|retraité\\w*|lycéen\\w*|chauffeur|gardien\\w*|simple employé\\w*|locataire|enseignant\\w*|infirmi\\w*)
      (vous|tu) (cherchez|cherches|vouliez|voulez|pensez|devez|visez|parlez) (.. )?(sans doute|sûrement|probablement|peut être|plutôt|certainement|confondre|faire erreur|quelqu'un|un autre|une autre|la|le|l'autre|à la|au)
      (autre|une autre|un autre|l'autre) (société|entreprise|personne|<name>|établissement|martin|homonyme|camping|ville|structure|clinique)
      (adresse|boîte|messagerie|mail|compte|numéro) (est )?(personnelle|privée|perso|privé|personnel)
      (personne|aucun\\w*|nul) (.. )?(de ce nom|porte ce nom|à ce nom|du nom de|s'appelle|nommé\\w*)
      (connais|connait|connaissons|avons|y a) (.. )?(pas|personne|aucun\\w*) (.. )?(ce nom|cette personne|ce monsieur|cette société|nom)
      (nous|on|je) (ne )?(déménage\\w*|recrut\\w*|rénov\\w*|construi\\w*|ouvr\\w*) (.. )?(pas|plus|rien)
      (sommes|suis|est|ici) (.. )?(pas|plus) (un|une|le|la|l'|des|du tout|de) (.. )?(hôtel|restaurant|école|clinique|société|entreprise|agence|commerce|camping|propriétaire|mairie|cabinet|bailleur|promoteur|gérant\\w*|décideur|magasin|employeur|association|professionnel)
      (sais|sait) pas (.. )?qui
      (changé|change) (de|d') ?(métier|poste|société|entreprise|employeur|boîte|travail|orientation|fonction|service)
    `,
    hint: `
      (nous sommes|je suis|on est|c'est|ici c'est|chez nous c'est) (un|une|le|la|l'|des|de) .*
      (pas|plus) (moi|nous)$
    `,
  },

  not_now: {
    sure: `
      (laisse\\w*|attend\\w*) (.. )?passer (l'été|l'hiver|les fêtes|les vacances|la saison|le|la|les)
      (conseil|comité|direction|bureau|commission|assemblée) (.. )?(réunit|décide|tranche|siège|statue) (.. )?(en|qu'en|au|le|prochain\\w*|que)
      (pas|plus|non|impossible|difficile|compliqué|rien|aucun|aucune|mauvais) (.. )?(maintenant|pour l'instant|pour le moment|en ce moment|actuellement|à l'heure actuelle|cette année|ce trimestre|à ce stade|dans l'immédiat|tout de suite|aujourd'hui|pour l'heure|ces temps ci|ce mois ci|à ce jour|avant|d'ici|tant que|cette saison|présentement|de suite|immédiatement|en 20\\d\\d)( .. )?
      (pour l'instant|pour le moment|en ce moment|actuellement|à l'heure actuelle|cette année|ce trimestre|à ce stade|dans l'immédiat|aujourd'hui|pour l'heure|ces temps ci|ce mois ci|maintenant|à ce jour|momentanément|présentement) (.. )?(pas|plus|non|complet|complète|débordé\\w*|rien|aucun\\w*|impossible|difficile|trop|charrette|surchargé\\w*|en pleine?|occupé\\w*|pris|gelé\\w*|bloqué\\w*|compliqué|sous l'eau|autres priorités|saturé\\w*|inventaire|plein|déménage\\w*|mauvais)
      (moment|période|timing|calendrier|tempo|instant|date) (.. )?(mal choisi\\w*|pas (le |la )?(bon|bonne|idéal\\w*|opportun\\w*|propice|top|le bon|terrible|approprié\\w*)|mauvais\\w*|complet|chargé\\w*|inopportun\\w*|délicat\\w*|peu propice|défavorable|serré|tombe mal)
      (pas|mauvais|mauvaise|n'est pas) (le |la |un |du tout |vraiment |très )*(bon |bonne )?(moment|période|timing)
      (tombe|tombez|tombes|arrive|arrivez) (.. )?(mal|trop tôt|au mauvais|à un mauvais)
      (recontacter|recontactez|recontacte|revenir|revenez|reviens|rappeler|rappelez|rappelle|relancer|relancez|relance|réécrire|réécrivez|réécris|reprendre|reprenez|reparler|reparlons|reparle|revoir|revoyons|recontactons|écrire|écrivez|écris|contacter|contactez|contacte|retenter|retentez|réessayer|réessayez|essayez|refaire|faire le point|ferons le point|referons|referons le point|repasser|repassez|repasse|rediscuter|rediscutons|renvoyer|renvoyez|renvoie|attendre|reporter|reportons|repousser|remettre|remettons|décaler|relancez|échanger|étudier|voir|verra|verrons|discuter|en parler|parlerons|reconsidérer|planifier|regarder|recontacterai|recontacterons|revoyez|solliciter) (.. )?(en|dans|après|à la|à partir|début|fin|mi|au|vers|courant|d'ici|l'année|l'an|le mois|la semaine|plus tard|pour|passé|quand|lorsque|une fois|dès|aux|à|prochain\\w*|mois|semaines|ultérieurement|à ce moment|ensuite) ?(de |le |la |l'|les |du |des |d'|mes |nos |cette |ces |mi |début |fin |milieu |notre |cours |quelques |un |une |deux |trois |quatre |six |huit |\\d+ )*(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|printemps|été|automne|hiver|année|an|trimestre|premier|deuxième|troisième|quatrième|semestre|mois|semaines?|jours|rentrée|vacances|fêtes|noël|pâques|saison|prochaine?|t[1-4]|q[1-4]|travaux|déménagement|inventaire|clôture|soldes|janv|sept|oct|nov|déc|fév|tard|ultérieurement|moment là|ce sera|serons|aura|après|bilan|récoltes?|vendanges|examens|là|nouvelle|nouvel|quand|audit|budget|contrat|échéance|été|ramadan|exercice|période|nous|on|ensuite)
      (revenez|recontactez|rappelez|relancez|réécrivez|contactez|écrivez|revoyons|reparlons|reviens|rappelle|recontacte|relance|repassez) (.. )?(après|plus tard|ultérieurement|à ce moment|ensuite|une autre fois|quand|lorsque|à l'occasion|en temps voulu|dans)
      (une autre fois|plus tard|ultérieurement|à l'occasion|un autre jour|ce sera pour|prochaine fois|l'année prochaine|l'an prochain|à la rentrée|dans quelque temps|dans un second temps|par la suite|un de ces jours) (.. )?(peut être|éventuellement|pourquoi pas|volontiers|avec plaisir|sans doute|merci|si|quand|nous|on|je|alors|svp)
      (peut être|éventuellement|pourquoi pas|on verra|à voir|à revoir) (.. )?(plus tard|une autre fois|l'année prochaine|l'an prochain|quand|lorsque|dans (quelques|un|une|deux|trois|six)|après|à la rentrée|en (janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)|un jour|au (printemps|trimestre|prochain)|ultérieurement|prochain\\w*|à l'avenir|d'ici)
      (contrat|engagé\\w*|engagement|prestataire|fournisseur|abonnement|bail|lié\\w*|liés|sous contrat|marché|licence) (.. )?(jusqu\\w*|court|expire|échéance|se termine|prend fin|arrive à|encore|reconduit|terme|à renouveler|fin \\w+)
      (jusqu'à|jusqu'en|jusqu'au|jusqu) (.. )?(engagé\\w*|contrat|échéance|fin|renouvellement)
      (débordé\\w*|sous l'eau|tête sous l'eau|la tête dans le guidon|surchargé\\w*|overbooké\\w*|surbooké\\w*|charrette|pas une minute|une minute|plein rush|plein\\w* (saison|clôture|déménagement|travaux|période|inventaire|activité|restructuration|réorganisation|migration|recrutement)|haute saison|coup de feu|en travaux|en inventaire|pas le temps|pas de temps|manque de temps|manquons de temps|trop de travail|trop occupé\\w*|très occupé\\w*|trop tôt|prématuré|les soldes|au four et au moulin|période chargée|carnet (de commandes )?plein|agenda (est )?(plein|complet|chargé|surchargé)|planning (est )?(plein|complet|chargé)|calendrier (est )?complet)
      (budget|budgets|embauches|investissements|recrutements|dépenses) (.. )?(gelé\\w*|bouclé\\w*|clos|clôturé\\w*|voté\\w*|épuisé\\w*|déjà|prochain\\w*|consommé\\w*|bloqué\\w*|reporté\\w*|arrêté\\w*|cette année|pour 20\\d\\d|rouvre\\w*|janvier|en cours|alloué\\w*|limité\\w*|ne permet)
      (en attente|en pause|en suspens|mettre de côté|mis de côté|met de côté|reporté|reportons|repoussé|en stand by|au frigo|remis à plus tard|ajourné\\w*|différé\\w*|stand by)
      (gard\\w*|conserv\\w*|not\\w*|mets|mettons) (.. )?(coordonnées|votre contact|sous le coude|de côté|en mémoire|pour plus tard|en tête|votre mail|votre proposition|précieusement)
      (reviendr\\w*|recontacter\\w*|ferons signe|ferai signe|tiendrai informé\\w*|reprendr\\w*|manquerons pas|solliciter\\w*) (.. )?(vers vous|contact|quand|si|lorsque|besoin|dès|le moment|à vous|plus tard|ultérieurement)
      (quand|lorsque|une fois|dès que) (.. )?(finie?|terminée?|terminé\\w*|passée?|fini\\w*|achevé\\w*|calme|ouvert\\w*|prêt\\w*|livrée?|emménag\\w*|plus calme|installé\\w*|signé\\w*|sorti\\w*|aura|serons|sera)
      (dans|d'ici|sous) (un|une|deux|trois|quatre|cinq|six|huit|dix|douze|quelques|\\d+|environ) (mois|semaines|semaine|ans?|trimestres?|jours|petits? mois|bons? mois)
      (pas|rien|plus) (.. )?(avant) .*
      (encore|un peu|bien|beaucoup) trop tôt
      (début|mi|fin|courant|à partir de|dès) (janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|20\\d\\d) (.. )?(relancez|recontactez|revenez|rappelez|svp|merci|nous|on|plutôt|serait|sera|idéalement)
      (n'est|est|c'est) pas (.. )?(à l'ordre du jour|d'actualité|une priorité|notre priorité|prioritaire|la priorité)( .. )?
    `,
    hint: `
      (pour l'instant|pour le moment|en ce moment|actuellement|plus tard|cette année|une autre fois|ultérieurement|l'année prochaine|à ce stade|dans l'immédiat|pas tout de suite)
    `,
  },

  not_interested: {
    sure: `
      (débrouill\\w*|fonctionn\\w*|contente|contentons) (.. )?(bien|comme|sans|ainsi|seuls?)
      (sommes|suis|est) (.. )?(très |bien |parfaitement |suffisamment )(équipé\\w*|pourvu\\w*|accompagné\\w*|servi\\w*|entouré\\w*|organisé\\w*|outillé\\w*)
      (vois|voyons|comprends) (.. )?pas (.. )?(l'intérêt|ce que|l'utilité|en quoi|à quoi)
      ^(non|nan|nope|no|non merci|merci non|pas intéressé\\w*|sans intérêt|aucun intérêt|pas besoin|sans façon|sans suite|sans façons|merci mais non|pas pour nous|pas pour moi|ça ira|ça ira merci|non désolé\\w*|désolé\\w* non|laissez tomber|laisse tomber|négatif|je passe|on passe|nous passons|passe|donc non|pas du tout|aucun besoin|c'est non|ce sera non|no thanks|sûrement pas|certainement pas|non pas intéressé\\w*)( merci| désolé\\w*| cordialement| bonne journée| pour nous| pour moi| svp| beaucoup| à vous| bien)*$
      ^(non|nan|nope) (merci|pas|désolé\\w*|nous|on|c'est|je|ça|mais|vraiment|sans|rien|malheureusement|il|cela|franchement)
      (merci|désolé\\w*|malheureusement|remercie\\w*) (.. )?(mais non|non merci|sans façon|ça ira|pas intéressé\\w*|pas besoin|pas pour nous|ce ne sera pas|nous passons|pas suite|déclin\\w*)
      (pas|plus|aucunement|nullement|guère|point|peu|jamais) (.. )?(intéressé\\w*|interessé\\w*|intéresse|intéressent|intéressant\\w*|besoin|pertinent\\w*|utile|utiles|nécessaire|pour nous|pour moi|convaincu\\w*|adapté\\w*|dans nos|d'intérêt|preneur\\w*|notre truc|ma tasse|à la recherche|donner suite|suite|y donner suite|une priorité|notre besoin|nos besoins|l'utilité|concluant|convainc\\w*|correspond|convient|l'usage|vocation|envie|le sujet|chez nous|faire pour nous|de projet|l'intention|notre profil|notre politique|trop le sujet|prévu|envisag\\w*|souhait\\w*|voulons|changer|demandeur\\w*)
      (aucun|aucune|sans|nul|zéro|pas le moindre|peu d'|pas d'|pas de|plus de) (.. )?(intérêt|besoin|besoins|suite|utilité|projet|envie|usage|valeur ajoutée|plus value|interet|budget|nécessité|raison|demande|intention|façon)
      (ne|n) (souhait\\w*|désir\\w*|veu\\w*|voul\\w*|compt\\w*|envisage\\w*|recherch\\w*|cherch\\w*|prévoi\\w*|pens\\w*|voi\\w*|utilis\\w*|travaill\\w*|fais\\w*|achèt\\w*|achet\\w*|change\\w*|donn\\w*|crois|croyons|retien\\w*|somm\\w*|suis|sera\\w*|entend\\w*|fait|va|va pas|peut|pouvons|prend\\w*|rentre\\w*|entre\\w*|correspond\\w*|convien\\w*|intéress\\w*|allons|vais|apporte\\w*|cadre|colle) (.. )?(pas|plus|aucun\\w*|rien|point|jamais)( .. )?
      (n'|n |ne |ça |cela )(.. )?(nous|m'|me|m) (.. )?(intéresse\\w*|correspond\\w*|convient|parle|convainc|tente) (.. )?(pas|plus|guère)
      (donner|donnerons|donnons|donnerai|donne) (.. )?(pas|aucune) suite
      (avons|ai|on a|travaillons|travaille|sommes|faisons|utilisons|disposons|est|suis|collaborons|passons|venons de|a) (.. )?(déjà|deja) (.. )?(un|une|notre|nos|ce|équipé\\w*|accompagné\\w*|pourvu\\w*|fourni\\w*|en place|quelqu'un|avec|suivi\\w*|client\\w*|satisfait\\w*|outillé\\w*|cela|ça|tout|choisi|signé|prestataire\\w*|fournisseur\\w*|bien|doté\\w*|servi\\w*|entouré\\w*|mon|ma|mes|des|interne|le nécessaire)
      (déjà|deja) (un|une|équipé\\w*|accompagné\\w*|fourni\\w*|pourvu\\w*|en place|notre|nos|quelqu'un|ce qu'il|bien|doté\\w*|servi\\w*|satisfait\\w*|tout|nos habitudes|mon|suivi\\w*|le nécessaire|client\\w*|entouré\\w*|outillé\\w*)
      (satisfait\\w*|content\\w*|contents|heureux|ravi\\w*) (de|d'|du|des|par|avec) (.. )?(notre|nos|mon|ma|actuel\\w*|fournisseur|prestataire|solution|agence|ce que|partenaire|outil|système|service|comme)
      (faisons|fait|gérons|gère|faites|traitons|produisons|réalisons|fais|internalis\\w*) (.. )?(en interne|nous mêmes?|soi même|seuls?|seul|tout seul|moi même|maison|internement|déjà|nous)
      (en interne|nous mêmes|équipe interne|ressources internes|internalisé\\w*)
      (décline\\w*|déclin\\w*|refuse\\w*|refus|renonçons|renonce|passe mon tour|passons notre tour|passer notre tour|passer mon tour|abstiens|abstenons|réponse négative|réponse est non|fin de non recevoir|me permets de refuser)
      (trop (cher|chère|onéreux|coûteux|loin|petit\\w*|éloigné\\w*|élevé\\w*)|hors budget|hors de prix|hors de notre budget|au dessus de nos moyens|pas les moyens|pas d'argent)
      (choisi|choix|opté|retenu|préféré|décidé|signé|équiper|opter|confié|porté) (.. )?(autre|concurrent\\w*|confrère|ne pas|différent\\w*|ailleurs|quelqu'un d'autre|pas poursuivre|rester)
      (un|une|avec un) (autre|concurrent) (fournisseur|prestataire|partenaire|solution|agence|offre|acteur|outil)
      (restons|rester|reste) (.. )?(comme|fidèle\\w*|avec notre|avec nos|ainsi|là|sur)
      (bonne chance|bon courage|bonne continuation|bonne prospection|bon vent)
      (laisse|laissez) (tomber|béton|moi tranquille)
      (perte|perdre|perdez|perdre votre|gaspill\\w*) (.. )?temps
      (inutile|pas la peine|ce n'est pas la peine) (.. )?(insister|relancer|me relancer|de nous|d'insister|rappeler|de me|de revenir)
      (assez|suffisamment) (de|d') .*
      (se passer|passerons|passer) (.. )?(de vos services|de vous)
      (sans|pas) façons?
    `,
    hint: `
      (non|pas|ne|plus|jamais|rien|aucun|aucune)
      (malheureusement|hélas|mdr|lol|désolé\\w*|satisfait\\w*|déjà)
    `,
  },

  question: {
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
    `,
  },

  interested: {
    sure: `
      ^(oui|ok|okay|d'accord|volontiers|parfait|avec plaisir|super|ça marche|bien sûr|pourquoi pas|oui volontiers|oui avec plaisir|oui merci|oui bien sûr|oui pourquoi pas|carrément|entendu|banco|allons y|allez|intéressé\\w*|intéressant|très bien|bonne idée|ça m'intéresse|cela m'intéresse|ça nous intéresse|cela nous intéresse|je suis intéressé\\w*|nous sommes intéressés|évidemment|absolument|tout à fait|certainement|je suis preneur\\w*|preneur\\w*|partant\\w*|ça roule|oui je veux bien|je veux bien|yes|ouais|go|allez y|dites moi tout|je vous écoute|je t'écoute|surtout pas|au contraire)( merci| volontiers| avec plaisir| pourquoi pas| svp| parfait| oui| tout à fait| merci beaucoup| bien sûr)*$
      ^(oui|ouais|ok|okay|d'accord|volontiers|parfait|super|carrément|absolument|entendu) (merci|avec|volontiers|bien|je|nous|c'est|pourquoi|tout|ça|envoyez|appelez|on|cela|pour|intéressé\\w*|vous|tu|envoie|appelle|mais|ce|parlons|le|mardi|lundi|mercredi|jeudi|vendredi|carrément|sûr)
      (très|plutôt|assez|bien|fort|vraiment|potentiellement|suis|sommes|serais|serions|serait|peut être|tout à fait|fortement|toujours|pourrais être) (\\w+ )?(intéressé\\w*|intéressant\\w*|curieux|curieuse|preneur\\w*|partant\\w*|ouvert\\w*|tenté\\w*|intrigué\\w*|emballé\\w*)
      (m'|m |nous |me |ça |cela |l'offre |sujet )(intéresse\\w*|interesse\\w*|intrigue|parle|tente|plaît|plait|plairait|interpelle|séduit|concerne directement)
      (m'a|nous a|ça a|a|semble|paraît|parait|l'air|c'est|est|me semble|me paraît|ce serait|serait|pourrait être|sujet est) (l'air |tout à fait |très |plutôt |vraiment |bien |assez |fort |justement |exactement )*(bien|intéressant\\w*|pertinent\\w*|prometteur\\w*|sympa|super|parfait|top|chouette|génial|alléchant\\w*|utile|attrayant\\w*|séduisant\\w*|exactement (ce|nous)|nous|d'actualité|ce qu'il|pile|une bonne idée|tentant\\w*|pas mal|le bon moment)
      (je|nous|on|j'|j) ?(veux|voulons|souhaite\\w*|serais|serions|aimerais|aimerions|voudrais|voudrions|veut|peux|peut|pouvons|suis|sommes|aimerait|voudrait|apprécierais) (.. )?(en savoir|savoir plus|échanger|parler|discuter|essayer|tester|rencontrer|rendez vous|rdv|démo\\w*|preneur\\w*|recevoir|partant\\w*|ouvert\\w*|disponible\\w*|dispo|joignable|voir|fixer|convenir|un devis|découvrir|plus d'infos?|organiser|bien|visiter|vous recevoir|heureux|heureuse|ravi\\w*)
      (en savoir|m'en dire|nous en dire|dites m'en|dites nous en|dis m'en|plus d'|davantage d'|plus de|davantage de) ?(plus|davantage|infos?|informations?|détails|renseignements|précisions)
      (appelez|appelle|rappelez|rappelle|téléphonez|contactez|joignez|écrivez|recontactez|textez) (moi|nous|le|au|sur|directement|mon)( .. )?
      (envoyez|envoie|envoyer|adressez|adresse|faites|fais|transmettez|transmets|montrez|donnez|proposez|propose|préparez|établissez|communiquez|partagez|balance) (moi|nous|le|la|les|donc|toujours|votre|vos|un|une|ça|parvenir|plus)( .. )?
      (pouvez vous|pourriez vous|peux tu|pourrais tu|vous pouvez|tu peux|pouvez|merci de|voulez vous|veuillez|possible de|possible d'|serait il possible|pourrions nous|pouvons nous|peut on) (.. )?(envoyer|adresser|transmettre|appeler|rappeler|passer|proposer|montrer|rencontrer|venir|faire parvenir|fixer|organiser|présenter|échanger|planifier|convenir|chiffrer|établir|inviter|m'appeler|recevoir|communiquer|visiter|parler|voir|un devis|prévoir|faire une démo\\w*|faire un devis|caler)
      (lundi|mardi|mercredi|jeudi|vendredi|samedi|demain|semaine prochaine|cette semaine|après demain) (.. )?(me convient|convient|me va|nous va|va|dispo\\w*|possible|libre|h|heures|\\d+ ?h\\w*|je suis|après midi|matin|midi|parfait|ok|ça|nous convient|en fin|en début|à \\d+\\w*|vers|trouve|idéal|plutôt|ou|prochain)
      (disponible|dispo|libre|joignable|disponibles|là|présent\\w*|convient|convenir|possible|va|ouvert\\w*|passer|passez|passe|venez|viens|appel|voir|rencontrer|échanger|rendez vous|rdv|créneau|visio) (.. )?(lundi|mardi|mercredi|jeudi|vendredi|samedi|demain|cette semaine|semaine prochaine|la semaine|semaine|après \\d+|à partir|matin|après midi|quand|ce|toute la journée|mai|\\d+ ?h\\w*)
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
      (passe|passez|venez|viens) (.. )?(au|à|me|nous|voir|quand|chez|boire|resto|bureau|magasin|atelier|ferme|boutique)
      (comment|où|quand) (.. )?(s'inscrire|commander|procéder|commencer|on fait|démarrer|vous rencontrer|réserver|signer)
      (plus de détails|plus d'infos?|de la documentation) (.. )?(svp|merci|s'il|volontiers)
      (racontez|dites|expliquez) (moi|nous|m'en|toujours)( .. )?
      (vos|quelles|quels) (disponibilités|dispos|créneaux)
      (hâte|curieux|curieuse) (.. )?(voir|en|découvrir|savoir|entendre)
    `,
    hint: `
      (intéressant\\w*|volontiers|plaisir|curieux|curieuse|sympa|pertinent\\w*|oui|d'accord|bienvenu\\w*|lundi|mardi|mercredi|jeudi|vendredi|demain|semaine prochaine|<phone>|rendez vous|rdv)
      (appelez|envoyez|passez|venez|montrez|proposez)
    `,
  },
};
