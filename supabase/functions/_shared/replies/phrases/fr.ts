import type { Phrases } from '../reply-class.ts';

export const french: Phrases = {
  unsubscribe: [
    [
      /\b(desinscri\w*|desabonn\w*|me (retirer|supprimer|rayer|enlever|radier)|nous (retirer|supprimer|rayer|enlever)|(retirez|supprimez|enlevez|effacez|rayez|radiez|retire|supprime|enleve)[- ]?(moi|nous|mon|mes|notre|nos|cette)|(retirer|supprimer|enlever|effacer) (mon|mes|notre|nos|cette) (adresse|donnees|e-?mail|mail|contact|coordonnees|nom)|de (votre|vos|cette|ta|tes|la) (liste|listes|base|bases|fichier|fichiers|mailing\w*)|ne (plus|me|nous) .{0,15}(contacter|ecrire|envoyer|recevoir|solliciter|demarcher|relancer|contactez|ecrivez|envoyez|sollicitez)|ne (souhaite|souhaitons|veux|voulons|desire|desirons) plus|(arretez|cessez|stoppez|arrete|cesse) (de|d'|vos|ces|tout|immediatement|le|les)|plus (de|d'|aucun) (mails?|e-?mails?|courriels?|messages?|publicite|prospection|sollicitation\w*)|rgpd|cnil|droit (a l'oubli|a l'effacement|d'opposition)|oppose a|signal\w* (comme|en|votre).{0,20}spam|c'est du spam|spam\b|harcelement)\b/,
      5,
    ],
    [/^\s*(stop|desabonnement|desinscription|desabonner|desinscrire)\b[.! ]*$/m, 6],
  ],
  referral: [
    [
      /\b((contact\w*|adress\w*|ecri\w*|voir|voyez|rapproch\w*|appel\w*|demand\w*|joign\w*|transmet\w*|parl\w*|tourn\w*|dirig\w*).{0,60}(@|\b(mon|ma|notre|mes|nos) (colleg\w*|collegue|associe\w*|patron\w*|directeur|directrice|responsable|gerant\w*|success\w*|remplac\w*|chef\w*|mari|femme|frere|assistant\w*)|\b(m\.|mr|mme|madame|monsieur) [a-z]+))/,
      4,
    ],
    [
      /\b((mon|ma|notre) (collegue|associe\w*|directeur|directrice|responsable|gerant\w*|success\w*|remplac\w*|service \w+|dg|daf|chef\w*)\b.{0,60}(s'en occupe|s'occupe|gere|en charge|responsable|decide|qui traite|prend)|(c'est|voyez|voir) .{1,40}(qui (gere|s'en occupe|s'occupe|decide|est en charge)|en charge)|(je (le |la |vous |l')?(transmets|transfere|ai transmis|ai transfere|fais suivre|mets en copie|met en copie)|transfere (a|au|votre)|transmis (a|au|votre)|fait suivre|en copie)|a repris (mon poste|mes fonctions|la suite)|m'a remplace\w*|la bonne personne (est|serait)|le bon (interlocuteur|contact) (est|serait)|la personne (en charge|responsable|a contacter) (est|serait))\b/,
      3,
    ],
  ],
  wrong_person: [
    [
      /\b((mauvais\w*|pas (le|la) bon\w*) (personne|interlocut\w*|adresse|destinataire|contact|service|societe|entreprise|boite|numero)|erreur (de|d') (personne|destinataire|adresse|interlocuteur)|vous (vous )?(tromp\w*|faites erreur|avez du vous tromper)|(ne|n'y|n') .{0,20}(travaille|travaillons|suis|fais|fait) (plus|pas) .{0,40}(plus|ici|chez|dans|pour|partie|entreprise|societe|concerne\w*|responsable|en charge|la bonne)|ne (travaille|suis|fais) plus|n'ai (pas|aucun\w*|plus) (de |d'|d’)?(entreprise|societe|commerce|restaurant|cabinet|boutique|magasin|lien|rapport)|rien a voir|a la retraite|retraite[e]?\b|homonyme|confond\w*|(je suis|suis) (juste |simplement |un |une |seulement )+(stagiaire|etudiante?|alternante?|particuli\w+|salariee?|receptionniste|apprentie?)|quitte (la|cette|l'|notre) ?(societe|entreprise|boite|agence|groupe)|pas concerne\w*|autre (societe|entreprise))\b/,
      4,
    ],
  ],
  not_now: [
    [
      /\b(pas (pour )?(le moment|l'instant|maintenant|tout de suite|dans l'immediat|actuellement|encore|avant)|(pour le|en ce|ce n'est pas le (bon )?) ?moment|mauvais (moment|timing)|pas le (bon )?moment|actuellement (nous|on|je|trop|en|tres|sous)|(recontact\w*|revenez|revenir|reven\w*|rappel\w*|relanc\w*|reecri\w*|reparl\w*|repren\w*|recontacter|repassez|contact\w*|ecrivez|voir|voyons).{0,50}(dans (un|deux|trois|quatre|six|quelques|\d+)|apres|en (janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|\d{4}|debut|fin)|au (printemps|prochain|second|deuxieme|premier|troisieme|quatrieme|mois|t[1-4])|a (la rentree|partir|l'automne|la fin)|l'(annee|an) prochain\w*|debut|fin|plus tard|prochain\w*|vers|courant|mi-)\b|l'(annee|an) prochain\w*|(le )?(trimestre|mois|semestre) prochain|plus tard|sous contrat|engage\w* (jusqu|avec|pour)|contrat (court|jusqu|en cours|se termine|arrive)|deborde\w*|sous l'eau|trop (occupe\w*|de travail|tot)|pas (le|de) temps|pas de budget (cette|pour l'instant|avant)|budget (boucle|cloture|clos|vote|gele)|haute saison|pleine saison|en travaux|dans (quelques|deux|trois|six|\d+) (mois|semaines)|en attente|en pause|a la rentree)\b/,
      3,
    ],
  ],
  not_interested: [
    [
      /\b((pas|plus|aucunement|absolument pas) (du tout )?(interesse\w*|interessant\w*|besoin|pertinent\w*|utile|necessaire|pour (nous|moi)|convaincu\w*|adapte\w*|a l'ordre|notre|dans nos|d'interet)|(sans|aucun|pas d'|pas de) (interet|besoin|suite|utilite)|ne (nous |m'|me |vous )?(interesse\w*|correspond\w*|convient|souhait\w* pas|donner\w*).{0,25}|ne (souhaite|souhaitons|desire|desirons|voulons|veux|comptons) pas|pas (donner )?suite|non,? (merci|pas|desole\w*|nous|on|c'est)|merci,? (mais (non|nous|pas|je|on|ca)|non|nous (avons|sommes))|(avons|ai|on a|travaillons|travaille) (deja|deja avec|deja un).{0,40}|deja (un|une|equipe\w*|fourni\w*|accompagne\w*|un prestataire|ce qu'il|en place|notre|quelqu'un)|satisfait\w* (de|par|du|avec)|tres content\w* de|(nous|on) (le |la |les )?(faisons|fait|gerons|gere) (deja |tout |cela |ca |ceci )?.{0,15}(en interne|nous-memes?|soi-meme|seuls?)|en interne|declin\w*|trop cher|ca ira|laissez[- ](moi|nous) tranquille|passer notre tour|passe mon tour|passons notre tour)\b/,
      3,
    ],
    [/^\s*(non|non merci|merci,? non|pas interesse\w*|sans interet|aucun interet)\b[.! ]*$/m, 4],
  ],
  question: [
    [
      /\b(combien|quel(s|le|les)? (est|sont|serait|type|genre|sorte|prix|tarif|delai|garantie|difference|budget|sont)|quel\w*|comment|qu'est-ce|qu'entendez|que (comprend|propos\w*|fait|faites|signifie)|ou (etes|avez|est|se)|d'ou|qui (est|etes|vous|sont)|pourquoi|est-ce (que|qu')|pouvez[- ]vous|pourriez[- ]vous|peux[- ]tu|pourrais[- ]tu|avez[- ]vous|as[- ]tu|proposez[- ]vous|travaillez[- ]vous|y a-t-il|existe-t-il|faut-il|tarif\w*|prix|cout\w*|devis|references|exemples?|(plus|davantage) (d'|de )?(infos?|informations?|details|precisions?)|plaquette|une question|preciser|precisions?)\b/,
      2,
    ],
    [/\?/, 1.5],
  ],
  interested: [
    [
      /\b((tres |plutot |assez |bien )?interesse[es]*\b|interessant\w*|m'interesse|nous interesse|curieu\w+|(volontiers|avec plaisir|bonne idee|parfait|d'accord|ca marche|pourquoi pas|super|genial|tres bien|entendu|banco)|(je|nous|on) (veux|voulons|souhait\w*|serais|serions|aimerais|aimerions|voudrais|voudrions|peux|peut|pouvons|suis partante?|sommes partants?).{0,40}(en savoir|savoir plus|echanger|parler|discuter|voir|essayer|tester|rencontrer|appel|rendez|demo|preneur)|en savoir plus|appelez[- ](moi|nous)|appelle[- ]moi|rappelez[- ](moi|nous)|(rendez-vous|rdv|appel|visio|demo|creneau|echange)\b.{0,40}|mon (numero|portable|agenda|calendrier|mobile)|joignable|(disponible|dispo|libre)s? (mardi|lundi|mercredi|jeudi|vendredi|demain|cette|la semaine|a partir|le|en)|envoyez[- ](moi|nous|le|la|les)?|envoie[- ]moi|oui,? (merci|avec|volontiers|bien|je|nous|c'est|pourquoi|tout|ca|envoyez|appelez|on)|ca tombe (bien|a pic)|tombe a pic|me convient|nous convient|ca (me|nous) (va|convient|dit)|exactement ce (que|qu'))\b/,
      2.5,
    ],
    [
      /^\s*(oui|ok|d'accord|volontiers|parfait|avec plaisir|super|ca marche|bien sur|pourquoi pas)\b[.! ]*$/m,
      4,
    ],
  ],
};
