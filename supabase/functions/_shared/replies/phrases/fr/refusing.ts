// French: no, for now or for good.
import type { PhraseText } from '../../phrases.ts';

const months =
  `(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|janv|févr|fév|sept|oct|nov|déc)`;
const period =
  `(${months}|printemps|été|automne|hiver|rentrée|vacances|fêtes|noël|pâques|ramadan|carême|toussaint|soldes|vendanges|récoltes?|moissons?|saison|haute saison|semestre|trimestre|t[1-4]|q[1-4]|s[12]|20\\d\\d|exercice|bilan|clôture|inventaire|examens|travaux|déménagement|élections|congés|ag|assemblée|année prochaine|an prochain|mois prochain|prochaine année|prochain exercice|prochain budget|prochaine saison|an neuf|nouvel an|nouvelle année|fin d'année|fin de l'année|bac|brevet|appel d'offres|audit|fusion|lancement|ouverture|réorganisation|restructuration)`;
const again =
  `(recontact\\w*|reven[eio]\\w*|reviens|revien\\w*|rappel\\w*|relanc\\w*|réécri\\w*|reprend\\w*|reprenons|repren\\w*|reparl\\w*|revo[iy]\\w*|reverr\\w*|retent\\w*|réessa\\w*|repass\\w*|redemand\\w*|rediscut\\w*|renvo\\w*|reconsidér\\w*|réétudi\\w*|réexamin\\w*|refai\\w*|refer\\w*|écri(s|vez|re)|contact(ez|er|e)|repropos\\w*|rebond\\w*|resollicit\\w*|rejoign\\w*|resonde\\w*|requestionn\\w*|revenons|reconnect\\w*|remett\\w*|rouvr\\w*|réouvr\\w*|redites|redis|retourn\\w*|faites (moi |nous )?(signe|un rappel)|fais (moi )?signe|manifest\\w*|en reparler|rejasons|rejaser)`;
const now =
  `(maintenant|pour l'instant|pour le moment|en ce moment|actuellement|à l'heure actuelle|cette année|cette saison|ce trimestre|ce semestre|ce mois ci|à ce stade|dans l'immédiat|tout de suite|de suite|aujourd'hui|pour l'heure|ces temps ci|ces semaines ci|ces jours ci|à ce jour|présentement|immédiatement|à court terme|de sitôt|dernièrement|là tout de suite|en ce début d'année|en cette (fin|période|saison)|dans la période|dans le contexte actuel|dans l'état actuel|pour encore|encore|jusqu'ici|à brève échéance|momentanément|provisoirement|temporairement|avant longtemps)`;

export const habit =
  `(d'habitude|normalement|habituellement|en général|généralement|en principe|par principe|d'ordinaire|au départ|a priori)`;

export const notNow: PhraseText = {
  sure: `
    (laisse\\w*|attend\\w*) (.. )?passer (l'été|l'hiver|les fêtes|les vacances|la saison|le|la|les)
    (conseil|comité|direction|bureau|commission|assemblée) (.. )?(réunit|décide|tranche|siège|statue) (.. )?(en|qu'en|au|le|prochain\\w*|que)
    (pas|plus|non|impossible|difficile|compliqué|rien|aucun|aucune|mauvais) (.. )?(maintenant|pour l'instant|pour le moment|en ce moment|actuellement|à l'heure actuelle|cette année|ce trimestre|à ce stade|dans l'immédiat|tout de suite|aujourd'hui|pour l'heure|ces temps ci|ce mois ci|à ce jour|avant|d'ici|tant que|cette saison|présentement|de suite|immédiatement|en 20\\d\\d)( .. )?
    (pour l'instant|pour le moment|en ce moment|actuellement|à l'heure actuelle|cette année|ce trimestre|à ce stade|dans l'immédiat|aujourd'hui|pour l'heure|ces temps ci|ce mois ci|maintenant|à ce jour|momentanément|présentement) (.. )?(pas|plus|non|complet|complète|débordé\\w*|rien|aucun\\w*|impossible|difficile|trop|charrette|surchargé\\w*|en pleine?|occupé\\w*|pris|gelé\\w*|bloqué\\w*|compliqué|sous l'eau|autres priorités|saturé\\w*|inventaire|plein|déménage\\w*|mauvais)
    (moment|période|timing|calendrier|tempo|instant|date) (.. )?(mal choisi\\w*|pas (le |la )?(bon|bonne|idéal\\w*|opportun\\w*|propice|top|le bon|terrible|approprié\\w*)|mauvais\\w*|complet|chargé\\w*|inopportun\\w*|délicat\\w*|peu propice|défavorable|serré|tombe mal)
    (pas|mauvais|mauvaise|n'est pas) (le |la |un |du tout |vraiment |très )*(bon |bonne )?(moment|période|timing)
    (tombe|tombez|tombes|arrive|arrivez) (.. )?(mal|trop tôt|au mauvais|à un mauvais)
    (recontacter|recontactez|recontacte|revenir|revenez|reviens|rappeler|rappelez|rappelle|relancer|relancez|relance|réécrire|réécrivez|réécris|reprendre|reprenez|reparler|reparlons|reparle|revoir|revoyons|recontactons|écrire|écrivez|écris|contacter|contactez|contacte|retenter|retentez|réessayer|réessayez|essayez|refaire|faire le point|ferons le point|referons|referons le point|repasser|repassez|repasse|rediscuter|rediscutons|renvoyer|renvoyez|renvoie|attendre|reporter|reportons|repousser|remettre|remettons|décaler|relancez|échanger|étudier|voir|verra|verrons|discuter|en parler|parlerons|reconsidérer|planifier|regarder|recontacterai|recontacterons|revoyez|solliciter) (.. )?(en|dans|après|à la|à partir|début|fin|mi|au|vers|courant|d'ici|l'année|l'an|le mois|la semaine|plus tard|pour|passé|quand|lorsque|une fois|dès|aux|à|prochain\\w*|mois|semaines|ultérieurement|à ce moment|ensuite) ?(de |le |la |l'|les |du |des |d'|mes |nos |cette |ces |mi |début |fin |milieu |notre |cours |quelques |un |une |deux |trois |quatre |six |huit |\\d+ )*(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|printemps|été|automne|hiver|année|an|trimestre|premier|deuxième|troisième|quatrième|semestre|mois|semaines?|jours|rentrée|vacances|fêtes|noël|pâques|saison|prochaine?|t[1-4]|q[1-4]|travaux|déménagement|inventaire|clôture|soldes|janv|sept|oct|nov|déc|fév|tard|ultérieurement|moment là|ce sera|serons|aura|après|bilan|récoltes?|vendanges|examens|nouvelle|nouvel|quand|audit|budget|contrat|échéance|été|ramadan|exercice|période)
    (revenez|recontactez|rappelez|relancez|réécrivez|contactez|écrivez|revoyons|reparlons|reviens|rappelle|recontacte|relance|repassez) (.. )?(après|plus tard|ultérieurement|à ce moment|ensuite|une autre fois|quand|lorsque|à l'occasion|en temps voulu|dans)
    (une autre fois|plus tard|ultérieurement|à l'occasion|un autre jour|ce sera pour|prochaine fois|l'année prochaine|l'an prochain|à la rentrée|dans quelque temps|dans un second temps|par la suite|un de ces jours) (.. )?(peut être|éventuellement|pourquoi pas|volontiers|avec plaisir|sans doute|merci|si|quand|nous|on|je|alors|svp)
    (peut être|éventuellement|pourquoi pas|on verra|à voir|à revoir) (.. )?(plus tard|une autre fois|l'année prochaine|l'an prochain|quand|lorsque|dans (quelques|un|une|deux|trois|six)|après|à la rentrée|en (janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)|un jour|au (printemps|trimestre|prochain)|ultérieurement|prochain\\w*|à l'avenir|d'ici)
    (contrat|engagé\\w*|engagement|prestataire|fournisseur|abonnement|bail|lié\\w*|liés|sous contrat|marché|licence) (.. )?(jusqu\\w*|court|expire|échéance|se termine|prend fin|arrive à|encore|reconduit|terme|à renouveler|fin \\w+)
    (jusqu'à|jusqu'en|jusqu'au|jusqu) (.. )?(engagé\\w*|contrat|échéance|fin|renouvellement)
    (débordé\\w*|sous l'eau|tête sous l'eau|la tête dans le guidon|surchargé\\w*|overbooké\\w*|surbooké\\w*|charrette|pas une minute(?! de plus)|plein rush|plein\\w* (saison|clôture|déménagement|travaux|période|inventaire|activité|restructuration|réorganisation|migration|recrutement)|haute saison|coup de feu|en travaux|en inventaire|pas le temps|pas de temps|manque de temps|manquons de temps|trop de travail|trop occupé\\w*|très occupé\\w*|trop tôt|prématuré|les soldes|au four et au moulin|période chargée|carnet (de commandes )?plein|agenda (est )?(plein|complet|chargé|surchargé)|planning (est )?(plein|complet|chargé)|calendrier (est )?complet)
    (budget|budgets|embauches|investissements|recrutements|dépenses) (.. )?(gelé\\w*|bouclé\\w*|clos|clôturé\\w*|voté\\w*|épuisé\\w*|déjà|prochain\\w*|consommé\\w*|bloqué\\w*|reporté\\w*|arrêté\\w*|cette année|pour 20\\d\\d|rouvre\\w*|janvier|en cours|alloué\\w*|limité\\w*|ne permet)
    (en attente|en pause|en suspens|mettre de côté|mis de côté|met de côté|reporté|reportons|repoussé|en stand by|au frigo|remis à plus tard|ajourné\\w*|différée?s?|stand by)
    (gard\\w*|conserv\\w*|not\\w*|mets|mettons) (.. )?(coordonnées|votre contact|sous le coude|de côté|en mémoire|pour plus tard|en tête|votre mail|votre proposition|précieusement)
    (reviendr\\w*|recontacter\\w*|ferons signe|ferai signe|tiendrai informé\\w*|reprendr\\w*|manquerons pas|solliciter\\w*) (.. )?(vers vous|contact|quand|si|lorsque|besoin|dès|le moment|à vous|plus tard|ultérieurement)
    (quand|lorsque|une fois|dès que) (.. )?(finie?|terminée?|terminé\\w*|passée?|fini\\w*|achevé\\w*|calme|ouvert\\w*|prêt\\w*|livrée?|emménag\\w*|plus calme|installé\\w*|signé\\w*|sorti\\w*|aura|serons|sera)
    (dans|d'ici) (un|une|deux|trois|quatre|cinq|six|huit|dix|douze|quelques|\\d+|environ) (mois|semaines|semaine|ans?|trimestres?|petits? mois|bons? mois)
    (pas|rien|plus) (.. )?(avant) .*
    (encore|un peu|bien|beaucoup) trop tôt
    (début|mi|fin|courant|à partir de|dès) (janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|20\\d\\d) (.. )?(relancez|recontactez|revenez|rappelez|svp|merci|nous|on|plutôt|serait|sera|idéalement)
    (n'est|est|c'est) pas (.. )?(à l'ordre du jour|d'actualité|une priorité|notre priorité|prioritaire|la priorité)( .. )?
    # not now
    (pas|plus|non|aucune?|rien|impossible|difficile|compliqué|sans|mauvais) (.. )?${now}
    ${now} (.. )?(pas|plus|non|aucune?|rien|impossible|difficile|compliqué|priorité\\w*|trop|débordé\\w*|gelé\\w*|bloqué\\w*|complet|concentr\\w*|focalis\\w*|surchargé\\w*|en pleine?|occupé\\w*|saturé\\w*|tendu\\w*|chargé\\w*|figé\\w*|suspendu\\w*|suffisant\\w*|attend\\w*|attente|charrette|absorb\\w*|mobilis\\w*)
    (pas|non|plus|rien|aucune?) (.. )?(avant|tant que|d'ici|jusqu'à|jusqu'en|jusqu'au|cet été|cet hiver|cet automne|ce printemps|en 20\\d\\d) .*
    (pas|point|guère) (.. )?(encore|tout de suite|la priorité|notre priorité|une priorité|prioritaire\\w*|d'actualité|à l'ordre du jour|mûr\\w*|prêt\\w*|le bon moment|le moment|la bonne période|le timing|l'heure|la saison)
    (trop tôt|prématuré\\w*|un peu tôt|bien tôt|encore tôt|trop frais|pas mûr)
    (moment|période|timing|calendrier|tempo|instant|date|contexte|conjoncture|agenda|planning) (.. )?(mal choisi\\w*|mal tombé\\w*|idéal\\w*|opportun\\w*|propice\\w*|favorable\\w*|mauvais\\w*|complet|chargé\\w*|délicat\\w*|serré|inadéquat|compliqué\\w*|difficile|défavorable|surchargé|plein|incertain\\w*|tendu\\w*|pas à)
    (tombe|tombez|tombes|arrive|arrivez|arrives|timing) (.. )?(mal|trop tôt|un peu tôt|au mauvais|à un mauvais|au pire)
    # come back then
    ${again} (.. )?(en|à|au|aux|dès|après|vers|pour|courant|début|mi|fin|dans|passé|d'ici|avec|de|lors) (.. )?(${period}|(un|une|deux|trois|quatre|cinq|six|huit|dix|douze|quelques|quinze|\\d+) (petite?s? |bonne?s? )?(jours|semaines?|mois|ans?|trimestres?|quinzaine))
    ${again} (.. )?(plus tard|ultérieurement|quand|lorsque|une fois|dès que|dès qu|à ce moment|après (ça|cela|coup|quoi)|une autre fois|en temps (utile|voulu)|le moment venu|à l'occasion|le mois prochain|l'an prochain|l'année prochaine|prochaine fois|à tête reposée|à froid|dans quelque temps|d'ici quelque temps|d'ici là|alors seulement|ensuite|un de ces (jours|quatre)|un autre jour)
    (quand(?! (?:est ce|pouv\\w+|pourr\\w+|passe\\w*|voul\\w*|seriez|serez|êtes|es tu|on se|peux|venez|viens|commence\\w*)\\b)|lorsque|une fois|dès que|après que|tant que|sitôt que|d'ici que|le temps que|le jour où|attendant que|avant que) .*(${again}|fini\\w*|termin\\w*|passé\\w*|achevé\\w*|calme\\w*|ouvert\\w*|prêt\\w*|emménag\\w*|installé\\w*|signé\\w*|verr\\w*|aur\\w*|serons|sera|repart\\w*|repris\\w*|stabilis\\w*|livr\\w*|vot\\w*|nommé\\w*|arriv\\w*|fonction\\w*|attend\\w*|décision\\w*|rien|pas)
    (début|mi|fin|courant|à partir de|dès|vers|en|après|pour|à|au|pas avant) (.. )?(${period}) (.. )?(${again}|on (verra|pourra|fera|en|sera)|nous (verrons|pourrons|ferons|serons)|je (serai|pourrai|verrai)|pourquoi pas|plutôt|peut être|svp|merci|idéalement|si possible|ça|ce sera)
    (voir|verra|verrons|verrai|revoir|étudier\\w*|regarder\\w*|réfléchir\\w*|envisager\\w*|examiner\\w*|penser\\w*|reparler\\w*|discuter\\w*|mettr\\w*|fer\\w*|attaquer\\w*|lancer\\w*|reprendr\\w*|pourr\\w*) (ça |cela |y |en |on |nous )?(.. )?(plus tard|à la rentrée|l'an prochain|l'année prochaine|au (printemps|prochain)|en (janvier|février|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|20\\d\\d)|à l'automne|à l'ordre du jour|une autre fois|dans (quelques|un|une|deux|trois|six)|ultérieurement|le moment venu|en temps)
    (peut être|éventuellement|pourquoi pas|on verra|à voir|à revoir|sans doute|volontiers|ce sera|plutôt|au plus tôt|rendez vous) (.. )?(plus tard|une autre fois|l'an(née)? prochaine?|quand|dans (quelques|un|une|deux|trois|six)|après|à la rentrée|en (janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|20\\d\\d)|un jour|au (printemps|trimestre|prochain)|ultérieurement|à l'avenir|à l'automne|prochaine? (année|saison|fois|exercice))
    ^(plus tard|une autre fois|à la rentrée|après (l'été|les (fêtes|vacances|congés|travaux|soldes)|la (saison|rentrée)|noël|pâques)|l'an prochain|l'année prochaine|l'année qui vient|le mois prochain|au printemps|en (janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)|pas avant|pas tout de suite|pas maintenant|pas cette (année|fois ci|semaine)|patience|trop tôt)
    # put off
    (gel\\w*|gelé\\w*|report\\w*|repouss\\w*|suspend\\w*|suspens|suspendu\\w*|ajourn\\w*|différ(er|ons|é|ée|és|ées)|décal\\w*|en pause|en attente|stand by|standby|au frigo|mis\\w* de côté|met\\w* de côté|mis\\w* en veille|remis\\w* (à|au|en)|bloqu\\w*|figé\\w*) (.. )?(budgets?|projets?|investissements?|dépenses?|embauches?|recrutements?|décisions?|jusqu\\w*|à (plus tard|l'an|l'année|la rentrée|2\\d+)|au|en|sujet|dossier|chantier|pour|${period})
    (budgets?|projets?|investissements?|dépenses?|embauches?|recrutements?|décisions?|dossier|sujet|travaux|achats?|enveloppe|crédits|subvention\\w*|finances|trésorerie|caisses?) (.. )?(gelé\\w*|bouclé\\w*|clos\\w*|clôturé\\w*|voté\\w*|épuisé\\w*|consommé\\w*|bloqué\\w*|reporté\\w*|repoussé\\w*|suspendu\\w*|arrêté\\w*|en attente|en pause|en suspens|à sec|vides?|cette année|pour 20\\d\\d|prochaine? (exercice|budget|année|saison)|engagé\\w*|alloué\\w*|dépensé\\w*|déjà affecté\\w*|ajourné\\w*|différée?s?|stand by)
    (jusqu'à nouvel ordre|jusqu'à nouvel avis|de côté pour|d'autres (priorités|chats|urgences|chantiers|soucis|projets en cours)|autres priorités|priorités (du moment|actuelles|sont)|on a d'autres|tout le reste attend\\w*|attendra|attendre (un peu|encore|que|la|le|les)|patientez|patienter|laisse\\w* passer|le temps de|le temps que|en temps utile|en temps voulu|le moment venu|à un autre moment|dans un second temps|dans un deuxième temps|à moyen terme|à plus long terme|ultérieurement|on n'en est pas là|nous n'en sommes pas)
    (gard\\w*|conserv\\w*|not\\w*|mets|mettons|archiv\\w*|class\\w*|enregistr\\w*) (.. )?(coordonnées|votre contact|mon contact|votre nom|votre numéro|votre carte|sous le coude|de côté|en mémoire|pour plus tard|en tête|votre mail|votre message|votre proposition|votre documentation|dans un coin|bien au chaud|pour (quand|le jour|l'avenir)|au cas où|sous la main|précieusement)
    (au cas où|si (un jour|jamais|notre situation|la situation|les choses|nos besoins|le besoin|ça|cela|besoin)) (.. )?(change\\w*|évolu\\w*|se présent\\w*|ressent|recontact\\w*|reviendr\\w*|ferai|ferons|apparaît)
    (reviendr\\w*|recontacter\\w*|ferons signe|ferai signe|fera signe|tiendrai informé\\w*|tiendrons|reprendr\\w*|solliciter\\w*|contacterons|contacterai|appellerai|rappellerai|referai signe) (.. )?(vers vous|contact|quand|si besoin|si|lorsque|besoin|dès|le moment|à vous|plus tard|ultérieurement|après|en (temps|janvier|septembre))
    # busy
    (débord\\w*|submerg\\w*|surcharg\\w*|overbook\\w*|surbook\\w*|booké\\w*|sous l'eau|noyé\\w*|tête (sous|dans)|nez dans|guidon|charrette|la bourre|rush|coup de feu|blindé\\w*|pris\\w* (jusqu'|par|à la gorge)|plus une minute|une minute à|pas une seconde|pas le temps|pas (de|du) temps|peu de temps|manqu\\w* de temps|temps (me|nous) manque|pas trop le temps|pas vraiment le temps|pas dispo\\w*|pas disponible\\w*|indisponibles?|surmen\\w*|au taquet|à flux tendu|en sous effectif|sous effectif|en plein\\w*|pleine (saison|bourre|clôture|période|réorganisation|restructuration|migration|récolte|moisson)|haute saison|période (chargée|de pointe|de bilan|fiscale)|carnet (.. )?plein|agenda (.. )?(plein|complet|chargé|rempli)|touche plus terre|touchons plus terre|pas une minute à|ne sais plus où donner)
    (contrat|engagé\\w*|engagement|prestataire|fournisseur|abonnement|bail|lié\\w*|sous contrat|marché|licence|convention|mandat|leasing|accord) (.. )?(jusqu\\w*|cour[ts]|expir\\w*|échéance|se termin\\w*|prend\\w* fin|arriv\\w*|reconduit\\w*|terme|renouvel\\w*|fin \\w+|encore|valable|tien\\w*|prochaine?)
    (il sera|sera) (.. )?temps (de|d')
    (vien\\w* (de|d')|venons (de|d')|tout juste|on vient|à peine) (.. )?(ouvert|ouvrir|signer|démarrer|commencer|lancer|déménager|emménager|reprendre|arriver|créer|s'installer|installer|embaucher|prendre|débuter) (.. )?(plus tard|trop tôt|d'abord|laiss\\w*|attend\\w*|peut être)
    (n'est|est|c'est|sont|sera) (pas|plus) (.. )?(à l'ordre du jour|d'actualité|une priorité|notre priorité|prioritaires?|la priorité|mûr\\w*|planifié\\w*|budgété\\w*|prévu\\w* (avant|cette|pour))
    (une|la|à une|à la|pour une) prochaine( fois)?$
    (tourn\\w*|fonctionn\\w*|roul\\w*|march\\w*) au ralenti
    (quand|lorsque) (.. )?(ira|iront|irons|ira mieux|iront mieux|retombé\\w*|calm\\w*|souffl\\w*|meilleur\\w*|clair)
    qu'une fois (par an|celle|celui|ce|cette|ces|que)
    (venons de|vient d'être|vien\\w* de) (.. )?(clore|clos|clôturer|boucler|close)
    (fait son chemin|laissez (moi|nous) (.. )?(temps|souffler|respirer)|le temps que|donnez nous (.. )?(temps|semaines|mois))
  `,
  hint: `
    (pour l'instant|pour le moment|en ce moment|actuellement|plus tard|cette année|une autre fois|ultérieurement|l'année prochaine|à ce stade|dans l'immédiat|pas tout de suite)
  `,
};

export const notInterested: PhraseText = {
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
    # no
    ^((ce |cela |ça )?(est|sera|serait) (sans (moi|nous)|non)|non|nan|nope|no way|niet|nein|jamais de la vie|sans moi|très peu|bof|pas ma|pas notre|pas mon|nada|rien du tout|merci bien|sans plus|surtout pas merci|que nenni|c'est gentil mais|gentil mais|merci mais|c'est non|ce sera non|ce sera sans|sans objet|hors sujet|peine perdue|aucune chance|même pas en rêve|refus)
    (très peu|bien peu|sans) pour (moi|nous)
    (ce|c'|c) ?(est|sera|serait) (donc |malheureusement |hélas |un |toujours |encore |clairement |définitivement |bien )*(non|niet|sans moi|sans nous|sans façon|un refus|no)( |$)
    (passe|passons|passerai|passerons|passer) (.. )?(mon|notre|son) tour
    ^(je|nous|on) (passe|passons|décline|déclinons|refuse|refusons|renonce|renonçons|pass)
    (merci|mais|donc|désolé\\w*) (.. )?(non|sans façons?|sans moi|sans nous|ça ira|pas la peine|je passe|nous passons|on passe|on va passer)$
    (pas|plus|aucunement|nullement|guère|point|peu|jamais) (.. )?(intéress\\w*|interess\\w*|interet|l'intérêt|besoin|besoins|pertinen\\w*|utile\\w*|nécessaire\\w*|pour nous|pour moi|convaincu\\w*|adapté\\w*|preneur\\w*|preneuse|notre truc|mon truc|ma tasse|notre tasse|recherche|suite|correspond\\w*|convien\\w*|vocation|envie|intention|profil|politique|souhaite|souhaitons|voulons|veux|veut|changer|demandeu\\w*|fan|friand\\w*|adept\\w*|amateur\\w*|client\\w*|cible|clientèle|genre|dada|concerné\\w*|concern\\w*|tent\\w*|séduit\\w*|enthousias\\w*|emball\\w*|raison|l'utilité|l'usage|philosophie|culture|façon de|style|créneau|stratégie|attentes?|critères?|moyens?|chez nous|monde|stade|taille|envisag\\w*|prévu|retenu\\w*|approch\\w*|démarche|donner)
    (aucune?|sans|nul|nulle|zéro|pas le moindre|pas la moindre|peu|pas|plus) (d'|de )?(intérêt|besoins?|suite|utilité|projet|envie|usage|valeur|plus value|interet|budget|nécessité|raison|demande|intention|façon|place|marge|temps à (perdre|consacrer)|attente|plaisir|souci|problème de ce)
    (ne|n'|n) (.. )?(souhait\\w*|désir\\w*|veu\\w*|voul\\w*|voudr\\w*|compt\\w*|envisag\\w*|recherch\\w*|cherch\\w*|prévo\\w*|utilis\\w*|achèt\\w*|achet\\w*|chang\\w*|donn\\w*|croi\\w*|croy\\w*|retien\\w*|entend\\w*|correspond\\w*|convien\\w*|intéress\\w*|interess\\w*|apport\\w*|cadr\\w*|coll\\w*|investi\\w*|recour\\w*|sous trait\\w*|externalis\\w*|délég\\w*|bross\\w*|répond\\w*|adhèr\\w*|signer\\w*) (.. )?(pas|plus|aucune?|rien|point|jamais|guère)
    (en|le|la|les|l') (veu\\w*|voul\\w*|voudr\\w*|achèter\\w*|achet\\w*|prendr\\w*) (pas|plus|aucune?|jamais|rien)
    (on|je|nous) (.. )?(change\\w*|changer\\w*|veu\\w*|voul\\w*|cherch\\w*|utilis\\w*|achèt\\w*|achet\\w*|prend\\w*|fait|fais|bouge\\w*) (pas|plus|rien|jamais|aucune?)
    (donn\\w*|réserv\\w*|appor\\w*) (.. )?(suite) (.. )?(défavorable|négative)
    (suite|réponse|avis|retour|décision|issue) (.. )?(défavorable|négati\\w*|est non)
    (pas|plus|sans|aucune|non) (.. )?(donner|donnerons|donnerai|donné|donnons|réserver|y donner) (.. )?suite
    (classé\\w*|classons|reste\\w*|restera|rester) sans suite
    (proposition|offre|candidature|dossier|elle|projet|solution|demande|idée) (.. )?(pas (.. )?(retenu\\w*|accept\\w*|approuvé\\w*|validé\\w*|convaincu\\w*|suivi\\w*|trouvé)|rejeté\\w*|écarté\\w*|refusé\\w*|déclin\\w*)
    (malheureusement|hélas|regret\\w*|désolé\\w*|navré\\w*) (.. )?(pas|plus|décliner|refuser|informer|négati\\w*|suite|aucune?|ne|rien)
    # provided for
    (déjà|deja|dejà) (.. )?(un|une|équipé\\w*|accompagné\\w*|fourni\\w*|pourvu\\w*|en place|notre|nos|quelqu'un|ce qu'il|bien|doté\\w*|servi\\w*|satisfait\\w*|tout|habitudes|mon|ma|mes|suivi\\w*|nécessaire|client\\w*|entouré\\w*|outillé\\w*|prestataire\\w*|fournisseur\\w*|partenaire\\w*|solution|outil|contrat|signé|choisi|ce service|ce genre|cela|ça|la même|le même|avec|chez|gâté\\w*|comblé\\w*|interne|gens|monde|personne|organisé\\w*|abonné\\w*|couvert\\w*|assuré\\w*|vu|essayé|testé|donné)
    (habitudes?|fidèles?|attaché\\w*|collabor\\w*|travaill\\w*|confiance|satisf\\w*|content\\w*|heureux|heureuse|ravi\\w*|enchanté\\w*|comblé\\w*) (.. )?(fournisseu\\w*|prestataire\\w*|partenaire\\w*|agence|solution|système|outil|banque|assureur|courtier|actuel\\w*|en place|depuis|local\\w*|du coin|de longue date|historique|comptable|équipe|artisan\\w*|service|matériel|installation|comme|ce que|ce qu'on|organisation|chez)
    (fournisseu\\w*|prestataire\\w*|partenaire\\w*|agence|solution|outil|équipe|beau frère|fils|fille|femme|mari|neveu|cousin|voisin|copain|stagiaire|comptable|secrétaire) (.. )?(en place|habituel\\w*|attitré\\w*|satisf\\w*|convient|suffit|s'en (charge|occupe|sort)|fait (ça|cela|tout|très|le|déjà)|donne\\w* (entière )?satisfaction|de longue date|historique|depuis|fait (bien )?l'affaire|nous (va|suffit))
    (suffi\\w*|suffisent|largement|amplement|font l'affaire|fait l'affaire|faisons très bien|va très bien|ça roule|tourne bien|marche (très )?bien|fonctionn\\w* (très )?bien|m'en sors|nous en sortons|s'en sort|on s'en sort|se débrouille|me débrouille|nous débrouill\\w*|rien à changer|ne changerons|ne changerai|changera pas|on change pas|change rien) (.. )?(comme|sans|très|ainsi|bien|merci|ça|ici|depuis|nous|moi)?
    (en interne|en famille|nous mêmes?|moi même|soi même|à la main|à l'ancienne|avec un (crayon|cahier|papier)|au (crayon|papier|cahier)|le bouche à oreille|bouche à oreille|fait maison|par nos (soins|équipes)|nos propres|notre propre|équipe interne)
    (préfér\\w*|opté|restons?|rester\\w*|continu\\w*|tien\\w*|tenons|miser|misons) (.. )?(autre|ailleurs|local\\w*|comme|fidèles?|avec notre|avec nos|avec mon|ainsi|là|sur nos|bouche à oreille|méthodes?|actuel\\w*|papier|humain|directement|pas|concurren\\w*|indépendan\\w*|à nos|même)
    (choisi|choix|opté|retenu|préféré|signé|confié|commandé|acheté|porté|décidé|tranché|arrêté notre choix) (.. )?(autre|concurren\\w*|confrère|ne pas|différent\\w*|ailleurs|quelqu'un d'autre|local\\w*|rester|moins cher|voisin|confrères)
    # reasons
    (trop|bien trop|beaucoup trop|un peu) (cher\\w*|onéreux|coûteux|loin|petit\\w*|éloigné\\w*|élevé\\w*|gros|grand\\w*|compliqué|complexe|vieux|vague|générique|ambitieux)
    (hors budget|hors de prix|hors de notre|au dessus de (nos|mes) moyens|pas les moyens|pas le budget|pas de budget|pas d'argent|pas un rond|pas un sou|bourse|budget (.. )?(ne le permet|ne permet|pas))
    (dépens\\w*|mettr\\w*|paie\\w*|payer\\w*|verser\\w*) (.. )?(pas|aucun|rien|jamais|un (euro|centime|sou|rond|franc)) (.. )?(euro|centime|sou|franc|ça|cela)?
    (ferm\\w*|cess\\w*|arrêt\\w*) (.. )?(boutique|activité|bientôt|définitivement|fin d'année|porte)
    (ça|cela|ca|ceci|ce sujet|cette offre) (ne )?(nous concerne|nous regarde|nous parle|colle|prend|marche|sert|servira|apporte\\w*|change\\w*) (.. )?(pas|plus|rien|guère)
    (nous|on) (.. )?(concern\\w*) (pas|guère|en rien|aucunement|nullement)
    (sert|servira|servirait|sert strictement|mène\\w*) (.. )?(à rien|pas|nulle part)
    (rien|aucune?) (.. )?(chez nous|de nouveau|attire|d'utile|à (ajouter|faire avec)|qui (nous|m'))
    (n'insistez|n'insiste|insistez|ne forcez|forcez|inutile|pas la peine|vaine?|en vain|peine perdue|rien ne sert|cela ne sert|ça ne sert) (.. )?(plus|pas|insist\\w*|relanc\\w*|rappel\\w*|revenir|répondre|me|de nous|d'|continuer)
    (bonne chance|bon courage|bonne continuation|bonne route|bonne prospection|bon vent|plein succès|beaucoup de succès|plein de succès|meilleurs vœux de (succès|réussite)|tous nos vœux|bonne chasse|bonne pêche)
    (perte|perdre|perdez|perds|perdons|gaspill\\w*|gâch\\w*) (.. )?(temps|votre temps|mon temps|énergie)
    (se passer|passerons|passer|passera|passerai) (.. )?(très bien )?(de vos services|de vous|de votre)
    (vous remerci\\w*|merci) (.. )?(mais|toutefois|cependant|néanmoins|malheureusement|hélas) (.. )?(pas|plus|aucune?|déjà|non|rien|déclin\\w*|sans|ne|n|passer|préfér\\w*)
    (réponds|répondons|donne suite|traite|lis|achète) (.. )?(jamais|pas|aucune?) (.. )?(démarchage|sollicitation\\w*|genre|prospect\\w*|mails?|commercia\\w*|inconnu\\w*)
    (à d'autres|cause toujours|causez toujours|n'importe quoi|pipeau|baratin|bla bla|encore une? (robot|de ces|mail|message|arnaque|startup|agence)|copier coller|copié collé|belles promesses)
    (travaill\\w*|trait\\w*|collabor\\w*|command\\w*|fais affaire|achèt\\w*|discut\\w*) pas avec (des|les|ceux|quelqu'un)
    (rester|resterai|resterons|restons|restera) (.. )?(en rester )?là
    (restera|ça reste\\w*|rien ne) (.. )?(comme ça|ainsi|chang\\w*)
    (associés?|comité|conseil|direction|équipe|nous|on) (.. )?(tranch\\w*|décid\\w*|vot\\w*|conclu\\w*) (.. )?(non|contre|pas|négati\\w*|sans)
    ^(pas chaud\\w*|bof|mouais|pas emballé\\w*|pas tenté\\w*|pas fan|pas question|hors de question|jamais|aucune utilité|aucun besoin|ça ne prend pas|pas la peine)
    (s'adresse|conçu|destinée?|taillée?|fait) (.. )?(plutôt|à|aux|pour) (.. )?(grands? groupes?|grandes? (sociétés|entreprises|structures)|plus (gros|grands?|grosses?|grandes?)|d'autres|multinationales?)
    (saurait|saurions|peut|pourrai\\w*|pouvons) (.. )?(réserver|donner) (.. )?(suite|favorable)
    (depuis) (\\d+|vingt|dix|quinze|trente|toujours|longtemps) ?ans? (.. )?(super|bien|content\\w*|satisf\\w*|confiance|marche)
    (nous sommes|on est) (que |trois|deux|quatre|cinq|seulement|seuls?|tout\\w* petite?s?|\\d+ (personnes|salariés|employés))$
  `,
  hint: `
    (non|pas|ne|plus|jamais|rien|aucun|aucune)
    (malheureusement|hélas|mdr|lol|désolé\\w*|satisfait\\w*|déjà)
    (gentil|sympa|aimable|flatté\\w*|dommage|pourtant|hélas|tant pis|préfère\\w*|préférons|blague|rigol\\w*|ptdr|suffi\\w*|marche (très )?bien|fonctionne)
  `,
};
