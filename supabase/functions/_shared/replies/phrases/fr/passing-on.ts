// French: somebody else, named or not.
import type { PhraseText } from '../../phrases.ts';

const role =
  `(collègues?|directeur|directrice|patron|patronne|responsable|associé\\w*|successeur\\w*|équipes?|siège|mari|femme|époux|épouse|frère|sœur|fils|fille|comptable|gérant\\w*|chef|cheffe|boss|big boss|rh|drh|dsi|daf|dg|dga|pdg|ceo|achats|direction|agence|secrétariat|secrétaire|propriétaire|syndic|holding|remplaçant\\w*|assistant\\w*|adjoint\\w*|supérieur\\w*|conjoint\\w*|compagne|compagnon|père|mère|neveu|nièce|cousin\\w*|beau frère|belle sœur|beau père|belle fille|gendre|département|régisseur|intendant\\w*|bailleur|franchiseur|acheteur|acheteuse|pôle|comité|maison mère|conseil|conseiller|conseillère|courtier|courtière|notaire|avocat\\w*|fiduciaire|prestataire|webmaster|informaticien\\w*|architecte|chargé\\w*|trésorier|trésorière|président\\w*|vice président\\w*|maire|échevin\\w*|adjoint\\w*|bourgmestre|confrère|consœur|économe|gestionnaire|administrateur|administratrice|logisticien\\w*|infirmière|cadre|proviseur\\w*|centrale|centrale d'achats?|coordinateur|coordinatrice|coordonnateur|coordonnatrice|référent\\w*|délégué\\w*|greffe|régie|commission|bureau|service|services|cellule|copain|pote|binôme|partenaire|groupe|maison|chefs?|employeur|hiérarchie|community manager|office manager|helpdesk|support)`;
const whose = `(mon|ma|mes|notre|nos|le|la|les|l'|son|sa|leur|un|une|au|aux|du|des|votre)`;
const somebody =
  `(<name>|<mail>|<phone>|(mr|m|mme|madame|monsieur|mlle|maître|me|dr|docteur) <name>|(mr|mme|madame|monsieur|mlle|maître|docteur) \\w+|${whose} ?(\\w+ )?(\\w+ )?${role}|service \\w+|celui qui|celle qui|ceux qui|lui|elle|eux)`;
const turnTo =
  `(contact\\w*|recontact\\w*|demand\\w*|essay\\w*|tent\\w*|écri(re|s|vez)|appel\\w*|rappel\\w*|téléphon\\w*|adress(ez|er|e)|tourn(ez|er|e)|voi[rs]|voyez|parl(ez|er|e)|envo(yez|yer|ie)|sollicit\\w*|joi(ndre|gnez|ns)|rapproch(ez|er|e)|prendre contact|prenez contact|prendre (attache|langue|rendez vous|rdv)|prenez (attache|langue|rendez vous|rdv)|pass(ez|er|e)|transmett(ez|re)|dirig(ez|er)|redirig(ez|er)|consult(ez|er)|interrog\\w*|questionn\\w*|recommand\\w*|orient\\w*|propos(ez|er|e)|soumett(ez|re)|présent(ez|er)|toqu\\w*|frapp\\w*|sonn(ez|er)|saisir|saisissez|mail(ez|er)|textez|ping\\w*|discut(ez|er)|trait(ez|er)|échang(ez|er)|vise[rz]|cibl(ez|er)|faites signe|mieux|démarch(ez|er)|relanc(ez|er)|branch(ez|er))`;

const trade =
  `(prof|professeur\\w*|coiffeu\\w*|dentiste|plombier|médecin|infirmi\\w*|boulang\\w*|bouch\\w*|fleuriste|notaire|avocat\\w*|architecte|électricien\\w*|maçon|menuisier|kiné|kinésithérapeute|ostéopathe|vétérinaire|pharmacien\\w*|opticien\\w*|agricult\\w*|éleveur|éleveuse|vigneron\\w*|maraîch\\w*|libraire|photographe|musicien\\w*|peintre|potier|potière|artiste|traduct\\w*|journaliste|étudiant\\w*|lycéen\\w*|chômeu\\w*|sans emploi|femme au foyer|père au foyer|pasteur|curé|prêtre|moniteur|monitrice|éducat\\w*|animateur|animatrice|école|église|paroisse|mairie|crèche|club|association|asbl|musée|hôpital|clinique|cabinet|étude|librairie|garage|boulangerie|boucherie|pharmacie|gîte|ferme|lycée|collège|bibliothèque|fanfare|chorale|coutellerie|sellerie|serrurerie|quincaillerie|couvent|abbaye|caserne|commune|syndicat|famille|colocation|couple|particuliers?|imprimerie|blanchisserie|auto école|salon de coiffure|cabinet d'avocats|maison de retraite)`;

export const referral: PhraseText = {
  sure: `
    (contacter|contactez|contacte|demander|demandez|demande|essayez|essaie|essayer|écrire|écrivez|écris|appeler|appelez|appelle|adresser|adressez|adresse|tourner|tournez|tourne|voir|voyez|vois|parler|parlez|parle|envoyer|envoyez|envoie|solliciter|sollicitez|joindre|joignez|rapprocher|rapprochez|prendre contact|prenez contact|passer|passez|transmettre|diriger|dirigez|consultez|interrogez|mieux|vous recommande|vous invite|faut|mettez|recontacter|orienter|proposez|revoir) (vous |toi |plutôt |directement |ça |cela |donc |le |la |votre \\w+ |ce |merci |désormais |avec |à |auprès |de |d'|du |vers |par |au |aux |chez |après |lui |leur )*(<name>|<mail>|(mr|m|mme|madame|monsieur|mlle|me|dr) <name>|(mr|mme|madame|monsieur|mlle) \\w+|(mon|ma|mes|notre|nos|le|la|les|son|sa|leur|l') ?(nouveau |nouvelle |futur |propre )?(\\w+ )?(collègues?|directeur|directrice|patron|patronne|responsable|service|associé\\w*|successeur\\w*|équipe|siège|mari|femme|frère|sœur|fils|fille|comptable|gérant\\w*|chef|cheffe|rh|drh|dsi|achats|direction|agence|secrétariat|propriétaire|syndic|mairie|holding|remplaçant\\w*|assistant\\w*|supérieur\\w*|conjoint\\w*|père|mère|neveu|cousin|beau frère|département|régisseur|intendant\\w*|bureau|personne|bailleur|franchiseur|marketing|acheteur|acheteuse|pôle|comité|maison mère|conseil)|service \\w+|aux achats|achats|rh|direction|siège)
    (transmis|transféré|fait suivre|fais suivre|faire suivre|fait passer|relayé|transmets|transfère|transmettons|transférons|fais passer|transmettre|transférer|réorienté|redirigé|forwardé) (.. )?(à|au|aux|votre|mail|message|demande|<name>|mon|ma|notre|en interne|qui|lui|la personne|collègue|le|l'info|cela|ça)
    (je|nous|on|j') ?(l'ai|le|la|l'|vous|avons|ai)? ?(transmets|transfère|fais suivre|fait suivre|transmis|transféré|faisons suivre|transmettons)
    (mon|ma|notre|le|la|un|une|l') ?(\\w+ )?(collègue|directeur|directrice|patron|patronne|responsable|associé\\w*|successeur\\w*|équipe|siège|mari|femme|frère|sœur|fils|fille|comptable|gérant\\w*|chef|service|neveu|régisseur|assistant\\w*|remplaçant\\w*|agence|<name>|beau frère|père|acheteur|acheteuse|rh|dsi|daf|drh|direction|syndic|propriétaire) (.. )?(s'occupe|s'en occupe|gère|gèrent|est en charge|est responsable|est chargé\\w*|est l'interlocut\\w*|décide|traite|a repris|reprend|pilote|qui gère|qui s'en|qui décide|qui s'occupe|supervise|est la bonne|est le bon|adore|saura|pourra|reprendra|est compétent\\w*|vous répondra|reviendra vers)
    (c'est|ce sont|c) (?!(?:vous|toi|moi|nous) qui)(.. )?(qui (s'occupe|s'en occupe|gère|gere|décide|reprend|pilote|traite|s'en charge|est en charge|a repris|prend|choisit|achète|sont|signe|est responsable|gèrent|voit))
    (<name>|mme \\w+|madame \\w+|monsieur \\w+|mr \\w+) (.. )?(s'occupe|gère|est en charge|est responsable|décide|traite|a repris|reprend|pilote|s'en charge|me remplace|m'a remplacé\\w*|a pris (le relais|la relève|la suite)|est chargé\\w*|est votre|est la bonne|est le bon)
    (bon|bonne|meilleur|meilleure|véritable|nouvel|nouvelle|seul|votre) (interlocuteur|interlocutrice|personne|contact|adresse|service) (.. )?(est|sera|serait|pour|c'est|à contacter)
    (relève|dépend|passe|passent|gérés?|géré|traité|traités|décidé|ressort|centralisé\\w*|se décide|du ressort|se fait|se gère) (.. )?(par|de|du|au niveau|avec|directement) (.. )?(siège|service|direction|rh|achats|<name>|mon|ma|notre|collègue|maison mère|groupe|centrale|mairie)
    (mon|ma) (successeur\\w*|remplaçant\\w*)
    passé (.. )?(votre (mail|message|demande)|l'info|le message) (à|au)
    (m'a|me|m) (succédé|remplacé|succède|remplace|remplacera|remplacée)
    (venir de ma|en mon nom|vous recommander de moi|dites lui que|dis lui que)
    (mets|met|mis|mettons|ajoute|ajouté|place) (.. )?(en copie|dans la boucle|en cc|en relation|en contact)
    (son|sa|leur) (adresse|mail|numéro|courriel|ligne directe|poste) (est|:|\\w+@)
    (poste|ligne directe) \\d+
    (il|elle|qui) (vous recontactera|reviendra vers vous|prendra contact|vous rappellera|vous contactera|vous répondra)
    # turn to
    ${turnTo} (vous |toi |plutôt |directement |ça |ca |cela |donc |le |la |votre \\w+ |ce |tout |merci |désormais |dorénavant |svp |stp |avec |à |auprès |auprès de |de |d'|du |vers |par |au |aux |chez |après |chance |porte |côté |sur |via |peut être |dans |pour (ça|cela|ce|ces) \\w* ?)*${somebody}
    (faut|faudrait|à|peux|pouvez|mieux vaut|pourriez|suggère|conseille|invite|il convient de|vous devez|devriez|propose) (.. )?(voir|parler|demander|contacter|adresser|joindre|écrire|appeler|traiter|discuter|passer|envoyer|solliciter) (.. )?(avec|à|au|aux|auprès|de|par|chez|directement|vers) ${somebody}
    ${turnTo} (.. )?(numéro|ligne|adresse) (suivante|ci dessous|ci après|directe)
    (par ici|voici|ci dessous|ci joint|vous donne|te donne|communique|laisse|file|transmets) (.. )?(son|sa|ses|leur|leurs|le|la|l') (bon |bonne )?(contact|coordonnées|mail|numéro|adresse|téléphone|tel|ligne)
    (son|sa|ses|leur|leurs) (mail|adresse|numéro|coordonnées|courriel|téléphone|tel|portable|ligne|poste|cellulaire|cell) (.. )?(<mail>|<phone>|est|c'est|ci)
    (venez|viens|appelez|dites|écrivez|recommandez vous) (.. )?de ma part
    (<name>|mme \\w+|madame \\w+|monsieur \\w+|${role}) (est|sera|serait) (.. )?(interlocut\\w*|bonne personne|bon contact|bonne adresse|bonne porte|mieux placé\\w*|plus à même|plus apte|plus qualifié\\w*|compétent\\w*|seul\\w* (à|compétent\\w*|habilité\\w*)|à même|responsable|en charge|chargé\\w*|joignable|décideur|décideuse|décisionnaire|au courant|aux commandes|aux manettes)
    # handed over
    (transmi\\w*|transfér\\w*|transfèr\\w*|fait suivre|fais suivre|faire suivre|fait parvenir|fait passer|relay\\w*|forward\\w*|fwd|remi[st]\\w*|remets|confi\\w*|communiqu\\w*|gliss\\w*|dépos\\w*|partag\\w*|soumi[st]\\w*|soumets|adress\\w*|réadress\\w*|redirig\\w*|réorient\\w*|aiguill\\w*|orient\\w*|signal\\w*|envoy\\w*|pass[eé]\\w*|montr\\w*|parlé|touché (un )?mot) (.. )?(à|au|aux|chez|vers|auprès (de|du|des)|dans|entre) (.. )?(${whose} ?(\\w+ )?${role}|<name>|<mail>|qui de droit|personne (concernée|compétente|en charge|adéquate|idoine|ad hoc)|en interne|interne|intéressé\\w*|bonne personne|la personne|bannette|boîte de)
    (je|nous|on|j') ?(l'|le |la |les |vous |t' |en |y )?(ai |a |avons )?(déjà |donc |aussi |bien |même )?(transmets|transfère|fais suivre|fait suivre|transmis|transféré|forwarde|forwardé|relaie|relayé|redirige|redirigé|remets à|transmettons|transférons|faisons suivre)
    (l'|l |le |la |la demande |message |mail |courriel |c'est |dossier )?(ai|a|avons|est|a été|été|sera|vais|va) (.. )?(transmis\\w*|transféré\\w*|forwardé\\w*|fait suivre|redirigé\\w*|réorienté\\w*) (.. )?(à|au|aux|vers|en interne|collègue|service)
    ^(transmis|transféré|forwardé|fait suivre|transfert|je transmets|je transfère|je fais suivre)
    (fais|fait|faisons|faire) (.. )?(suivre|passer) (.. )?(message|info|mail|demande|mot|à|au|aux|en interne)
    (mets|met|mis|mise|mettons|ajoute|ajouté|place|copie|copié|intègre|inclus|rajoute|connecte|présente) (.. )?(en copie|dans la boucle|en cc|en relation|en contact|à la conversation|à l'échange|qui (gère|s'occupe|pourra|saura|est))
    (en copie|en cc|ci joint|cc) (de ce|de cet|de mon|du présent|:|qui|<name>|${whose} ?(\\w+ )?${role})
    (mis|mise|mets|trouver\\w*|est|ici|lit) (.. )?(en copie|en cc)
    (<name>|${role}) (.. )?(en copie|en cc|que je mets|ici en)
    (donné|donne|passé|laissé|transmis) (.. )?(vos|votre|tes|ton) (coordonnées|contact|numéro|mail|message|adresse|carte|dossier|proposition|demande) (.. )?(à|au|aux)
    # whose it is
    (c'est|ce sont|c|ce sera|ça sera|plutôt|désormais|maintenant) (.. )?(<name>|mme \\w+|monsieur \\w+|madame \\w+|${whose} ?(\\w+ )?${role}|lui|elle|eux|celui|celle) (.. )?(qui|que vous|qu'il faut|à contacter|à voir|le contact|l'interlocut\\w*|maintenant|désormais)
    (c'est|ce sont|c) (?!(?:vous|toi|moi|nous|pas moi) qui)(.. )?(qui|qu'il|elle) (.. )?(s'occupe\\w*|s'en occupe\\w*|occupe\\w*|gèr\\w*|gere\\w*|décid\\w*|reprend\\w*|pilot\\w*|trait\\w*|charge\\w*|en charge|a repris|prend\\w*|choisi\\w*|achèt\\w*|achete\\w*|signe\\w*|responsable\\w*|voi\\w*|faut|négoci\\w*|command\\w*|organis\\w*|suit|suivent|coordonn\\w*|tient|tiennent|chapeaut\\w*|dirige\\w*|fait|font|a la main|ont la main|tranch\\w*|commande\\w*|s'y connaît|maîtris\\w*)
    (<name>|mme \\w+|madame \\w+|monsieur \\w+|mr \\w+|${whose} ?(\\w+ )?${role}) (.. )?(s'occupe\\w*|s'en occupe\\w*|occupe\\w* de|en charge|responsable d\\w+|décide\\w*|a repris|ont repris|reprend\\w*|pilote\\w*|s'en charge\\w*|se charge|me remplace\\w*|m'a remplacé\\w*|me succède\\w*|m'a succédé|a pris (le relais|la relève|la suite|ma place)|prend le relais|prendra le relais|assure (le suivi|la relève|désormais)|chargé\\w* d\\w+|votre (nouvel |nouveau |nouvelle )?(interlocut\\w*|contact)|chapeaute\\w*|supervise\\w*|coordonne\\w*|centralise\\w*|a la main|suit (ce|ces|le|les)|gèrent?|traite\\w*|tient les cordons|adore|saura|pourra (vous|mieux|te)|sera ravi\\w*|vous répondra|vous attend|t'attend|reviendra|vous recontactera|vous contactera)
    (nouvel|nouvelle|nouveau|votre|bon|bonne|seul|seule|futur\\w*|principal\\w*) (interlocuteur|interlocutrice|contact|correspondant\\w*|responsable|patron|gérant|propriétaire|directeur|directrice) (.. )?(est|sera|s'appelle|se nomme|:|<name>|<mail>|c'est)
    (relève\\w*|dépend\\w*|passe\\w*|gér[eé]\\w*|trait\\w*|décid\\w*|ressort|centralis\\w*|se joue\\w*|se traite\\w*|se prend|se prennent|se passe\\w*|se négocie\\w*|est du|sont du|confi\\w*|sous traité\\w*|externalis\\w*|délégu\\w*|mains|responsabilité|compétence|domaine|rayon|attributions|pilot\\w*|incombe\\w*|revien\\w*|suivi\\w*|assuré\\w*|attribué\\w*) (.. )?(par|de|du|des|au|à|chez|avec|directement) (.. )?(<name>|${whose} ?(\\w+ )?${role}|siège|achats|rh|direction|groupe|paris|bruxelles|genève|lyon|marseille|montréal|lausanne|notre (\\w+ )?${role})
    (ça|cela|tout|c'est|celles ci|achats|décisions?|décision|sujet|dossier|budget|question) (.. )?(au|du|par le|chez le|depuis le|par) (siège|groupe|service \\w+|bureau de|maison mère|central\\w*)
    (si (ça|cela|l'offre|le sujet|elle|il)|elle|il|ils|elles|qui|équipe|service) (.. )?(reviendr\\w* vers (vous|toi)|(vous|te|t') ?(recontacter\\w*|contacter\\w*|rappeller\\w*|répondr\\w*|fera signe|feront signe|dira|donner\\w*|écrir\\w*)|prendr\\w* contact|fera signe|jugera|appréciera|donnera suite|décidera|saura vous|pourra vous|sera mieux)
    (plus|mieux|davantage) (à même|compétent\\w*|placé\\w*|qualifié\\w*|apte) (.. )?(<name>|collègue|que moi|pour vous)
    (directement|plutôt) (.. )?(<name>|<mail>|<phone>|au siège|à la direction|auprès)
  `,
  hint: `
    <mail>
    en (copie|cc)
    (vers|auprès|contactez|voyez|demandez) (.. )?<name>
    (collègue|<name>|responsable|service) (.. )?(mieux|plutôt|directement)
    (essayez|tentez|vois|voir|voyez|plutôt|chez) (.. )?(<name>|siège|direction|achats|compta\\w*)
    (siège|maison mère|central\\w* d'achat)
  `,
};

export const wrongPerson: PhraseText = {
  sure: `
    (décédé\\w*|mort|morte|disparu\\w*|feu mon|nous a quittés)
    n'(est|appartient) plus (à moi|à nous|le mien|la mienne|le nôtre|ma|mon)
    c'est (l'adresse|la boîte|le mail) (.. )?(association|club|particulier|famille|perso\\w*)
    (pas|plus) moi qui (.. )?(gère|m'en|décide|s'occupe|fais|m'occupe)
    (mauvais|mauvaise|mauvaises|fausse|faux) (personne|interlocut\\w*|adresse|destinataire|contact|société|entreprise|service|numéro|boîte|mail|porte|endroit|pioche|cible|monsieur|madame|<name>|établissement|ville|structure|email|correspondant\\w*|camping|client|département)
    (à|de|sur|vers|avec|au) (la |le |l'|une |un )?(mauvaise|mauvais|mauvais \\w+)$
    (erreur|(?<! à )confusion|méprise|malentendu|quiproquo|homonyme|homonymie|homonymes|par mégarde|même nom|nom similaire|même raison sociale|par erreur|vous trompez|trompé\\w*|te trompes|vous êtes trompé\\w*|faites erreur|fais erreur)( .. )?
    (confond\\w*|mélangez|prenez pour)
    (pas|plus|point|nullement) (du tout |vraiment |moi |être |la |le |l'|votre |le bon |un |une |à )*(bon interlocut\\w*|bonne personne|bonne interlocut\\w*|bonne adresse|bon contact|bon service|bon destinataire|interlocut\\w*|personne (qu'il|concernée|à contacter|compétente|en charge|indiquée)|décisionnaire|décideur|décideuse|destinataire|concerné\\w*|en charge|chargé\\w*|responsable|compétent\\w*|habilité\\w*|concernés|bonne porte|bon numéro|mon domaine|mon rayon|mon service|mon métier|de mon ressort|mon ressort|ma partie|mes fonctions|mes attributions|impliqué\\w*|bonne société|bonne entreprise|bon endroit|moi qui|dans mes|notre secteur|mon boulot)
    (ne|n|ca|cela|ça) (me|m) (concerne|regarde|concernent|concerne absolument) (.. )?(pas|en rien|plus|aucunement|nullement)
    (ne|n'|n) ?(m'|m |me |s'|s |nous )?(en )?(occupe|occupons|gère|gérons|décide|décidons) (.. )?(pas|plus|rien|que|aucun\\w*)
    (rien|plus rien|pas|aucun|aucune) (.. )?(à voir|voir avec|lien avec|lien|rapport avec|pouvoir|pouvoir de décision|mot à dire|compétence|responsabilité|fonction|influence|à dire)
    (rien|aucun) (.. )?(à voir avec|lien|rapport)
    (plus|jamais) (.. )?(travaill\\w*|partie de|salarié\\w*|en poste|en activité|dans (cette|la|l'|l) ?(société|entreprise|boîte|structure|association|groupe|hôtel|boite)|employé\\w*|là|chez \\w+|dans l'entreprise|gérant\\w*|en fonction|propriétaire|dirigeant\\w*|d'activité|aux commandes|membre|le droit|actif|active)
    (ne|n) (travaille|bosse|suis|fais|exerce|occupe) (.. )?plus
    (suis|sommes|étant|jeune|jeunes|heureux|heureuse|maintenant|désormais|aujourd'hui|moi) (.. )?(retraitée?s?|pensionnée?s?|à la retraite|en retraite|en préretraite)
    (ma|pris ma|de ma) (pré)?retraite
    ^(retraitée?|pensionnée?|en retraite|à la retraite)
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
    # mistaken for another
    (vous|tu|me|m'|nous) (me |m'|nous )?(prenez|prends|confond\\w*|mélang\\w*|avez confondu|avez pris) (.. )?(pour|avec|personne|autre|homonyme)
    (vous|tu) (vous|t'|te) (êtes |es |avez )?(trompe\\w*|trompé\\w*|tromp\\w*|plant\\w*|gour\\w*|mépren\\w*|mépris\\w*) (.. )?(de|d'|sur|je|$)
    (trompe\\w*|trompé\\w*|erreur|erroné\\w*|planté\\w*) (.. )?(de |d'|sur (la |le |l'))?(destinataire|personne|adresse|société|entreprise|numéro|porte|interlocut\\w*|boîte|cible|client|ville|<name>|service|nom|prénom|secteur|fiche)
    (je|j') (suis|ai) (.. )?(pas|jamais|point) (.. )?(un|une|le|la|l'|votre|de|d') ?(<name>|monsieur|madame|patron\\w*|gérant\\w*|directeur|directrice|dirigeant\\w*|chef|cheffe|responsable|restaurateur|propriétaire|commerçant\\w*|artisan|entrepreneur|médecin|employeur|société|entreprise|décideur)
    (pas|aucun|aucune|jamais|plus|personne) (.. )?(de|du nom|qui s'appelle|nommé\\w*|appelé\\w*|ce nom|prénommé\\w*) (.. )?<name> (.. )?(ici|chez nous|dans|à cette|parmi|sur)
    (pas|jamais eu|plus) (de|d'|aucun|aucune) (.. )?(ici|chez nous|à cette adresse|dans nos murs|dans cette maison|parmi nous)
    (moi c'est|je m'appelle|mon nom est|je me nomme|ici c'est|c'est pas moi|ce n'est pas moi|vous êtes chez|vous écrivez (à|au)|vous avez écrit (à|au)|vous êtes au|vous êtes sur)
    (plusieurs|deux|homonym\\w*|portons|porte|partageons|presque) (.. )?(même nom|nom voisin|nom semblable|homonym\\w*|nom proche|dans la région|du même nom)
    (rien|aucun\\w*|pas) (.. )?(à voir|rapport|lien) (.. )?(avec|entre)
    (quelqu'un|un) d'autre (.. )?(que vous|que tu|je|cherch\\w*|visé\\w*|destiné\\w*)
    (m'|nous |vous )(.. )?(est|était|êtes|est arrivé|parvenu) (.. )?(par erreur|par mégarde|pas destiné\\w*|mal adressé\\w*|à tort)
    (destiné|destinée|adressé|adressée|arrivé|envoyé|reçu|tombé) (.. )?(par erreur|à quelqu'un|à un autre|à une autre|pas pour|chez (les|le|la) mauvais\\w*|au mauvais|à la mauvaise)
    (mal|pas) (aiguillé\\w*|orienté\\w*|adressé\\w*|ciblé\\w*|frappé|renseigné\\w*|informé\\w*|tombé\\w*|à jour|tapé)
    (fichier|base|fiche|liste|infos?|informations|annuaire|données) (.. )?(pas à jour|plus à jour|périmé\\w*|obsolète\\w*|date\\w*|erroné\\w*|fausses?|à corriger|ancienne?s?|vieux|vieille)
    (ancien|ancienne|précédent\\w*|vieux|vieille) (titulaire|propriétaire|locataire|gérant\\w*|numéro|adresse|poste|employeur|fonction|vie|salarié\\w*|client)
    # not my part
    (pas|plus|nullement|point|jamais|hors de|en dehors de|sort de|dépasse|dépassent|excède|ni) (.. )?(mon|ma|mes) (rayon|domaine|périmètre|ressort|job|travail|rôle|métier|boulot|département|business|dossier|compétences?|attributions?|fonctions?|responsabilités?|partie|mission|missions|poste|service|niveau|champ|secteur|pouvoir|portée|décision)
    (dépass\\w*|excèd\\w*|sort|hors) (.. )?(mon|ma|mes|de mon|de ma|de mes|du|le|cadre) (.. )?(poste|fonctions?|compétences?|attributions?|rôle|périmètre|champ|cadre|ressort|niveau)
    (ni|pas|aucun\\w*|sans) (.. )?(voix au chapitre|mot à dire|pouvoir (de|d'|sur|là)|pouvoir décision\\w*|droit de regard|décideur|décisionnaire|décisionnel\\w*|signature|qualité pour|qualifié\\w* pour|habilité\\w*|autorité|prise (là|sur)|autorisé\\w* à (décider|répondre))
    (décide|décid\\w*|gère|achète|signe|choisis|m'occupe|commande) (de |d')?(rien|pas de|aucun\\w*|jamais)
    (rien|pas) (.. )?(décid\\w*|dans mes mains|entre mes mains)
    (je|moi|j'|suis|ici) (.. )?(que|qu'|juste|simple\\w*|seulement|uniquement) (.. )?(gardien\\w*|stagiaire|apprenti\\w*|étudiant\\w*|chauffeur|livreur|secrétaire|bénévole|employé\\w*|salarié\\w*|concierge|intérimaire|serveur|serveuse|cuisinier\\w*|locataire|particulier|client\\w*|alternant\\w*|assistant\\w*|standardiste|vendeu\\w*|ouvri\\w*|agent\\w*|accueil|caisse|caissi\\w*|ménage|exécutant\\w*|bibliothécaire|aide\\w*|technicien\\w*|magasinier|prof|professeur\\w*|remplaçant\\w*|facteur|jardinier|cheville|réception\\w*|saisonni\\w*|membre|voisin\\w*|parent|élève|patient|usager)
    (fais|tiens|réponds|travaille|bosse) (.. )?(que |juste |seulement )?(le ménage|la caisse|l'accueil|au standard|l'entretien|en cuisine|à la réception|la plonge|les livraisons|au magasin|à l'accueil|le standard)
    (je|j') (.. )?(suis|travaille|bosse) (.. )?(en intérim|intérimaire|stagiaire|à l'accueil|au standard|en stage|en alternance|dans un autre service|au service \\w+ (pas|et)|bénévole|en cdd|remplaçant\\w*)
    (ne|n'|n|c'est|c|sais|aucune|pas) (.. )?(idée|sais|sait|connais|saurais|ignore) (.. )?(qui|à qui|quel service|vers qui|auprès de qui)
    (j'ignore|nous ignorons|aucune idée de|aucune idée) (.. )?(qui|à qui|vers qui|quel)
    (pas|plus) (à moi|à nous|moi|nous|auprès de moi|ici|chez moi|chez nous) (.. )?(qu'il faut|que (ça|cela|tu|vous)|qui|de (décider|voir|gérer)|s'adresser|l'adresse)
    (ne|n'|n|ça|cela|ca) (me|m') ?(concerne|regarde|parle|dit|appartient|incombe|revient|relève) (.. )?(pas|plus|en rien|aucunement|nullement|rien)
    (me|m) (concerne|regarde) (pas|plus|en rien|nullement|absolument pas)
    # no longer
    (ne|n'|n|je|j'|nous|on) (.. )?(suis|sommes|travaille|bosse|siège|dirige|préside|gère|occupe|exerce|fais|tiens|habite|représente|possède|exploite|ai|avons|est|fait|m'occupe|remplis|officie|pratique|anime|enseigne) plus
    (je|j'|nous|on|m'en|m') (.. )?occup\\w* (.. )?plus
    (plus|jamais) (.. )?(en poste|fonctions?|au conseil|au comité|du personnel|des effectifs|aucun mandat|mandat|en charge|de la maison|du groupe|de l'équipe|dans (le métier|les affaires|la boîte|la région|l'établissement|l'équipe)|d'exploitation|gérant\\w*|associé\\w*|aux affaires|lié\\w*|partie)
    (suis|sommes|pris|ma|jeune) (.. )?(retraite|retraité\\w*|pensionné\\w*)
    (quitt\\w*|démission\\w*|licenci\\w*|viré\\w*|muté\\w*|limogé\\w*|remercié\\w* (par|de)) (.. )?(société|entreprise|groupe|poste|boîte|établissement|fonctions?|métier|<name>|depuis|en \\d+|région|secteur|maison|association|institution|administration|école|hôpital|mandat|y a|il y a|structure|office|étude|cabinet|pays|navire)
    (vend\\w*|vendu\\w*|cédé\\w*|cession|liquid\\w*|revend\\w*|remis\\w*|repris\\w*|dissou\\w*|transmis\\w*|rachet\\w*|racheté\\w*|arrêt\\w*|cess\\w*|ferm\\w*) (.. )?(société|entreprise|commerce|restaurant|affaire|boutique|hôtel|café|magasin|fonds|activité|établissement|salon|garage|camping|ferme|cabinet|exploitation|élevage|pharmacie|étude|boulangerie|atelier|officine|auberge|bar|gîte|librairie|domaine|usine|résidence|parts|rideau|bail) (.. )?(il y a|y a|depuis|en \\d+|l'an|définitivement|ans|mois|dernier\\w*|par|à|au)
    (société|entreprise|commerce|restaurant|affaire|boutique|hôtel|café|magasin|activité|établissement|salon|garage|camping|cabinet|association|exploitation|ferme|gîte|étude|librairie|auberge|boulangerie|agence|asbl|sarl|sàrl) (.. )?(n'existe|fermé\\w*|vendu\\w*|cédé\\w*|cessé\\w*|liquid\\w*|dissout\\w*|radié\\w*|repris\\w*|rachet\\w*|faillite|n'est plus|a changé de mains|a été (vendu\\w*|repris\\w*|cédé\\w*|dissoute|fermé\\w*))
    (mis|mettre|mettons) (.. )?clé\\w* sous
    (changé|change|changement) (de|d') ?(métier|poste|société|entreprise|employeur|boîte|travail|orientation|fonction|service|vie|voie|secteur|mains|propriétaire|gérant|cap|job|crèmerie)
    (reconverti\\w*|reconversion|nouvelle vie|autre métier|tourné la page|raccroché)
    (décéd\\w*|décès|mort|morte|feu mon|n'est plus de ce monde|nous a quitté\\w*|s'est éteint\\w*|défunt\\w*|obsèques)
    # a private address
    (adresse|boîte|messagerie|mail|compte|numéro|ligne|courriel|gmail) (.. )?(personnelle?|privée?|perso|d'un particulier|à un particulier|d'une famille|familiale?)
    (suis|chez|d'|à|sommes) (un |des |simples? |de simples )?particuliers?
    (c'est|est|vous êtes) (.. )?(chez un|maison|domicile|logement|adresse) (.. )?(particulier|privée?|perso\\w*|familiale?)
    ^(mais |euh |désolé\\w* |bonjour |ben |enfin |moi |nous |mais moi |mais nous |ah )*(je suis|on est|nous sommes|ici c'est|chez nous c'est|moi c'est|vous êtes (chez|dans|à)|vous écrivez à|c'est|nous c'est|ici) (un |une |le |la |l'|des |du |que |qu'|juste |de |d'|au |simple )*(\\w+ )?${trade} (.. )?(ici|lol|mdr|moi|pas (un|une|des)|monsieur|madame|et (non|pas))$
    ^(mais |euh |désolé\\w* |bonjour |ben |moi |nous |mais moi |mais nous |ah )*(je suis|on est|nous sommes|ici c'est|chez nous c'est|moi c'est|vous êtes (chez|dans)|vous écrivez à) (un |une |le |la |l'|des |du |que |qu'|juste |au |simple )*${trade}( lol| mdr| ici)?$
    (par inadvertance|par mégarde|par accident|surestim\\w*|recherche d'emploi|demandeu\\w* d'emploi|au chômage|en recherche d'emploi|baissé le rideau|rideau baissé|trie le courrier|facteur)
    (simple|simples) (patient\\w*|client\\w*|usag\\w*|visiteu\\w*|voisin\\w*|abonné\\w*|spectat\\w*|parent\\w*)
    (habite|travaille|vit|exerce|officie|loge) (.. )?plus (ici|là|à cette|chez|parmi)
    (bosse|travaille|suis) plus (là|la|ici|chez|dans)
    (remis|rendu|quitté|déposé|terminé|cédé|abandonné) (mon|ma|mes|notre) (mandat|tablier|fonctions?|charge|poste|badge|clés?)
    (livre|vend|vends|fait|fais|fabrique|gère|produit|achète) rien (nous|moi|ici|du tout)
  `,
  hint: `
    (nous sommes|je suis|on est|c'est|ici c'est|chez nous c'est) (un|une|le|la|l'|des|de) .*
    (pas|plus) (moi|nous)$
    (personne|qui) (.. )?(moi|ici) (.. )?(pas|jamais|aucun\\w*)
    (pas|jamais|aucun\\w*) (de |d'|eu de |mis les pieds|entendu parler) .*
    ici (c'est|on|nous) .*
    (jamais) (travaillé|dirigé|eu|été|entendu|mis|possédé|géré) .*
  `,
};
