// German, as in Germany, Austria and Switzerland.
import type { Language } from '../language.ts';

export const german: Language = {
  negation:
    `(nicht|nich|nix|nichts|ned|net|nie|niemals|kein|keine|keinen|keiner|keinem|keinerlei|weder|ohne|nein|niemand|kaum|noch)`,
  habit:
    `(normalerweise|eigentlich|normal|meistens|meist|in der regel|grundsätzlich|sonst|üblicherweise|generell|im normalfall)`,

  unsubscribe: {
    sure: `
      (löschen|lösche|lösch|löscht|entfernen|streichen) (sie |du )?(mich|uns)
      (will|möchte|wünsche|möchten|wollen|wünschen) (.. )?(solche|diese|ihre|eure|derartige|so) (mails?|nachrichten|werbung|post|werbemails) (.. )?nicht
      (ohne|keine) (meine |unsere )?(einwilligung|erlaubnis|zustimmung)
      ^(stop|stopp|abmelden|abmeldung|austragen|löschen|abbestellen|abbestellung|unsubscribe|schluss|aufhören|raus|ende|es reicht|opt out|kündigung|entfernen|streichen)( bitte| danke| jetzt| endlich| damit| sofort| vielen dank)*$
      ^(bitte |hiermit |sofort |mich bitte |umgehend )+(.. )?(abmelden|austragen|löschen|abbestellen|entfernen|streichen|abmeldung|löschung)
      (bitte|möchte|möchten|will|wollen|würde|hiermit|können|könnten|werden|kann|wünsche|wünschen|sofort|gern|gerne|darum|endlich) .. (abmelden|abzumelden|austragen|auszutragen|abbestellen|ausgetragen|abgemeldet|aus dem verteiler|vom verteiler|aus ihrem verteiler)
      (tragen|trage|trag|nehmen|nimm|nehme|nehmt|streichen|streiche|streich|streicht|löschen|lösche|lösch|löscht|entfernen|entferne|entfern|entfernt|schmeißen|schmeiß|werfen|wirf|tragt) (sie |du |ihr |bitte |endlich |doch |mal |sofort |umgehend )*(mich|uns|meine|unsere|meinen|unseren|diese|die|alle|meinem|mein) (.. )?(aus|raus|von|heraus|vom|adresse|mailadresse|daten|liste|verteiler|datenbank|kontakt\\w*|mail|namen|umgehend|sofort|bitte|endlich)
      (löschen|lösche|lösch|löscht|löschung|gelöscht|entfernen|entfernt|entfernung|tilgen|vernichten|sperren|zu löschen) .. (meine|unsere|meiner|unserer|diese|dieser|die|aller|der|personenbezogene\\w*) .. (daten|adresse|mailadresse|kontaktdaten|mail|personenbezogene\\w*|angaben|mail adresse)
      (meine|unsere|meiner|unserer|diese|die) .. (daten|adresse|mailadresse|kontaktdaten|mail adresse|mail|name) .. (löschen|gelöscht|entfernen|entfernt|zu löschen|streichen|sperren|austragen|gestrichen|löscht|lösch|rausnehmen)
      (aus|von|vom) (ihrem|ihrer|eurem|eurer|deinem|deiner|dem|der|ihren|euren|allen|sämtlichen|dieser|diesem|einem) (\\w+ )?(verteiler|verteilern|liste|listen|mailingliste|mailliste|datenbank|adressliste|adressbestand|mailverteiler|newsletter|verteilerliste|system|adressdatenbank|kartei|datenbestand)
      vom verteiler
      (raus|runter|weg) (aus|von) (der|dem|eurer|eurem|ihrer|ihrem|deiner|deinem) (\\w+ )?(liste|verteiler|datenbank)
      (keine|keinerlei|keine einzige|nie wieder|keinen|nie mehr|nicht mehr) (weiteren |weitere |mehr |solche |solchen |derartigen |derartige |unerwünschten |ihrer |eurer |weitern |zusätzlichen )*(mails?|nachrichten|nachricht|werbung|werbemails?|spam|kontaktaufnahme\\w*|zuschriften|anfragen|newsletter|post|zusendungen|angebote|anschreiben|werbemail|mailings|schreiben|kontaktversuche|infos|informationen|anrufe|belästigungen|kontakt|werbebotschaften) (.. )?(mehr|bitte|von ihnen|erhalten|bekommen|schicken|senden|zusenden|zu|wünsche|aufnehmen|schreiben|zukommen|kriegen|schickt|sende|an|von euch|von dir|danke|dieser art|dieser)
      (keine|keinerlei) (weiteren|weitere|weitern|derartigen) (mails?|nachrichten|werbung|werbemails?|kontaktaufnahme\\w*|zuschriften|anfragen|post|zusendungen|angebote|anschreiben|schreiben|mailings|kontaktversuche)
      ^(bitte )?keine (mails?|werbung|werbemails|nachrichten) mehr
      (nicht|nie|niemals|nimmer|ned|net) (mehr|wieder|weiter|weiterhin|noch einmal|nochmal|nochmals|länger|erneut) (.. )?(anschreiben|anzuschreiben|angeschrieben|kontaktieren|zu kontaktieren|kontaktiert|schreiben|zu schreiben|anmailen|belästigen|belästigt|behelligen|behelligt|mailen|melden|kontakt|schicken|zu belästigen|senden|angemailt|zuspammen|hören|nerven|erhalten|bekommen)
      (schreiben|kontaktieren|mailen|belästigen|nerven|schreib|kontaktiere|mail|nerv|melden|behelligen|schreibt|spammt|senden|schicken) (sie |du |ihr )?(mich|mir|uns|sich|bei mir|bei uns) (bitte |in zukunft |künftig |zukünftig |ab sofort |auch )*(nicht|nie|nichts|keine|nimmer)( mehr| wieder| weiter)?
      (nichts|nix) mehr (von ihnen|von euch|von dir|hören|zusenden|schicken|zu hören|senden|erhalten|bekommen)
      (hören|hör|hört) (sie |du |ihr |endlich |bitte |doch |mal |nun |jetzt )*(auf|damit auf|auf damit|endlich auf)
      (unterlassen|unterlassung|zu unterlassen|unterlasse|unterlasst|einstellen|einzustellen|stellen sie .. ein|sehen sie .. ab)
      (abmahn\\w*|mahne .. ab|rechtliche schritte|anwalt einschalten|anzeige|bundesnetzagentur|verbraucherzentrale|wettbewerbszentrale|datenschutzbehörde|datenschutzbeauftragt\\w*|uwg)
      (dsgvo|ds gvo|datenschutzgrundverordnung|datenschutz grundverordnung|revdsg|recht auf (löschung|vergessen\\w*)|werbewiderspruch|art 17|art 21|artikel 17|auskunft nach)
      (widerspreche|widersprechen|widerspruch|widerrufe|widerruf) .. (nutzung|verarbeitung|verwendung|daten|werbung|zusendung|kontakt|einwilligung|speicherung|weiteren)
      (nie|niemals|keine|nicht) .. (eingewilligt|einwilligung|zugestimmt|zustimmung|angemeldet|erlaubnis|einverständnis|bestellt|eingetragen|einverstanden)
      (als|für) (spam|phishing|junk|unerwünscht)
      spam .. (melden|gemeldet|markiert|ordner|gekennzeichnet|verschoben)
      (blockiere|blockier|blockieren|blockiert|sperre|geblockt|blocke|blocken) .. (sie|euch|dich|absender|adresse|domain|alle|diese|ihre|eure)
      (lassen|lass|lasst) (sie |du |ihr )?(mich|uns) (bitte |endlich |einfach |doch )*(in ruhe|in frieden)
      (unverlangte|unerwünschte|unaufgeforderte|ungebetene|unzulässige) (werbung|mails?|mail|nachrichten|zusendung\\w*|werbemails?|kontaktaufnahme|post|anfragen|mail werbung)
      (belästigung|belästigungen|spamerei|spammerei|gespamme|werbemüll)
      (verpiss|verpissen|verzieh|schleich) (dich|euch|sie|di)
      (möchte|möchten|will|wollen|wünsche|wünschen) .. (nicht|keine|nichts) .. (kontaktiert|angeschrieben|erhalten|bekommen|mails|belästigt|von ihnen|behelligt|werbung|zusendungen)( .. )?(werden|mehr|erhalten|bekommen)?
      von weiteren (zusendungen|mails?|kontakt\\w*|nachrichten|anfragen|schreiben|angeboten|anschreiben)
    `,
    hint: `
      spam
      (genug|satt|nervt|nerven|zu viele|zu viel) .. (mails?|post|nachrichten|werbung)
      (es reicht|jetzt reicht)
    `,
  },

  condition: `
    (wenn|falls|sollten|sofern) (sie|du|ihr)
    haben sie interesse
    sie haben interesse
  `,

  leave: `
    (mich|mir) (können|kannst|dürfen|könnt) .. (verteiler|kopie|cc|weglassen|rausnehmen|liste)
    (mich|mir) .. (aus (der|dem) (cc|kopie|mailverkehr|verlauf))
  `,

  referral: {
    sure: `
      (wenden|wende|wendet|kontaktieren|kontaktiere|schreiben|schreib|schreibe|sprechen|sprich|fragen|frag|frage|melden|melde|richten|richte|probieren|versuchen|versuchs|probiers|mailen|mail|rufen|ruf|anrufen|adressieren|schicken|schick|senden|sende|leiten|nachfragen|nachfrage|ansprechen|gehen|kontakt|zu wenden|zu richten|zu kontaktieren|hinwenden) (sie |du |dich |sich |das |es |die |mal |bitte |doch |lieber |am besten |besser |gern |gerne |direkt |hierfür |dafür |hierzu |dazu |diesbezüglich |in zukunft |künftig |ab sofort |ihre anfragen |stattdessen |einfach |hier |dort |in dieser sache )*(an |bei |mit |über |zu )?(der |die |den |das |dem )?(herrn?|frau|hr|fr|<mail>|kolleg\\w+|mein(e|en|em|er)? \\w+|unser(e|en|em|er)? \\w+|geschäftsführ\\w*|personalabteilung|einkauf\\w*|marketing\\w*|chef\\w*|zentrale|verwaltung|hausverwaltung|geschäftsleitung|vorstand|betriebsrat|it abteilung|sekretariat|it|hr|zuständig\\w+|kollege\\w*|inhaber\\w*|eigentümer\\w*|vertrieb\\w*|buchhaltung|hauptverwaltung|nachfolg\\w+|ihn|sie|ihm|ihr|konzern\\w*|fachabteilung|ceo|cfo|cto|agentur|steuerberater\\w*|personalchef\\w*|leitung|leiter\\w*|dr|dipl)
      (wenden|wende) (sie|dich|euch) .. (an)
      (schreib|frag|ruf|mail|kontaktier|red|schreibts|fragts) (dem|der|den|die|ihm|ihr|ihn) (.. )?
      (herr|herrn|frau|hr|fr|kolleg\\w+|mein(e|en|em|er)? \\w+|unser(e|en|em|er)? \\w+|geschäftsführ\\w*|personalabteilung|einkauf|zentrale|abteilung|chef\\w*|der|die|das|ihm|ihr|sie|er|nachfolg\\w+) .. (zuständig|kümmert sich|verantwortlich|entscheidet|betreut|übernommen|übernimmt|bearbeitet|verantwortet|macht das|macht sowas|macht alles|macht so was|bestimmt|regelt das|leitet|koordiniert|der richtige|die richtige|meldet sich falls|meldet sich wenn|federführend)
      (zuständig|verantwortlich|ansprechpartner|ansprechpartnerin|ansprechperson|kontaktperson|kontakt|anlaufstelle|richtige\\w*|entscheider|entscheiderin) (.. )?(dafür |hierfür |hierzu |für \\w+ (\\w+ )?)?(ist|wäre|sind|dürfte|bleibt) (.. )?(herrn?|frau|hr|fr|mein\\w*|unser\\w*|<mail>|der|die|kolleg\\w+|bei uns|seit)
      (dafür|hierfür|das|hierzu|dazu|diese\\w*|darum) (ist|wäre|macht|machen|entscheidet|betreut|liegt|läuft|geht|bearbeitet|kümmert|kümmern|übernimmt|regelt|verantwortet) (.. )?(herrn?|frau|hr|fr|mein\\w*|unser\\w*|kolleg\\w+|die \\w+|der \\w+|bei (der|den|unserer|unserem|meinem|meiner)|über (die|unsere?|den|unseren)|alles (mein|meine|unser|unsere))( .. )?
      (weitergeleitet|weitergegeben|weitergereicht|rübergeschickt|weitergeschickt|übergeben|weiterverwiesen|abgegeben|weitergemailt|rübergegeben)
      (leite|gebe|reiche|leiten|geben|schicke|leit|geb|schick) (.. )?(weiter|rüber)
      (weiterleiten|weitergeben|weiterzuleiten|weiterreichen|weiterschicken) (.. )?(an|lassen|werde|lasse)?
      (werde|habe|hab|hab's|habs) .. (weiterleiten|weitergeleitet|weitergeben|weitergegeben|rübergeschickt|gegeben|geschickt|weitergereicht)
      (an|bei) (den|die|unseren|unsere|meinen|meine|unserem|meinem|unserer|meiner|herrn?|frau) .. (weitergeleitet|weiter|gegeben|geschickt|wenden|weiterleiten|besser aufgehoben|richtig|melden|gelandet|an der richtigen)
      (besser|richtig) (aufgehoben|an der richtigen adresse)
      (mein|meine|meinen|meinem|meiner) (nachfolger|nachfolgerin|nachfolge|vertreter|vertreterin|stelle hat|aufgaben hat|position hat|bereich hat)
      (nachfolge|nachfolger|nachfolgerin) (.. )?(ist|hat|tritt|angetreten|übernommen|heißt|übernimmt|antritt)
      (in|im|auf) (cc|kopie|bcc) (.. )?(gesetzt|kolleg\\w*|herr|frau|nehme|genommen|steht|setze|mein\\w*)
      (richtige|richtiger|richtigen|beste|bester|passende|passender) (ansprechpartner|ansprechpartnerin|ansprechperson|adresse|person|kontakt|mann|frau|stelle) (.. )?(ist|wäre|sind|hierfür|dafür|für)
      (dürfen|können|darfst|kannst) .. (auf mich|meinen namen) .. (beziehen|berufen|nennen|erwähnen)
      (sagen|sag) (sie|ihm|ihr)? ?(.. )?(von mir|dass ich|schöne grüße)
      (durchwahl|handy|telefonnummer|nummer) (ist|lautet|von|hat|\\d+)
      (wird|würde) sich (bei ihnen |bei bedarf |falls |dann )*(melden|bei ihnen)
      (stelle|stell) .. kontakt .. her
    `,
    hint: `
      <mail>
      (in|im) (cc|kopie)
      (an|bei) (herrn?|frau) .*
      (kollege|kollegin|chef|chefin) .. (dafür|zuständig|das|darum)
    `,
  },

  wrong_person: {
    sure: `
      gehört (mir|uns) (.. )?(nicht mehr|nimmer|nicht)
      (verstorben|gestorben|verstarb)
      das ist (die|eine) (mail )?(adresse|mailadresse) (.. )?(verein\\w*|privat\\w*|familie|schule)
      (falsche|falscher|falschen|falsches|falsch|verkehrte|verkehrten|verkehrter|verkehrt|unrichtige|falschem) (\\w+ )?(person|adresse|ansprechpartner\\w*|mail|firma|empfänger\\w*|abteilung|kontakt|stelle|adressat\\w*|mailadresse|nummer|haus|ort|unternehmen|dampfer|tür|gelandet|verbunden|herr|frau|hotel|huber|müller|erwischt|adressiert|verteiler|branche|verein|bei mir|bei uns|hier|zugestellt|dran)
      (beim|bei der|an die|an den|bei den|die|den|das|zum|zur) (falschen|falsche|verkehrten|verkehrte) .*
      (nicht|ned|net|nich|nimmer) (mehr |wirklich |hierfür |dafür |für .. |bei uns |der |die |das |ihr |hier |ganz )*(richtige|richtiger|richtigen|zuständige|zuständiger|passende|korrekte|geeignete|zuständig|verantwortlich|entscheidungsbefugt|befugt|involviert|eingebunden|weisungsbefugt|der adressat|gemeint|mein bereich|meine baustelle|mein gebiet|mein ressort|meine abteilung|mein bier|meine zuständigkeit|meine aufgabe|mein thema|mein aufgabenbereich|in meiner|in meinem)( .. )?
      (fällt|liegt|gehört) .. nicht (in|zu|bei)
      (nicht|nimmer|ned|nich) (mehr |länger )?(im unternehmen|in der firma|im betrieb|tätig|beschäftigt|angestellt|im dienst|in diesem bereich|aktiv|berufstätig|bei der|beim|bei \\w+|dort|da|in dieser|im amt|im geschäft|selbständig|selbstständig|für \\w+ tätig|an bord|der inhaber|inhaber)
      (nicht mehr|nimmer|schon lange nicht mehr) .. (arbeite|beschäftigt|tätig|angestellt|dort|da|firma|unternehmen|existiert|gibts|gibt es)
      (arbeite|bin|war) .. (nicht mehr|nimmer|woanders|anderswo|bei einer anderen|gewechselt)
      (nichts|nix|wenig|gar nichts|nichts mehr) (mehr )?(mit|damit|am hut|hiermit|dazu|daran) (.. )?(zu tun|am hut|zu schaffen|zu sagen|zu entscheiden|zu melden)
      (damit|hiermit|mit) .. (nichts|nix) (mehr )?(zu tun|am hut|zu schaffen)
      (nichts|nix|gar nichts) zu (entscheiden|sagen|melden|bestimmen)
      (im|in|seit|meinem|schon|meiner|den) (\\w+ )?(ruhestand|rente|pension|altersteilzeit|pensionierung|vorruhestand)
      (rentner|rentnerin|pensionist|pensionistin|pensioniert|berentet|pensionär)
      (verwechs\\w*|verwechsel\\w*|verwexl\\w*|namensvetter\\w*|namensgleich\\w*|gleichnamig\\w*|gleichen namens|gleicher name|selben namen|gleichen namen|ähnlichem namen|ähnlicher name|gleichem namen)
      (irrtum|irrtümlich|irrtümlicherweise|versehentlich|aus versehen|fehlgeleitet|irrläufer|irren sich|verirrt|fälschlich\\w*|sie irren|verwählt|versehen)
      (anderes|andere|anderen|ein anderer|eine andere) (unternehmen|firma|person|ort|haus|hotel|schule|gasthof|verein|betrieb|stadt|kanzlei|herr|frau|müller|branche)
      (sie|ihr|du) (suchen|sucht|suchst|meinen|meinst|meint) (.. )?(wohl|vermutlich|wahrscheinlich|sicher|eher|bestimmt|vielleicht|möglicherweise|jemand|einen anderen|eine andere|die|den|das)
      (habe|hab|haben|besitze|führe|betreibe|hatte|vermiete|leite|bin|vermieten|verkaufe) (ich |wir |hier |gar |überhaupt |auch |doch |selbst |noch |ja )*(nie |noch nie )?(kein|keine|keinen|nichts|nie eine?n?|keinerlei) (\\w+ )?(firma|unternehmen|betrieb|geschäft|laden|praxis|restaurant|hotel|pension|mitarbeiter\\w*|angestellten?|personal|ferienwohnung\\w*|fuhrpark|filiale\\w*|lager|campingplatz|eigene\\w*|gasthof|klinik|onlineshop|webshop|homepage|website|werkstatt|mieter|unternehmer|gewerbe|büro|kanzlei|befugnis|einfluss|entscheidungsbefugnis|mitspracherecht|arbeitgeber|selbständiger?|gästezimmer|patienten|schüler|kunden)
      vermiete\\w* (nichts|nix|nicht)
      (bin|sind) (ich |wir |hier |doch |eine |als )*(reine |reiner )?(privatperson|privatmann|privathaushalt|privat|privatier)
      (privatperson|privatadresse|private adresse|private mail|private mailadresse|privates postfach)
      (bin|war) (hier |ich |doch |leider |ja )*(nur|bloß|lediglich|bloss|halt|einfach) (.. )?(der|die|ein|eine|das|als|in|im|praktikant\\w*|aushilfe|azubi|student\\w*|werkstudent\\w*|fahrer\\w*|hausmeister\\w*|angestellt\\w*)
      (bin|sind) (hier |ich |nur |noch |doch |ein |eine |der |die )*(praktikant\\w*|student\\w*|azubi|werkstudent\\w*|auszubildende\\w*|lehrling|aushilfe|schüler\\w*|ferialpraktikant\\w*|zivi|zivildiener|hausmeister\\w*|fahrer\\w*|putzfrau|reinigungskraft|mieter\\w*|ehrenamtlich\\w*|lehrer\\w*|pfleger\\w*|lernende\\w*|angestellte\\w*|kellner\\w*|koch|minijobber\\w*)
      (betrieb|firma|geschäft|laden|gasthof|restaurant|hotel|unternehmen|praxis|haus|lokal|wirtschaft|werkstatt|cafe|salon|agentur|shop|hof|den|ihn|es|wir|büro|filiale|pension) .. (verkauft|geschlossen|zugesperrt|aufgegeben|aufgelöst|insolvent|abgemeldet|eingestellt|zugemacht|übergeben|dichtgemacht|abgewickelt|pleite|liquidiert|stillgelegt|abgegeben|verpachtet)
      (gibts|gibt es|existiert|besteht) (.. )?(nimmer|nicht mehr|nicht länger|schon lange nicht)
      (insolvenz|insolvent|geschäftsaufgabe|geschäft aufgegeben|betrieb eingestellt|gewerbe abgemeldet|betriebsaufgabe|in liquidation)
      (ausgeschieden|verlassen|gewechselt|gekündigt|weggegangen|aufgehört) (.. )?(bei|aus|unternehmen|firma|habe|bin|zum)?
      (unternehmen|firma|betrieb|arbeitgeber|stelle|job|branche) .. (verlassen|gewechselt|ausgeschieden|gekündigt)
      (kenne|kennen|gibt es|arbeitet|wohnt|haben|gibts|ist) (hier |wir |bei uns |auch )*(niemanden?|keinen?) (.. )?(namens|mit diesem namen|dieses namens|der so|mit dem namen|herrn|frau)
      (ziehen|zieht|ziehe|bauen|eröffnen|planen|expandieren) (wir |gar |überhaupt |auch )*(nicht|keinen) (.. )?(um|umzug|neubau|aus)
      (wir|ich|das|hier) (sind|bin|ist) (.. )?(kein|keine|nicht die|nicht der|nicht das) (\\w+ )?(hotel|restaurant|firma|unternehmen|schule|klinik|makler|vermieter|bauunternehmen|gemeinde|kanzlei|agentur|behörde|werkstatt|betrieb|gasthof|arztpraxis|praxis|eigentümer|inhaber|entscheider|gewerbe\\w*|immobilien\\w*|spedition|pflegeheim)
      (weiß|weiss|kenne) .. (nicht wer|auch nicht wer|zuständigkeiten .. nicht|nicht wieso|nicht warum|auch nicht wen)
    `,
    hint: `
      (wir|ich|das|hier) (sind|bin|ist|ist hier) (ein|eine|der|die|das|nur) .*
      (nicht|ned) (ich|meins|mir)$
    `,
  },

  not_now: {
    sure: `
      (vorstand|geschäftsführung|geschäftsleitung|gremium|gemeinderat|beirat|inhaber|leitung) (.. )?(tagt|entscheidet|trifft sich|beschließt|berät) (.. )?(erst|im|nächste\\w*|wieder)
      ^(jetzt|gerade|aktuell|momentan|derzeit|zurzeit|im moment|heuer|dieses jahr|vorerst|vorläufig|zur zeit|im augenblick|grad|grade) (.. )?(nicht|kein\\w*|ned|net|schlecht|leider nicht|ungünstig|schwierig)( .*)?
      (gerade|aktuell|derzeit|momentan|im moment|zurzeit|zur zeit|vorerst|vorläufig|dieses jahr|heuer|im augenblick|jetzt|grad|grade|gegenwärtig|augenblicklich|zum jetzigen zeitpunkt|zum gegenwärtigen zeitpunkt|zum aktuellen zeitpunkt|für dieses jahr|dieses quartal|in diesem jahr|in diesem quartal|diesen monat|bis auf weiteres|noch) .. (nicht|kein|keine|keinen|keinerlei|ned|net|zu viel|zuviel|land unter|mitten|ausgelastet|überlastet|eingefroren|gebucht|voll|zu tun|brennt|stress|stressig|eng|auf eis|gebunden|hochsaison|umbau|ungünstig|schlecht|kaum|schwierig|viel los|viel um|unpassend|andere prioritäten)
      (nicht|kein|keine|keinen|schlecht|ungünstig|leider|unpassend|zu viel|schwierig|keinerlei|passt|geht's|gehts|geht|stecken|sind|haben|habe|stehen|bin) (.. )?(gerade|aktuell|derzeit|momentan|im moment|zurzeit|zur zeit|vorerst|dieses jahr|heuer|im augenblick|jetzt|grad|dieses quartal|bis auf weiteres|in diesem jahr)( nicht| leider| schlecht| mitten| kein\\w*| ungünstig| zu| voll| gar| alles| sehr| alle| komplett)*$
      (schlechter|ungünstiger|falscher|schlechtes|unpassender|ungünstigster|denkbar schlechter|blöder|kein guter|nicht der richtige|nicht der passende|nicht der beste|kein günstiger|kein optimaler|ungünstigen|falsche) (zeitpunkt|moment|timing|augenblick)
      (timing|zeitpunkt|zeitlich) .. (nicht|schlecht|ungünstig|eng|unpassend|schwierig|blöd|suboptimal|ungeschickt)
      (melden|meld|schreiben|schreib|kommen|komm|fragen|frag|sprechen|rufen|ruf|versuchen|versuch|versuchs|probieren|probier|kontaktieren|kontaktiere|wieder|nochmal|nochmals|erneut|noch einmal|noch mal|gern|gerne|reden|reden wir|zurückkommen|anklopfen|klopfen|erinnern|erinnere|unterhalten|anschauen|ansehen|besprechen|prüfen|angehen|telefonieren|schauen|starten|aufgreifen|bitte|später|dann|darauf|auf mich zu|auf uns zu|vertagen|verschieben|verschoben|aufschieben|angebot|thema|interessant|meldet|austauschen|neu) (.. )?(?!nächste woche|kommende woche|in der nächsten woche|im laufe der woche)(in|nach|im|ab|anfang|ende|mitte|gegen|nächste\\w*|kommende\\w*|zum|zu|um|vor|über|frühestens|wenn|sobald|übernächste\\w*|für|auf|seit|innerhalb|erst) (\\w+ )?(\\w+ )?(januar|jänner|februar|feber|märz|april|mai|juni|juli|august|september|oktober|november|dezember|q[1-4]|quartal|jahr|jahres|jahreswechsel|frühjahr|frühling|herbst|sommer|winter|monaten|monat|wochen|woche|ferien|sommerferien|urlaub|weihnachten|ostern|pfingsten|saison|messe|umzug|umbau|ernte|jahresabschluss|inventur|neujahr|halbjahr|schuljahr|fertig|vorbei|ruhiger|abgeschlossen|geschäftsjahr|neuen jahr|jahresende|jahresbeginn|jahresanfang|sommerpause|winterpause|weihnachtsgeschäft|feiertagen|einführung|umstellung|eröffnung|fusion|dann|sommers|semester|audit|hochsaison|fasching|karneval|betriebsferien|tagen)
      (melden|meld|schreiben|kommen|fragen|rufen|versuchen|kontaktieren|probieren|wieder|nochmal|nochmals|noch einmal|noch mal|erneut) .. (dann|später|danach|bei gelegenheit|zu einem späteren zeitpunkt|zu gegebener zeit|demnächst)
      (dann|danach|später|zu einem späteren zeitpunkt|im herbst|im frühjahr|nächstes jahr|im neuen jahr|nach dem sommer) (dürfen|können|könnt|darf|kann|gern|gerne|wieder|nochmal|noch mal|noch einmal|nochmals|sieht|reden|sprechen|schauen|melden|ist|wäre|sind|haben|habe|passt|vielleicht) (.. )?(sie|wir|ihr|du|gern|gerne|wieder|nochmal|noch mal|noch einmal|melden|reden|sprechen|erinnerung|zeit|vielleicht|luft|weiter|anders)
      da (dürfen|können|darfst|kannst) (sie|du) (sich |dich )?(.. )?(wieder|gern|gerne|nochmal|noch einmal)
      (vielleicht|eventuell|evtl|ggf|gegebenenfalls|möglicherweise|womöglich|allenfalls|unter umständen) (.. )?(später|nächste[sn]? (jahr|mal|saison|quartal|frühjahr|monat)|irgendwann|wenn|mal wieder|in zukunft|im (herbst|frühjahr|sommer|winter|neuen|nächsten|kommenden)|ein andermal|ein anderes mal|nach|zu einem späteren|in ein paar|in einigen)
      (ein andermal|ein anderes mal|später (mal|vielleicht|wieder|einmal|nochmal|gern)|auf später|bei gelegenheit|bis auf weiteres|vorerst nicht|zu gegebener zeit|künftig vielleicht)
      (vertrag|verträge|vertraglich|laufzeit|lieferant|anbieter|abo|rahmenvertrag|leasing|vereinbarung) (.. )?(bis|läuft|gebunden|endet|ausläuft|noch|kündbar|verlängert)
      (noch |vertraglich |fest )*(bis|noch) (.. )?(gebunden|unter vertrag|verpflichtet|versorgt|eingedeckt|belegt|ausgebucht)
      (zu|so|sehr|extrem|wahnsinnig|viel zu|gerade|echt|mega) (viel los|viel zu tun|viel um die ohren|viel auf dem|beschäftigt|ausgelastet|eingespannt|früh|stressig|viele baustellen)
      (keine|keinen|kein|fehlt|fehlen) (.. )?(zeit|kapazität\\w*|luft|kopf dafür|nerv|budget mehr|ressourcen|freie|spielraum|mittel mehr)( .. )?
      (land unter|hochsaison|hochbetrieb|hauptsaison|jahresabschluss|saisongeschäft|inventur|ausgebucht|weihnachtsgeschäft|umbau|umzug|umstrukturierung|bis über beide ohren|alle hände voll|hütte brennt|brennt .. hütte|stecken mitten|mitten im|mitten in|auf eis|zurückgestellt|aufgeschoben|pausiert|budgetstopp|einstellungsstopp|haushaltssperre|auf hold|on hold|pausieren|zurückstellen|vertagt|vertagen|verschoben)
      (budget|mittel|etat|gelder|haushalt) (.. )?(erst|ausgeschöpft|verplant|eingefroren|aufgebraucht|nächste\\w*|neu|steht|ist zu|vergeben|gestrichen|verabschiedet|ist weg|erschöpft|ist für)
      (erst|frühestens|nicht vor|wieder|ab) (wieder |dann )?(im|ab|nach|in|anfang|ende|mitte|nächste\\w*|kommende\\w*|zum|wenn|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|herbst|frühjahr|q[1-4]|übernächste\\w*|neujahr|jahresende|sommer)( .*)?
      noch (nicht|lange nicht|kein\\w*) (.. )?(so weit|soweit|bereit|spruchreif|reif|thema|aktuell|relevant|an der zeit|bedarf|entschieden|fertig|absehbar)
      (merken|merke|behalten|behalte|speichern|notieren|legen|lege|nehmen|vormerken|vorgemerkt|ablegen|aufheben|hebe) (.. )?(vor|hinterkopf|im auge|für später|auf wiedervorlage|unterlagen|wiedervorlage|in evidenz|kontakt\\w*)
      (wiedervorlage|in evidenz|in erinnerung rufen)
      (wir|ich) (melden|melde|kommen|komme) (uns |mich |dann |gern |gerne |selbst |wieder |bei bedarf |gegebenenfalls |bei ihnen )+(.. )?(wieder|bedarf|auf sie zu|zurück|wenn|falls|sobald|selbst|dann)?
      (in|nach) (ein|zwei|drei|vier|fünf|sechs|acht|zehn|zwölf|ein paar|einigen|wenigen|\\d+|circa|etwa) (paar )?(monaten|monat|wochen|woche|jahr|jahren|halben jahr|tagen)
      (wenn|sobald|nachdem|falls) .. (fertig|vorbei|abgeschlossen|ruhiger|durch ist|steht|umgezogen|ausläuft|eröffnet|erledigt|entspannter|läuft|gelegt|entspannt|bedarf|soweit|so weit)
    `,
    hint: `
      (gerade|derzeit|aktuell|momentan|im moment|zurzeit|später|vorerst|nächstes jahr|heuer|dieses jahr|jetzt nicht|noch nicht|irgendwann|in zukunft)
    `,
  },

  not_interested: {
    sure: `
      (davon|hiervon) (.. )?abstand
      (kommen|komme|fahren|leben) (.. )?(ohne|gut zurecht|bestens zurecht|auch so)
      (sehe|sehen|erschließt) (.. )?(nicht (was|wie|warum|den)|keinen (nutzen|sinn|mehrwert))
      ^(nein|nee|nö|ne|nope|na|nein danke|nein vielen dank|kein interesse|kein bedarf|keine lust|nicht interessiert|danke nein|brauche ich nicht|brauch ich nicht|brauchen wir nicht|lieber nicht|passe|absage|uninteressant|nicht nötig|kein thema für uns|danke kein interesse|danke kein bedarf|nichts für uns|nix für uns|lass gut sein|lassen sie es|lassen sie mal|nein sorry|no thanks|danke aber nein|eher nicht|sicher nicht|auf keinen fall|kommt nicht in frage|kommt nicht infrage|nicht für uns)( danke| vielen dank| leider| lg| bitte| dankeschön| besten dank| trotzdem danke| merci)*$
      ^(nein|nee|nö|ne) (danke|vielen|besten|kein\\w*|wir|das|lieber|leider|ist|sorry|ich|bitte|brauch\\w*|hab\\w*|also|nicht|tut|wirklich|dank|herzlichen)
      (danke|vielen dank|besten dank|merci|leider|sorry) .. (nein|kein interesse|kein bedarf|nicht für uns|verzichten|brauchen wir nicht|absagen)
      (kein|keine|keinen|keinerlei|kaum|null|nicht das geringste|ohne|wenig|absolut kein|überhaupt kein|gar kein|nicht den geringsten) (\\w+ )?(interesse|intresse|bedarf|bedürfnis|budget dafür|mehrwert|nutzen|sinn|verwendung|notwendigkeit|relevanz|lust|anlass|grund|veranlassung|gebrauch|vorteil|zusammenarbeit|thema|wert|anwendung|geld für|bock|absicht|handlungsbedarf|verwendungszweck)
      (interesse|bedarf|zusammenarbeit|verwendung|lust) (.. )?(nicht|kein\\w*|besteht nicht|besteht derzeit nicht|keineswegs)$
      (nicht|ned|net|nich|nie|keineswegs|wenig|gar nicht|nicht wirklich|überhaupt nicht) (\\w+ )?(interessiert|intressiert|interessant|interessiern|relevant|nötig|notwendig|passend|gewünscht|überzeugt|für uns|für mich|unser|das richtige|von interesse|auf der suche|in frage|infrage|erforderlich|sinnvoll|angebracht|überzeugend|zu uns|benötigt|gebraucht|unsere|vorgesehen|geeignet|rentabel|umsetzbar|zielführend|gewollt|mein ding|in betracht|weiterverfolgen|weiter verfolgen|zustande|nachkommen|eingehen|annehmen|wahrnehmen)
      (passt|passen|lohnt|rechnet|eignet|kommt|trifft|interessiert|überzeugt|betrifft|braucht|brauchts|geht) (.. )?(nicht|ned|nich|leider nicht|net)( .. )?
      (nichts|nix|nicht das) (.. )?(für uns|für mich|für unsere?n?|für unser|das wir|was wir)
      (für uns|für mich|bei uns) (.. )?(nichts|nix|kein thema|nicht|keine option|uninteressant|irrelevant)
      (haben|habe|hab|sind|bin|arbeiten|nutzen|verwenden|setzen) (wir |ich |da |hier |dafür |damit |hierfür |dazu |uns |dafuer |auch |dort |seit )*(bereits|schon|seit jahren|seit langem|längst|schon lange|seit|eben erst|gerade erst|erst kürzlich|kürzlich|inzwischen|einen festen|unseren eigenen|einen eigenen|eigene|unsere eigenen|unser eigenes|feste|einen|eine) (.. )?(versorgt|einen|eine|gut|bestens|ausgestattet|jemanden|partner|lösung|anbieter|agentur|dienstleister|lieferanten|team|system|unsere|unseren|fest|im haus|eingedeckt|vergeben|im einsatz|entschieden|abgedeckt|betreut|zufrieden|mit|zusammen|zuverlässig\\w*|eingeführt|unter vertrag|gekauft|leute|software|eigene\\w*|was|alles|genug|selbst|aufgestellt)
      (bereits|schon|bestens|gut|sehr gut|rundum|ausreichend|voll) (versorgt|aufgestellt|bedient|ausgestattet|betreut|eingedeckt|vergeben|zufrieden|abgedeckt|beraten|gerüstet|besetzt)
      (zufrieden|glücklich|happy) (.. )?(mit|sind|bin|so)
      (sind|bin) (.. )?zufrieden
      (machen|erledigen|lösen|mache|regeln|machens|macht|produzieren|betreuen) (.. )?(selbst|selber|intern|inhouse|im haus|in eigenregie|eigenes team|alleine|hausintern)
      (selbst|selber|intern|inhouse|in eigenregie|hausintern) (.. )?(machen|erledigen|gelöst|abgedeckt|ab|gemacht|erledigt|lösen|organisiert)
      (brauchen|brauche|benötigen|benötige|suchen|brauch|wollen|will|möchten|möchte|wünschen|braucht|planen|sehen|kaufen) (.. )?(nicht|kein|keine|keinen|nichts|nix|ned|keinerlei)( .. )?
      (verzichten|verzichte|lehnen .. ab|lehne .. ab|ablehnen|abgelehnt|abzulehnen|absagen|absage|abgesagt|sagen .. ab|nehmen .. abstand|nehmen wir nicht|sehen davon ab|davon absehen|passen wir|muss passen|müssen passen|müssen wir passen|dankend ab|ausschlagen|abwinken)
      (zu teuer|zu kostspielig|zu hoch|uninteressant|ohne uns|ohne mich|zu weit weg|zu klein|zu groß|zu aufwändig|preislich nicht|kein geld)
      (entschieden|entschlossen|vergeben|gewählt|entscheidung) (.. )?(gegen|anderen|andere|mitbewerber|wettbewerber|konkurrenz|anderweitig|einen|nicht|anders|dagegen|intern)
      (für|gegen) (einen|den|eine|ein|die|das) (\\w+ )?(mitbewerber|wettbewerber|anderen|andere|anderes|konkurrenten) (.. )?entschieden
      (lass|lassen|lasst) (.. )?(gut sein|mal gut sein|stecken|bleiben|mal)
      (bleiben|bleibe) (.. )?(beim|bei unserem|bei dem|bei unserer|bei unseren|bei der|dabei)
      (viel|weiterhin viel|trotzdem viel) (erfolg|glück)
      (sparen|spar|schenken) (sie|dir|euch|uns) (.. )?(mühe|zeit|weitere|sich)
      (zeitverschwendung|vergeudete|gelöscht|papierkorb)
      (nicht|ned) (weiter |weiterhin )?(verfolgen|eingehen|zusammenarbeiten|nachgehen|in anspruch)
      (werden|möchten|wollen|können|kann|will) .. (nicht|kein\\w*) .. (gebrauch|nutzen|annehmen|eingehen|nachkommen|weiterverfolgen|in anspruch|zusammenarbeiten|berücksichtigen|wahrnehmen|wechseln|ändern|machen|investieren|brauchen|umsteigen)
    `,
    hint: `
      (nein|nee|nö|nicht|kein|keine|keinen|nix|nichts|nie)
      (leider|trotzdem danke|zufrieden|verzichten|schon|bereits|haha|lach)
    `,
  },

  question: {
    sure: `
      (was|wie|wieviel|wer|wo|woher|wohin|warum|wieso|weshalb|wofür|womit|wodurch|welche|welcher|welches|welchen|welchem|wann|wem|wen|wessen|worin|worum|worauf|wodrin|wie viel|wie viele) (.. )?(kostet|kosten|ist|sind|macht|machen|heißt|bedeutet|meinen|genau|funktioniert|läuft|lange|viel|viele|hoch|groß|weit|sieht|sehen|schnell|geht|kommen|kommt|haben|hat|habt|hast|garantiert|trägt|verkaufen|bieten|bietet|passiert|unterscheidet|können|kann|soll|wird|werden|bekommen|vorlauf|sitzen|sitzt|rechnen|schreiben|schreibt|verstehen|zahlt|zahlen|wäre|wären|würde|gibt|betreut|ihr|sie|das|mindest\\w*|preis\\w*|stellt|stellen|arbeitet|arbeiten|liefert|liefern|steckt|ihre|eure|dafür)
      ^(und |aber |also |außerdem |ferner )?(haben (sie|ihr)|hast du|habt ihr|gibt es|gibts|ist (das|es|die|der|ihre|eure|dies|in|ein|eine)|sind (sie|die|das|ihre|eure|es|ihr)|können (sie|wir|ihr|die)|kann (man|ich|das|die|der|ihr)|könnt ihr|kannst du|bieten sie|bietet ihr|läuft|funktioniert|geht|muss|müssen|arbeiten sie|liefern sie|machen sie|bekommt|bekommen|handelt|wird|werden|seid ihr|bist du|stimmt|dürfen|darf|braucht|brauchen|besteht|verkaufen|ihr macht|gilt|gelten|lässt|kommt|kommen|sprechen|unterstützt|hat (das|die|ihr|der|ihre))
      (preis|preise|preisliste|preislich|kostenpunkt|tarife|konditionen|referenzen|mindestlaufzeit|laufzeit|kündigungsfrist|garantie|gewährleistung|zertifiziert|approbation|datenschutz|serverstandort|fallbeispiele)
      (frage|fragen|punkte|rückfrage|rückfragen|nachfrage) (.. )?(vorab|vorher|dazu|hätte|habe|noch|zu|klären|hab|haben|hierzu|eine|zwei|drei|vor)
      (eine|zwei|drei|kurze|ein paar|paar|noch|einige|vorab) (.. )?(frage|fragen|punkte|rückfrage)
      (verstehe|versteh|kapiere|blicke|begreife|mir ist|kapier) (.. )?(nicht|unklar|noch nicht klar)
      (mich würde interessieren|würde gern wissen|wüsste gern|wüsste gerne|mich interessiert) (.. )?(wie|was|ob|wer|welche|wo|woher|wann|warum|wieviel)
      (bevor|vor einem|vorab|zuerst) (.. )?(gespräch|wir|ich|klären|telefonieren|entscheid\\w*)
      (echter mensch|echte person|roboter|bot|ki|programm|betrug|seriös|abzocke|chatgpt|automat)
    `,
  },

  interested: {
    sure: `
      (machen|mach|macht|erstellen|unterbreiten) (sie |du |ihr )?(mir|uns) (.. )?(angebot|vorschlag|offerte|termin)
      ^(ja|jawohl|ja gern|ja gerne|gern|gerne|sehr gern|sehr gerne|ok|okay|klar|natürlich|passt|perfekt|super|klingt gut|klingt interessant|klingt spannend|ja bitte|ja klar|auf jeden fall|warum nicht|interesse|sicher|selbstverständlich|einverstanden|jo|jo gern|ja sicher|ja unbedingt|unbedingt|gute idee|interessiert|schießen sie los|schieß los|her damit|immer her damit|machen wir|bin dabei|bin interessiert|ja interesse|ja hätte interesse|sicher doch|na gut|na klar|ja passt|erzählen sie|erzähl mal|erzählen sie mehr|deal|freut mich|abgemacht|yes|jep|jup|freilich|eh klar)( gern| gerne| bitte| danke| klar| doch| klingt gut| passt| vielen dank| sehr gern| sehr gerne)*$
      ^(ja|jawohl|klar|gern|gerne|sehr gern|sehr gerne|ok|okay|sicher|natürlich|super|perfekt|unbedingt|einverstanden) (gern|gerne|bitte|das|wir|ich|klingt|sehr|schicken|schick|rufen|ruf|klar|warum|würd|würde|können|lassen|hätte|interesse|interessiert|passt|wäre|machen|melden|meld|natürlich|sicher|unbedingt|kommen|mich|uns|da|am|dann|mehr|auf)
      (würde|würd|würden|hätte|hätten|habe|haben|bin|sind|wäre|wären|besteht|grundsätzlich|durchaus|großes|generell|sehr|ja|hab|prinzipiell|großem|schon|echt|ehrlich) (\\w+ )?(\\w+ )?(interesse|interessiert|interessieren|interessiern|interessant|neugierig|spannend|aufgeschlossen|offen für|gespannt|hellhörig)
      (interesse|neugierig|interessiert) (wäre|ist|hätte|bin|hätten|haben|besteht|geweckt|da|vorhanden|sind|an)
      (klingt|hört sich|sieht|liest sich|ist|wäre|finde|finden|tönt) (.. )?(gut|interessant|spannend|super|toll|vielversprechend|perfekt|nach etwas|nach einer|nach dem|prima|sinnvoll|klasse|reizvoll|passend|relevant|nützlich|brauchbar|wie gerufen|nicht schlecht|verlockend|genau das|ein thema|hilfreich|gut an|gut aus|nach genau)
      (schicken|schick|senden|sende|mailen|schickt|sendet|übersenden|lassen|zusenden|zukommen|lass|schickts) (sie |du |ihr )?(mir|uns|bitte|gern|gerne|ruhig|doch|mal|einfach|her|vorab|das|die|ihre|alles|eure|weitere|details)( .. )?(unterlagen|infos?|informationen|angebot|details|material|broschüre|prospekt|preise|preisliste|termin\\w*|mehr|vorschlag|vorschläge|zu|zukommen|beispiele|präsentation|einladung|davon|konzept|rüber|muster|link|katalog|link|vorab|her|was|etwas|her|kalender\\w*|demo)?
      (rufen|ruf|ruft) (sie |du |ihr )?(mich|uns|bitte|gern|gerne|doch|einfach|ruhig|mal|morgen|am)( .. )?(an|durch|zurück|gern|morgen|montag|dienstag|mittwoch|donnerstag|freitag|ab|unter|nächste|zwischen|vormittag\\w*|nachmittag\\w*)
      (meld|melden|melde) (di|dich|sie sich|euch) (.. )?(einfach|gern|gerne|bei mir|unter|telefonisch|morgen|am|<phone>|\\d+)
      (können|könnten|könntest|kannst|könnt|würden|dürfen|möchten|wollen|mögen) (sie|du|ihr|wir|ich) (mir |uns |bitte |dazu |da |gern |gerne |noch |kurz |mal |das |am |einen? |ihre |weitere |mehr |ein paar |nähere |auch |vorab )*(.. )?(schicken|zuschicken|zusenden|senden|zukommen|anrufen|telefonieren|vorbeikommen|vorstellen|treffen|vereinbaren|zeigen|sprechen|unterhalten|austauschen|übermitteln|termin|präsentieren|anbieten|vorschlagen|erstellen|machen lassen|einladen|besuchen|vorführen|nennen|kennenlernen|reden|ausprobieren|testen)
      (lassen|lass|lasst) (sie )?(uns|mich) (.. )?(telefonieren|sprechen|reden|treffen|austauschen|termin|darüber|mal|starten|kurz|wissen|anschauen|vereinbaren|ausprobieren|unterhalten)
      (montag|dienstag|mittwoch|donnerstag|freitag|samstag|morgen|übermorgen|nächste woche|kommende woche|diese woche|heute|freitags|montags|dienstags|mittwochs|donnerstags|vormittags|nachmittags) (.. )?(passt|passen|ginge|geht|würde|wäre|uhr|bin|kann|möglich|frei|gut|könnte|zeit|ab \\d+|vormittag|nachmittag|erwischen|erreichbar|am besten|erreichen|um \\d+|zwischen|hätte|habe|perfekt|lieber|anrufen|telefonieren|h|schaffe)
      (passt|passen|ginge|geht|würde|wäre|ideal|möglich|frei|gut|zeit|erreichbar|erreichen|verfügbar|bin|treffen|telefonieren|anrufen|termin|sprechen) (.. )?(am|bis|ab|zwischen|nächste|kommende|diese|um|gegen|immer|vor|nach) (.. )?(montag|dienstag|mittwoch|donnerstag|freitag|samstag|woche|morgen|vormittag|nachmittag|uhr|\\d+ uhr|tag)
      (passt|passen) (mir|uns|bei mir|bei uns|grundsätzlich|perfekt|gut|super|wunderbar|das)( .. )?
      (mehr|weitere|nähere|genauere|zusätzliche) (.. )?(infos?|informationen|details|erfahren|wissen|hören|dazu|unterlagen|darüber)
      (gern|gerne|freue|freuen|würde|würden|möchte|möchten|will|wollen|können|bereit) (.. )?(kennenlernen|kennen lernen|austauschen|telefonieren|sprechen|treffen|unterhalten|erfahren|anschauen|ansehen|termin|gespräch|testen|ausprobieren|probieren|einen blick|anhören|hören|demo|zeigen|reden|vorbei|besuch|angebot|rückruf|vorstellen|anruf|mehr wissen)
      (bitte|bitten|gern|gerne|brauche|bräuchte|bräuchten|erbitten|hätte|hätten|möchte|möchten) (um |ich |wir |gern |gerne |ein |einen |eine |mal )*(.. )?(angebot|rückruf|termin\\w*|demo|unterlagen|muster|kostenvoranschlag|offerte|preisliste|probe|infomaterial|testzugang|vorschlag|gespräch|zugang|probeexemplar|anruf|beratung)
      (meine|unter|auf|handy|mobil|mobilnummer|nummer|tel|erreichbar|erreichen) (.. )?(nummer|handynummer|durchwahl|mobil|mobilnummer|<phone>|telefonnummer)
      (genau|exakt) (das|was) (.. )?(wir|ich|brauchen|suchen|gesucht|mir|uns|problem|suche)
      (kommt|kommen|käme|kam) (.. )?(gerade |genau |wie |sehr |uns |mir |wirklich )*(recht|gerufen|gelegen|zur richtigen zeit|richtig|passend)
      (kommen|komm|kommt|schauen|schau) (sie |du |ihr )?(doch |gern |gerne |mal |einfach |ruhig |bei uns |am )*(.. )?(vorbei|rein|her|zu uns|auf einen kaffee)
      (richtige|perfekte|perfektes|guter|gutes|bester|passender|richtiger) (zeit|zeitpunkt|timing|moment)
      (bin|sind|wäre|wären|wir|ich) (.. )?(dabei|offen|aufgeschlossen|gespannt|neugierig|bereit)
      (machen|vereinbaren|finden|ausmachen|fixieren|mach) (.. )?(termin|telefonat|gespräch|demo|treffen|zeitpunkt|call)
      (wann|wo|wie) (.. )?(anmelden|bestellen|loslegen|starten|treffen|telefonieren|zeit für|können wir|vorbeikommen|passt es ihnen|passt es dir|hätten sie|würde es)
      (erzählen|erzähl|sagen|berichten|zeigen|zeig) (sie |du )?(mir |uns |gern |doch |mal |ruhig )*(mehr|mal|was|wie|gern)
      (problem|thema|schmerz\\w*|baustelle) (.. )?(bei uns|haben wir|kennen wir|ist für uns|beschäftigt|angehen|aktuell bei|relevant)
      im gegenteil
      also gut
    `,
    hint: `
      (gern|gerne|interessant|spannend|super|toll|neugierig|einverstanden|termin|vorbei|telefonieren|montag|dienstag|mittwoch|donnerstag|freitag|morgen|nächste woche|<phone>|willkommen|kaffee)
      (schicken|rufen|melden|zeigen) (.. )?(mir|mich|uns|an)
    `,
  },
};
