// German, as in Germany, Austria and Switzerland.
import type { Language } from '../language.ts';
import type { PhraseText } from '../phrases.ts';
import { referral, wrongPerson } from './de/passing-on.ts';
import { notInterested, notNow } from './de/refusing.ts';
import { interested, question } from './de/wanting.ts';
import { near } from './de/words.ts';

const mails =
  '(?:mails?|mailings?|nachrichten?|nachricht|werbung|werbemails?|werbepost|werbenachrichten|werbeschreiben|spam|spammails?|kontaktaufnahmen?|kontaktversuche?|kontaktanfragen?|zuschriften?|anfragen|newsletter|post|zusendungen?|angebote?|anschreiben|schreiben|infos|infomails?|informationen|anrufe?|belästigungen?|werbebotschaften|akquise\\w*|kaltakquise|verkaufsmails?|vertriebsmails?|reklame|massenmails?|rundmails?|serienmails?|erinnerungen|follow ups?|nachfass\\w*|müll|mist|schrott)';
const list =
  '(?:verteilern?|listen?|mailinglisten?|mailliste|mailverteiler|datenbank|datenbanken|adressliste|adressbestand|adressbestände|adressdatei|kundendatei|datei|newsletter|verteilerliste|system|systemen|adressdatenbank|kartei|karteien|datenbestand|kundenstamm|kontaktliste|kontakten|crm|kampagne|sequenz|empfängerliste|aussendung|aussendungen|maillisten?|mailing|mailings|adressbuch|werbeliste|abo)';
const data =
  '(?:daten|adresse|adressen|mailadresse|mailadressen|mail adresse|mail adressen|mail|kontaktdaten|personenbezogene\\w*|angaben|name|namen|kontakt|datensatz|eintrag|kontaktinformationen|firmendaten|email|nummer|telefonnummer|account|anschrift)';

const unsubscribe: PhraseText = {
  sure: `
    # "löscht mich", "nehmen Sie uns bitte aus", "streich mich"
    (löschen|lösche|lösch|löscht|entfernen|entferne|entfernt|streichen|streich|streicht|sperren|austragen|blockieren) (sie |du |ihr )?(bitte |endlich |doch |sofort |umgehend )*(mich|uns)
    (tragen|trage|trag|nehmen|nimm|nehme|nehmt|streichen|streiche|streich|streicht|löschen|lösche|lösch|löscht|entfernen|entferne|entfern|entfernt|schmeißen|schmeiß|schmeißt|werfen|wirf|werft|tragt|hauts|hau|haut|haun|kicken|kick|kickt|nehmts|tuts|tu|tun) (sie |du |ihr |bitte |endlich |doch |mal |sofort |umgehend |einfach |also |nun |jetzt |unverzüglich )*(mich|uns|meine|unsere|meinen|unseren|diese|die|alle|meinem|mein|mi) (.. )?(aus|raus|von|heraus|vom|außi|aussi|weg|runter|${data}|${list}|umgehend|sofort|bitte|endlich)
    (tragen|nehmen|streichen|löschen|entfernen) (.. )?(mich|uns) (.. )?(aus|raus|heraus|von) (.. )?${list}
    (bitte|möchte|möchten|will|wollen|würde|hiermit|können|könnten|könnt|kannst|werden|kann|wünsche|wünschen|sofort|gern|gerne|darum|endlich|ersuche\\w*|fordere\\w*|verlange\\w*|bestehe\\w*|muss|müssen) .. (abmelden|abzumelden|austragen|auszutragen|abbestellen|abzubestellen|ausgetragen|abgemeldet|rausgenommen|herausgenommen|rausnehmen|herausnehmen|herauszunehmen|rauszunehmen|ausgeloggt|austrage\\w*)
    (aus|von|vom) (ihrem|ihrer|eurem|eurer|deinem|deiner|dem|der|ihren|euren|deinen|allen|sämtlichen|dieser|diesem|diesen|einem|jeglichen|jeder|eurn) (\\w+ )?(\\w+ )?${list}
    (vom|ausm|außm) (\\w+ )?(verteiler|newsletter|mailverteiler)
    (raus|runter|weg) (aus|von|ausm|vom|mit) (der|dem|eurer|eurem|ihrer|ihrem|deiner|deinem|mir|uns|den|meiner|unserer)?( \\w+)? ?(${list}|${data})
    (löschen|lösche|lösch|löscht|löschung|gelöscht|entfernen|entfernt|entfernung|tilgen|vernichten|sperren|zu löschen|sperrung|austragung|beseitigung|streichung) .. (meine[rnms]?|unsere[rnms]?|unserer|diese[rs]?|die|aller|sämtliche\\w*|der|alle|personenbezogene\\w*) .. ${data}
    (meine[rnms]?|unsere[rnms]?|diese[rs]?|alle|sämtliche|die) (.. )?${data} (.. )?(löschen|gelöscht|entfernen|entfernt|zu löschen|streichen|sperren|austragen|gestrichen|löscht|lösch|rausnehmen|vernichten|rauszulöschen|rauslöschen|gesperrt|zu entfernen|zu sperren|herausnehmen|tilgen|herausgenommen|lösche|zu streichen|zu vernichten)
    (löschung|entfernung|austragung|abmeldung|sperrung|streichung) (.. )?(bestätigen|bestätigung|veranlassen|verlange\\w*|fordere\\w*|beantrage\\w*|wünsche\\w*|durchführen|vornehmen|erbeten|aus|von|vom)
    (beantrage|beantragen|fordere|fordern|verlange|verlangen|erbitte|erbitten|wünsche|wünschen|bitte um|bitten um|ersuche um|ersuchen um) (.. )?(löschung|entfernung|austragung|abmeldung|sperrung|streichung)
    bestätigen (sie )?(mir |uns )?(.. )?(löschung|entfernung|abmeldung|austragung)
    # one word, or nearly
    ^(stop|stopp|stoppen|abmelden|abmeldung|austragen|löschen|löscht mich|abbestellen|abbestellung|unsubscribe|schluss|aufhören|raus|ende|es reicht|opt out|optout|kündigung|entfernen|streichen|remove|austragung|löschung|delete|bitte nicht|stop it|weg damit|stop mailing|schluss damit|schluss jetzt|basta|finger weg|ruhe)( bitte| danke| jetzt| endlich| damit| sofort| mit dem| mich| vielen dank| merci)*$
    ^(bitte |hiermit |sofort |mich bitte |umgehend |dringend |endlich |stopp |einfach |uns |mich )+(.. )?(abmelden|austragen|löschen|abbestellen|entfernen|streichen|abmeldung|löschung|stoppen|beenden|rausnehmen|unsubscribe|einstellen|unterlassen|herausnehmen|aufhören|sperren)( .*)?
    (unsubscribe|opt out|please remove|remove me|remove us|delete me|take me off)
    (melde|melden|meld) (.. )?(mich|uns) (.. )?(vom|von|hiermit|hier) (.. )?(ab|newsletter|verteiler)
    (will|wollen|möchte|möchten|mag|darf|muss) (.. )?(raus|weg|runter)( will| möchte| wollen)?$
    (aus dem|vom|aus der|von der) (\\w+ )?(verteiler|liste|newsletter) (raus|runter|weg)( .*)?
    (newsletter|abo|abonnement|werbung|mails?|werbemails?) (bitte |sofort |hiermit |umgehend |jetzt )*(abbestellen|abmelden|kündigen|stornieren|stoppen|beenden|einstellen|abbestellt|stop|stopp)( .*)?
    (bestelle|bestellen|kündige|kündigen|melde) (.. )?(newsletter|abo|mailing|mails?) (.. )?(ab|hiermit)?$
    weg mit (meiner|meinem|meinen|der|unserer|unserem|dem) ${data}
    ^(bitte )?kein\\w* (weiteren |weiterer |weitere )?kontakt(e)?( mehr)?( bitte| danke| weder .*| mehr .*)?$
    # no more mails
    (keine|keinerlei|keine einzige|nie wieder|keinen|nie mehr|nicht mehr|kein|koa|kane) (weiteren |weitere |mehr |solche |solchen |derartigen |derartige |unerwünschten |ihrer |eurer |deiner |weitern |zusätzlichen |einzige |neuen )*${mails} (.. )?(mehr|schicken|senden|zusenden|wünsche|wünschen|zukommen|schickt|an mich|an uns|an diese|von euch|von dir|von ihnen|dieser art|erwünscht|gewünscht|versenden|zustellen)
    kein\\w* (weiteren |weitere |weiterer |mehr )*kontakt (mehr )?(bitte|erwünscht|gewünscht|wünsche\\w*|aufnehmen|zu mir aufnehmen)
    (keine|keinerlei|kein) (weiteren|weitere|weitern|weiteres|derartigen|unaufgeforderten|unverlangten|unerwünschten) (unaufgeforderten |werblichen |ungewollten |\\w+ )?${mails}
    ^(bitte )?(keine|kein) ${mails} (mehr|an)( .*)?
    ^(bitte )?(keine|kein) (werbung|werbemails?|spam|reklame|kaltakquise)( bitte| mehr| danke| per mail)*$
    (verzichten|verzichte|verzicht|absehen|sehen) (.. )?(auf|von) (.. )?(weiteren|weitere|künftige|zukünftige|derartige|solche|solchen) (\\w+ )?(${mails}|werbliche\\w*)
    (von|auf) (weiteren|weitere|weiterer|künftigen|zukünftigen|derartigen|solchen|jeglicher|jeglichen) (\\w+ )?(\\w+ )?${mails} (.. )?(absehen|abzusehen|verzichten|abstand|verschont|ab|verschonen|zu verzichten)
    (verschonen|verschone|verschont|verschon) (.. )?(mich|uns) (.. )?(mit|von|bitte|künftig)
    # do not write again
    (nicht|nie|niemals|nimmer|ned|net|nicht noch) (mehr|wieder|weiter|weiterhin|noch einmal|nochmal|nochmals|länger|erneut|ein weiteres mal|nomol|nomal|noamoi|zu|weiters|nochmal) ${near}(anschreiben|anzuschreiben|angeschrieben|kontaktieren|zu kontaktieren|kontaktiert|zu schreiben|anmailen|anzumailen|belästigen|belästigt|behelligen|behelligt|mailen|zu belästigen|angemailt|zuspammen|nerven|zumüllen|zugespammt|bespammen|bombardieren|bombardiert|vollspammen|anrufen|zusenden|zuschicken|zu mailen|zugemüllt|zugeschickt|zugesandt|gestört|stören|anquatschen|verfolgen sie mich)
    (nicht|nie|niemals|nimmer|ned|net) (mehr|wieder|weiter|weiterhin|noch einmal|nochmal|nochmals|länger|erneut) (bitte |mich |mir |uns |bei |bei mir |bei uns |von ihnen |von euch |von dir |so was |sowas |per |per mail |hierher |an mich |an uns |an diese |adresse |unter dieser )*(schreiben|schicken|senden|melden|hören|erhalten|bekommen|kontaktiert|mails?)
    (mich|mir|uns) (bitte |künftig |zukünftig |in zukunft |ab sofort |hinkünftig |fortan |ab jetzt |überhaupt |einfach |auch )*(nicht|nie|niemals|nimmer|nichts|nix|ned|net) (mehr|wieder|weiter|länger|nochmal|nochmals|noch einmal|weiterhin) ${near}(zu |an|kontaktieren|schreiben|schicken|senden|zusenden|anschreiben|mailen|anmailen|belästigen|behelligen|nerven|anrufen|stören)
    (schreiben|kontaktieren|mailen|belästigen|nerven|schreib|schreibe|kontaktiere|mail|nerv|melden|meld|behelligen|schreibt|schreibts|spammt|senden|schicken|schick|schickt|schickts|anschreiben|kontaktiert|meldet|mailt|nervt|stören) (sie |du |ihr |ma |mia |ma bitte )?(mich|mir|uns|sich|euch|dich|ma|bei mir|bei uns) (bitte |in zukunft |künftig |zukünftig |ab sofort |auch |einfach |doch |bei uns |bei mir |hier |deswegen |damit |jetzt )*(nicht|nie|nichts|keine|nimmer|nix|ned|net)( mehr| wieder| weiter| nochmal| weiterhin| noch einmal| nochmals| mit| an| ${mails})
    (schreiben|kontaktieren|mailen|belästigen|nerven|schreib|kontaktiere|schreibt) (sie |du |ihr )?(mich|mir|uns|bei mir|bei uns) (bitte |in zukunft |künftig |zukünftig |ab sofort )*(nicht|nie|nichts|nimmer)$
    (nichts|nix) mehr (von ihnen|von euch|von dir|davon|zusenden|schicken|zu hören|senden|erhalten|bekommen|sehen|hören|lesen|wissen)(?! gehört)( .*)?
    (will|möchte|wünsche|möchten|wollen|wünschen|mag|mögen) (.. )?(solche|diese|ihre|eure|derartige|so|deine|sowas|so was|dass) (.. )?(mails?|nachrichten|werbung|post|werbemails|zusendungen|schreiben|anfragen|newsletter) (.. )?(nicht|nimmer|ned)
    (möchte|möchten|will|wollen|wünsche|wünschen|lege|legen|habe|wollte) .. (nicht|keine|nichts|kein|keinen) .. (kontaktiert|angeschrieben|erhalten|bekommen|belästigt|von ihnen hören|behelligt|zusendungen|wert auf ihre|angemailt|kontakt mit ihnen|zugeschickt|zugesendet|zugesandt|kontaktaufnahme\\w*|spam|werbung per|werbung erhalten|werbemails)( .. )?(werden|mehr|erhalten|bekommen)?
    (wünsche|wünschen) (.. )?(keine|keinerlei|keinen) (\\w+ )?${mails}
    (hören|hör|hört|hörts) (sie |du |ihr |endlich |bitte |doch |mal |nun |jetzt |sofort |einfach )*(auf|damit auf|auf damit|endlich auf)( .*)?
    (aufhören|aufzuhören) (.. )?(mir|mich|uns|zu schreiben|zu mailen|mails|damit|mit)
    (endlich|bitte|sofort|jetzt|damit) (.. )?(auf|auf zu|aufzuhören|aufhören)( mit .*| zu nerven| zu mailen)?$
    # cease, legal steps
    (stellen sie|stellt|stell) (.. )?(das|dies|diese\\w*|es|ihre|eure|den|die|bitte|solche) (.. )?ein$
    (sehen|seht|sieh|sehn) (sie |du |ihr )(.. )?(von|davon) (.. )?ab( uns| mich| mir| weiter\\w*)?( .*)?
    (davon|künftig|bitte) (.. )?(abzusehen|absehen) (uns|mich|mir|weiter\\w*) (.. )?
    (lege|legen|habe|haben) (.. )?(keinen wert|keinerlei wert) (.. )?(auf|mails|post|werbung|zusendungen|kontakt) (.. )?${mails}
    (auf|an|von|für) (diese|solche|derartige|derlei|dieser|solchen) (art von |art |form von )?(\\w+ )?${mails} (.. )?(keinen wert|kein interesse|verzichten|keine lust|gern verzichten|nicht angewiesen)
    (interesse|wert|lust|bedarf) (an|auf) (weiteren|ihren|euren|solchen|derartigen|künftigen|weitere|ihre|solche|derartige|deinen) (\\w+ )?${mails}
    (unterlassen|unterlassung|unterlassungs\\w+|zu unterlassen|unterlasse|unterlasst|einzustellen|sofort einstellen|umgehend einstellen|einstellen der|strafbewehrt\\w*)
    (abmahn\\w*|mahne .. ab|rechtliche schritte|rechtlichen schritten|rechtlich vorgehen|rechtlich gegen|juristisch\\w* (schritte|vorgehen)|anwalt einschalten|anwältin einschalten|anwaltlich|rechtsanwalt einschalten|anwalt übergeben|anzeige (erstatten|erstatte|bei|wegen)|zeige sie an|strafanzeige|bundesnetzagentur|verbraucherzentrale|verbraucherschutz|wettbewerbszentrale|datenschutzbehörde|aufsichtsbehörde|arbeiterkammer|fernmeldebüro|fernmeldebehörde|seco|konsumentenschutz)
    (beschwerde|beschweren|beschwere|melde|melden|meldung|anzeige|gemeldet|wende\\w*) (.. )?(datenschutz\\w*|landesdatenschutz\\w*|behörde|provider|hoster|mailgun|google als)
    (verstoß|verstößt|verstoßen|verletz\\w*|unzulässig\\w*|rechtswidrig\\w*|gesetzwidrig\\w*|verboten|illegal\\w*|unlauter\\w*|strafbar\\w*|wettbewerbswidrig\\w*|nicht (erlaubt|zulässig|rechtens|gestattet)) (.. )?(gegen|uwg|dsgvo|ds gvo|datenschutz\\w*|werbung|tkg|mails?|ihre|kontaktaufnahme|zusendung\\w*|nach|gemäß|im sinne)
    (kaltakquise|mailwerbung|werbung per mail|unaufgeforderte werbung) (.. )?(verboten|illegal|unzulässig|nicht erlaubt|unlauter|untersagt)
    (uwg|tkg 2021|paragraph 7|§ 7|art 21|art 17|artikel 17|artikel 21|werbewiderspruch|revdsg|recht auf (löschung|vergessen\\w*|widerspruch)|widerspruchsrecht)
    (löschung|löschen|widerspruch|widerspreche|widersprechen|widerrufe|unterlassen|beschwerde|verarbeitung|entfernen|verstoß\\w*|abmeld\\w*) (.. )?(dsgvo|ds gvo|datenschutzgrundverordnung|datenschutz grundverordnung|dsg|revdsg)
    (dsgvo|ds gvo|datenschutzgrundverordnung|datenschutz grundverordnung|dsg) (.. )?(löschung|löschen|widerspruch|widerspreche|widersprechen|widerrufe|unterlassen|beschwerde|zu löschen|verstoß\\w*)
    (widerspreche|widersprechen|widerspruch|widerrufe|widerrufen|widerruf|untersage|untersagen|verbiete|verbieten|verbitte|verbitten|untersagt|verwehre\\w*|verbitt) (.. )?(nutzung|verarbeitung|verwendung|daten|werbung|zusendung\\w*|kontakt\\w*|einwilligung|speicherung|weiteren|weitere|ihnen|mir|uns|jegliche\\w*|jede\\w*|mails?|anrufe|weitergabe|künftig\\w*|hiermit|der|derlei|solche)
    (nie|niemals|keine|nicht|ohne) (.. )?(eingewilligt|einwilligung|zugestimmt|zustimmung|angemeldet|erlaubnis|einverständnis|eingetragen|abonniert|registriert bei|opt in|optin|genehmigung|newsletter bestellt|angefordert)
    (ungefragt|unaufgefordert|unverlangt) (.. )?(mails?|werbung|zugeschickt|anschreiben|angeschrieben|schreiben|kontaktieren|zusenden|zu)
    (als|für) (spam|phishing|junk|unerwünscht) (.. )?(melden|gemeldet|markier\\w*|kennzeichn\\w*|gekennzeichnet|einstuf\\w*|eingestuft|verschieb\\w*|verschoben|melde)
    (melde|melden|markiere|markieren|kennzeichne|verschiebe|gemeldet|markiert) (.. )?(als|den|in den|als|dies|das|euch|sie)? ?(spam|junk|phishing)
    (landet|landen|wandert|wandern|kommt|kommen|kommst|landest|schiebe|verschiebe) (.. )?(ab sofort|künftig|ab jetzt|nun|jetzt|automatisch|direkt|ab nun|zukünftig|beim nächsten) (.. )?(spam\\w*|junk\\w*|papierkorb|filter|blacklist)
    (blockiere|blockier|blockieren|blockiert|sperre|geblockt|blocke|blocken|blockieren|block|blacklist\\w*|gesperrt) (.. )?(sie|euch|dich|ihnen|absender|adresse|domain|alle|diese|ihre|eure|dich|werden|sonst|jetzt)
    (sie|euch|dich|absender|adresse|domain) (.. )?(blockiert|geblockt|gesperrt|blockieren|blocken|auf die blacklist|auf der blacklist|sperrliste)
    (lassen|lass|lasst|lossts|losst|lossn) (sie |du |ihr |se )?(mich|uns|mi|mir) (bitte |endlich |einfach |doch |ab sofort |jetzt |gefälligst |mal )*(in ruhe|in frieden|in ruah|zufrieden|in rua)
    (meine|unsere|eine|ihre|will|mal|endlich) ruhe (vor|haben|gelassen|von)
    (unverlangte\\w*|unerwünschte\\w*|unaufgeforderte\\w*|ungebetene\\w*|unzulässige\\w*|ungewollte\\w*|unerbetene\\w*|unerlaubte\\w*|lästige\\w*|nervige\\w*) (\\w+ )?(werbung|mails?|nachrichten|zusendung\\w*|werbemails?|kontaktaufnahmen?|post|anfragen|mail werbung|mailwerbung|spam\\w*|werbezusendung\\w*)
    (belästigung|belästigungen|belästigen|belästigend|spamerei|spammerei|gespamme|werbemüll|spammer|spamschleuder|spamversand|zugespammt|zugemüllt|zumüllen|zuspammen|mailterror|mailflut|spambot|spamflut|dauerbeschuss|bombardier\\w*)
    (verpiss|verpissen|verzieh|schleich|verzupf|schleichts|hau ab) (dich|euch|sie|di|eich)
    von weiteren (\\w+ )?${mails}
    (letzte) (warnung|aufforderung|mahnung|verwarnung)
    (schon|bereits|jetzt|nun|mittlerweile) (.. )?(mehrfach|mehrmals|zweimal|dreimal|zum \\w+ mal|das \\w+ mal|mal) (.. )?(gebeten|abgemeldet|aufgefordert|widersprochen|abbestellt)
    (trotz|obwohl) (.. )?(abmeldung|widerspruch\\w*|abgemeldet|widersprochen|ausgetragen|gebeten)
    (abmelde|abbestell|unsubscribe) ?(link|funktion|button|möglichkeit)
    (abmeldelink|abbestelllink|abmeldefunktion|abmeldebutton|austragungslink|abmeldemöglichkeit)
    (auf|in) (die|eure|ihre|eine|der|unsere) (robinsonliste|robinson liste|sperrliste|blacklist|blockliste|schwarze liste|ecg liste|sperrdatei)
    (robinsonliste|ecg liste|sperrvermerk|keine werbung)
    (nie wieder|niemals wieder|nie mehr|nimmermehr) (.. )?(hören|mails?|kontakt\\w*|schreiben|melden|anschreiben|belästigen|was von)
    (kontakt|kontaktaufnahme|korrespondenz|konversation|kommunikation|schriftverkehr) (.. )?(unerwünscht|nicht erwünscht|nicht gewünscht|einstellen|beenden|unterlassen|abbrechen|zu unterlassen)
    (weitere|weiteren|künftige) (\\w+ )?${mails} (.. )?(unerwünscht|nicht erwünscht|nicht gewünscht|ungeöffnet|ungelesen|ignoriert|nicht nötig|zwecklos)
    (gelöscht|entfernt|ausgetragen|abgemeldet) (.. )?(werden|zu werden) (.. )?(bitte|danke|aus|vom)?$
  `,
  hint: `
    spam
    (genug|satt|nervt|nerven|zu viele|zu viel|voll) .. ${mails}
    (es reicht|jetzt reicht|jetzt reichts|reicht jetzt|schluss|frechheit|unverschämtheit|dreist|penetrant|aufdringlich)
    (ruhe|aufhören|abmelden|austragen|verteiler)
  `,
};

const leave = `
  (mich|mir) (können|kannst|dürfen|könnt) .. (verteiler|kopie|cc|weglassen|rausnehmen|liste)
  (mich|mir) .. (aus (der|dem) (cc|kopie|mailverkehr|verlauf))
  (mich|mir) (bitte |dann |künftig |dabei |hier |gern |gerne )*(aus|in) (der |dem )?(cc|kopie|bcc|verlauf|mailverkehr|konversation|thread)( .*)?
`;

export const german: Language = {
  negation:
    `(nicht|nich|nix|nichts|ned|net|nie|niemals|kein|keine|keinen|keiner|keinem|keinerlei|weder|ohne|nein|niemand|kaum|noch|koa|kane|nüt)`,
  habit:
    `(normalerweise|eigentlich|normal|meistens|meist|in der regel|grundsätzlich|sonst|üblicherweise|generell|im normalfall)`,
  condition: `
    (wenn|falls|sollten|sofern) (sie|du|ihr)
    haben sie interesse
    sie haben interesse
  `,
  leave,
  unsubscribe,
  referral,
  wrong_person: wrongPerson,
  not_now: notNow,
  not_interested: notInterested,
  question,
  interested,
};
