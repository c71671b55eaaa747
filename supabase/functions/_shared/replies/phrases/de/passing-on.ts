// German for: somebody else decides, or you have the wrong one.
import type { PhraseText } from '../../phrases.ts';
import { article, people, suppliers, yes } from './words.ts';

/** "sich bitte am besten direkt": what stands between the verb and whom to turn to. */
const please =
  '(?:sie |du |ihr |dich |sich |euch |das |es |diese\\w* |die |dies |mal |bitte |doch |lieber |am |besten |besser |gern |gerne |direkt |hierfür |dafür |hierzu |dazu |diesbezüglich |bezüglich |in |zukunft |künftig |zukünftig |ab |sofort |ihre |ihr |deine |ihren |anfragen? |anfrage |anliegen |angebote? |mails? |nachrichten? |unterlagen |stattdessen |einfach |hier |dort |dieser |sache |angelegenheit |gleich |damit |deshalb |deswegen |daher |also |vertrauensvoll |ausschließlich |nur |eventuell |vielleicht |bei |solchen |themen |fragen |nochmal |nochmals |erneut |auch |vorher |zuerst |dann |schriftlich |telefonisch |per mail |halt |eher |demnächst |jeweils |wegen |deren |an )*';
const turn =
  '(?<!(?:^| )(?:sie|ich|wir) )(?:wenden|wende|wendet|kontaktieren|kontaktiere|kontaktier|kontaktiert|schreiben|schreib|schreibe|schreibt|schreibts|sprechen|sprich|sprecht|fragen|frag|frage|fragt|fragts|melden|melde|meld|meldet|richten|richte|richtet|probieren|probier|probiers|versuchen|versuch|versuchs|mailen|mail|mailt|rufen|ruf|ruft|adressieren|schicken|schick|schickt|senden|sende|sendet|leiten|nachfragen|nachfrage|ansprechen|gehen|zu wenden|zu richten|zu kontaktieren|hinwenden|reden|red|redet|redts|klären|klär|besprechen|besprich|vereinbaren|abklären|adressiere|übermitteln|übersenden|anklopfen|klopfen|klopf|halten|halte|hinschicken|setzen|konsultieren|anschreiben|anrufen|erkundigen|bewerben)';
/** Somebody with a name or a role. */
const who = `${article}${people}`;
const anybody = `(?:${people}|${suppliers})`;
const decides =
  '(?:zuständig|zuständige|zuständiger|kümmert|verantwortlich|verantwortliche|entscheide[tn](?! (?:[^ ]+ ){0,3}?(?:erst|im|ab|nächste\\w*) )|betreut|betreuen|übernommen|übernimmt|übernehmen|bearbeitet|bearbeiten|verantwortet|bestimmt|leitet|koordiniert|federführend|der richtige|die richtige|die richtigen|regelt|organisiert|macht das|macht sowas|macht alles|macht so was|macht des|machen das|verwaltet|steuert|am hut|unter sich|in der hand|auf dem tisch|hat das sagen|den hut auf|hat den hut|die hosen an|kennt sich|weiß bescheid|weiß mehr|weiß da|helfen|weiterhelfen|hilft|weiter helfen|auskunft geben|besser beurteilen|besser aufgehoben|ihr ansprechpartner|ihre ansprechpartnerin|ihre ansprechperson|der ansprechpartner|die ansprechpartnerin|ansprechperson|ansprechpartner|ansprechpartnerin|kontaktperson|entscheider|entscheiderin|befasst|befassen|gehört zu|abwickelt|wickelt|beurteilen|in der sache|im lead|an bord|am zug|am drücker|am ruder|trifft die entscheidung|trifft solche|trifft diese|gibt das vor|gibt die richtung)';

export const referral: PhraseText = {
  sure: `
    # turn to somebody
    ${turn} ${please}${article}${anybody}
    ${turn} ${please}(ihn|ihm|den|dem|der|ihnen) (bitte |doch |mal |direkt |einfach |lieber |an |unter |am besten )*(an|unter|per|direkt|dazu|dafür|mal)
    ${turn} (?:(?!mir |uns |mich )[^ ]+ ){0,6}?(an|unter|über|bei|direkt|auf)? ?(<mail>|<phone>)
    (zuständig|kollege|kollegin|chef|ansprechpartner|ansprechpartnerin) (ist |<name> )*(<mail>|<phone>)
    (an|mit|bei|über) ${who} (\\w+ )?(\\w+ )?(wenden|wendest|reden|sprechen|melden|richten|schicken|senden|schreiben|mailen|wendet|klären|abklären|besprechen|kontaktieren|gehen|anfragen|nachfragen|verweisen|abstimmen|in verbindung setzen|probieren|versuchen)
    ${who} (.. )?(kontaktieren|anschreiben|anrufen|ansprechen|fragen|anmailen|kontaktierst|anfunken|wenden)$
    (wenden|wende) (sie|dich|euch) .. (an)
    (schreib|frag|ruf|mail|kontaktier|red|schreibts|fragts|fragen sie|rufen sie|schreiben sie|kontaktieren sie|mailen sie) (bitte |doch |mal |direkt |einfach |lieber )*(dem|der|den|ihm|ihr|ihn) (.. )?
    (müssten|müssen|müsstest|musst|sollten|solltest|können|könnten|kannst|könntest|dürfen|würde|würden|würd|müssts|müsst|sollts|könnts|empfehle|empfehlen|rate) (.. )?(an|mit|bei|über|zu) ${who}
    (müssten|müssen|müsstest|musst|sollten|solltest|können|könnten|kannst|könntest|dürfen) (sie |du |ihr |sich |da |dazu |bitte |am besten |schon |eher )*(den|die|meine[n]?|unsere[n]?) ${people} (.. )?(fragen|kontaktieren|anrufen|anschreiben|ansprechen|sprechen)
    # somebody is in charge
    ${who} ${yes}${decides}
    (herr|herrn|frau|hr|fr) ${yes}${decides}
    (mein|meine|meinen|meinem|unser|unsere|unseren|unserem|unserer|der|die|das) (\\w+ )?${people} (\\w+ )?(\\w+ )?(ist|sind|macht|machen|entscheidet|betreut|kümmert|hat|verwaltet) (.. )?(dafür|hierfür|das|dieses|darum|thema|solche|sowas|bereich|zuständig|bei uns|den hut)
    (zuständig|verantwortlich|ansprechpartner|ansprechpartnerin|ansprechperson|kontaktperson|anlaufstelle|entscheider|entscheiderin|zuständige|verantwortliche|verantwortlicher|zuständiger|richtige|richtiger|adresse|stelle|kontakt|federführend|adressat|adressatin) (.. )?(ist|wäre|sind|dürfte|bleibt|heißt|lautet|hierfür|dafür) (.. )?(${who}|seit)
    (zuständig|zuständige|verantwortlich|ansprechpartner|ansprechpartnerin|ansprechperson|kontaktperson|entscheider|kontakt) (.. )?<mail>
    (dafür|hierfür|das|hierzu|dazu|diese\\w*|darum|sowas|damit|dies|da|des|solche\\w*|alles|um \\w+|um \\w+ \\w+|die \\w+|das \\w+|der \\w+) (ist|wäre|sind|macht|machen|entscheidet|entscheiden|betreut|liegt|läuft|geht|bearbeitet|kümmert|kümmern|übernimmt|regelt|verantwortet|gehört|organisiert|erledigt|verwaltet|hat|haben|befasst|steuert|verhandelt|obliegt|regeln) (sich |bei uns |bei uns im haus |jetzt |alles |komplett |hier |im haus |seit \\w+ |ausschließlich |allein |nur |eigentlich |immer |inzwischen |mittlerweile |in unserem haus )*(zentral |alles )?(an |bei |in |über |zu )?${who}
    (liegt|läuft|laufen|liegen|gehört|gehören|fällt|wird|werden|erfolgt|erfolgen) (.. )?(bei|über|zu|von|durch|in|an) ${who}
    (wird|werden) (.. )?(zentral|von der|vom|durch die|durch den|in der|im|über die|über den) (.. )?(gesteuert|entschieden|eingekauft|vergeben|betreut|organisiert|verwaltet|koordiniert|abgewickelt|verhandelt|geregelt|beschafft|bearbeitet|entscheidet|gemacht)
    (um|für) (.. )?(kümmert|kümmern|zuständig|entscheidet|verantwortlich) (sich )?(ist |bei uns |hier |jetzt |im haus |alles |ausschließlich |allein |inzwischen )*${who}
    (hat|haben) (.. )?(mein|meine|unser|unsere|der|die|herr|frau) (\\w+ )?(\\w+ )?(übernommen|den hut auf|das sagen)
    (plant|macht|organisiert|betreut|verwaltet|entscheidet|kauft|bestellt|bucht|managt|regelt|verantwortet|bearbeitet) (das |sowas |so was |des )?(bei uns |hier |im team |im haus |in der firma )+(alles |immer )?(die|der|d|da) <name>
    (frag|fragt|frags|fragen sie|kontaktier|schreib|ruf|mail|ping|probier) (mal |doch |lieber |da |bitte |am besten |einfach |direkt )*(die|den|der|dem|d|da)? ?<name>
    (geht|wende dich|wendet euch) (an|über|via) (die |den )?<name>
    (herr|frau|hr|fr) (.. )?(durchwahl|dw|klappe|nebenstelle|nst|apparat|telefonnummer|erreichbar|der richtige|die richtige)
    (unter|mit) (nennung|bezug|verweis|hinweis|berufung) (auf )?(meines|meinen|mich|meine|meiner)( .*)?
    (läuft|laufen|geht|gehen|erfolgt|erfolgen) (alles |komplett |ausschließlich |zentral |bei uns |immer |nur |generell |zur gänze )*(über|via) (den|die|das|unser\\w*|einen|eine|ein) (\\w+ )?(zentral\\w*|einkauf\\w*|\\w*büro|\\w*makler\\w*|verband|träger\\w*|konzern\\w*|mutter\\w*|holding|\\w*verwaltung|\\w*stelle|\\w*abteilung|werk|hauptwerk|stammwerk|stammhaus|hauptsitz|standort|innung|genossenschaft|bbg|plattform|portal)
    (gibt|geben|schreibt|bestimmt) (.. )?(die|der|unser\\w*) (zentrale|konzern\\w*|träger|franchisegeber|mutter\\w*|holding|verband|geschäftsleitung|chef\\w*) (.. )?(vor)?
    (macht|machen|betreut|betreuen|plant|organisiert|regelt|übernimmt|verantwortet|bearbeitet|verwaltet|kauft|bestellt|vergibt|vergeben|steuert|koordiniert|beschafft) (bei uns |hier |im haus |immer |alles |nur |ausschließlich |jetzt |inzwischen |seit \\w+ |zentral )*((der|die|mein\\w*|unser\\w*) (\\w+ )?${people}|(herr|frau|hr|fr) \\w+)
    (ansprechpartner\\w*|zuständig|kontaktperson|ansprechperson|verantwortlich|entscheider\\w*) (ist |dort |dort ist |wäre |hier |da |dafür |hierfür )*(herrn?|frau|hr|fr|ing|dr|mag|dipl|prof) .*
    (ansprechpartner\\w*|kontaktperson|ansprechperson|entscheider\\w*) (ist |wäre |dafür |hierfür |dort |dort ist )*<name>
    (frau|herr|herrn|hr|fr) \\w+ (thema|sache|baustelle|bereich|aufgabe|gebiet|ressort|spezialgebiet)
    (schicks|schick es|schicke es|gebs|geb es|gebe es|leits|leite es|zeigs|zeig es) (mal |gleich |kurz |gern )*(ihr|ihm|ihnen|dem|der|den|an)( .*)?
    # passed on
    (rübergeschoben|weitergeschoben|rüberg'schickt|auf slack|per teams geschickt|in den chat|ins fach gelegt|in die hauspost|auf den tisch gelegt|reingereicht|intern verteilt|intern gestreut|in die runde)
    (weitergeleitet|weitergegeben|weitergereicht|rübergeschickt|weitergeschickt|weiterverwiesen|weitergemailt|rübergegeben|weiterg'leit|weitergleitet|weiterleitet|zugeleitet|rübergereicht|hochgereicht|durchgereicht|abgegeben an|übergeben an|durchgestellt|zugespielt|vorgelegt|forwarded|geforwarded|geforwardet|weiterverteilt|weitergetragen|weiterg'schickt|gegeben an|gesendet an|in umlauf)
    (leite|gebe|reiche|leiten|geben|reichen|schicke|leit|geb|schick|gib|gebs|leits|reich|schicks|stelle) (.. )?(weiter|rüber|hoch|durch)
    (weiterleiten|weitergeben|weiterzuleiten|weiterreichen|weiterschicken|weiterzugeben|rüberschicken|vorlegen|forwarden) (.. )?(an|lassen|werde|lasse|wir|ich)?
    (werde|habe|hab|hab's|habs|haben|hob|hobs) (.. )?(weiterleiten|weitergeben|gegeben|geschickt|hingelegt|vorgelegt|auf den tisch gelegt|auf den schreibtisch|besprechen|bescheid gesagt|informiert|gezeigt|weiterreichen|in kenntnis gesetzt|gebeten sich)
    (an|bei|der|dem|zur|zum) ${who} (.. )?(weitergeleitet|weiter|gegeben|geschickt|weiterleiten|besser aufgehoben|richtig|gelandet|an der richtigen|vorgelegt|hingelegt|gezeigt|gesprochen|übergeben|abgegeben|weitergegeben|geben|bescheid|zu|zugeleitet|informiert)
    (kollege|kollegin|kollegen|kolleginnen|chef|chefin|${people}) (.. )?(meldet|melden|meldt|wird|werden) (sich|auf sie|auf dich|bei ihnen) (.. )?
    (wird|würde|werden) sich (.. )?(melden|in verbindung setzen|bei ihnen|auf sie zukommen)
    (meldet|melden) sich (dann |gern |gerne |bei bedarf |gegebenenfalls )*(bei ihnen|bei dir|bei euch|wenn|falls|bei interesse|sofern|bei bedarf)
    (auf sie|auf dich|auf euch) (zukommen|zu)$
    (gibt|meldet|sagt) (ihnen|dir|euch|sich) (.. )?(rückmeldung|bescheid|auskunft)
    # better there than here
    (besser|richtig|gut) (aufgehoben|an der richtigen adresse) (.. )?(bei|beim|wären sie)?
    (besser|richtig|gut) (.. )?(bei|beim) ${who}
    (mein|meine|meinen|meinem|meiner|unser|unsere|seine|seinen|ihre|ihren) (neue[rnm]? )?(nachfolg\\w+|vertret\\w+|stelle hat|aufgaben hat|position hat|bereich hat|agenden|agenden hat|nachfolge)
    (nachfolge|nachfolger|nachfolgerin) (.. )?(ist|hat|tritt|angetreten|übernommen|heißt|übernimmt|antritt)
    (neue|neuer|neuen) (ansprechpartner\\w*|ansprechperson|kontaktperson|kontakt|zuständige|verantwortliche\\w*|inhaber\\w*|eigentümer\\w*|geschäftsführ\\w*|leit\\w+|besitzer\\w*|chef\\w*|marktleit\\w*|adresse von) (.. )?(ist|heißt|lautet|hat|herr|frau|wäre|sind)
    (stelle|aufgaben|aufgabe|bereich|position|agenden|funktion|thema|themen|projekt|leitung|betrieb|praxis|geschäft|laden) (.. )?(hat|haben|wird|werden|übernimmt|übernehmen) (.. )?(herr|frau|kolleg\\w+|mein|meine|unser|unsere|von|jetzt|nun) (.. )?(übernommen|übernimmt|übergeben|betreut|weitergeführt|verantwortet|wahrgenommen|geführt|fortgeführt|übernehmen)
    (in|im|auf|ins) (cc|kopie|bcc|verteiler|copy|loop) (.. )?(gesetzt|kolleg\\w*|herr|frau|nehme|nehm|nimm|genommen|steht|setze|setz|mein\\w*|unser\\w*|ist|finden|gesetzt|dazu|hab|habe)
    (nehme|nehm|setze|setz|hole|hol|habe|hab|nehmen|setzen|füge|binde) (.. )?(${people}|ihn) (.. )?(in|ins|im|auf|dazu|mit rein|hinzu|ein) ?(cc|kopie|copy|boot|verteiler|loop)?$
    (richtige|richtiger|richtigen|beste|bester|passende|passender|korrekte|geeignete|besserer|bessere|zuständige) (ansprechpartner|ansprechpartnerin|ansprechperson|adresse|person|kontakt|mann|frau|stelle|anlaufstelle|gesprächspartner\\w*|abteilung) (.. )?(ist|wäre|sind|hierfür|dafür|für|heißt)
    (dürfen|können|darfst|kannst|könnts|dürft) .. (auf mich|meinen namen|mich) .. (beziehen|berufen|nennen|erwähnen|referenz\\w*)
    (sagen|sag|sagts|richten|richt|richte) (sie |ihm |ihr |du |bitte |ihnen )*(.. )?(von mir|dass ich|schöne grüße|liebe grüße|grüße|gruß|aus)
    (beziehen|berufen|bezieh|beruf) (sie |dich |sich |euch |gern |gerne |ruhig |dabei )*(.. )?(auf mich|auf meinen|auf unser)
    (durchwahl|handy|telefonnummer|handynummer|mailadresse|mail adresse|kontaktdaten|nummer|mail|dw|klappe) (von \\w+ |von \\w+ \\w+ |ist |lautet |hat )+
    (er|sie|ihn|ihm|die|der|den|kollegin|kollege|chef) (.. )?(erreichen|erreichst|erreichbar|zu erreichen|erwischen|kriegen|erreicht) (.. )?(sie|du|ihr|unter|via|per|am besten|telefonisch)
    (erreichen|erreichst|erreicht|erwischen|erwischt) (sie |du |ihr )(ihn|ihm|die|den|herrn|frau|unser\\w*|mein\\w*|unseren|diese)
    (erreichbar|erreichen|erreichst|zu kriegen|zu erreichen|zu erwischen) (ist er|ist sie|er ist|sie ist|sie ihn|sie die|ist der|ist die)( .. )?
    (stelle|stell|stellen) .. kontakt .. her
    (sein|seine|ihre|deren|dessen) (mail|mailadresse|adresse|nummer|durchwahl|telefonnummer|handynummer|kontaktdaten|mail adresse|dw|handy) (ist|lautet|finden|findest|hab)( .*)?
    (hier|anbei|unten) (.. )?(seine|ihre|deren|dessen|die) (.. )?(mail|mailadresse|adresse|kontaktdaten|nummer|kontakt|daten)
    (probieren|versuchen|versuch|probier|versuchs|probiers|versuchens) (sie |du )?(es |s )?(.. )?(bei|mal bei|über|unter|mit) (.. )?${people}
    (kennen|kenne|kennt|wüsste|weiß|hätte) (.. )?(jemanden|jemand|bekannten|betrieb|kollegen|firma) (.. )?(der|die|den|interesse|könnte|brauchen|empfehlen|interessieren)
    (empfehlen|empfehle|empfehlung|tipp|empfehlens) (.. )?(herrn|frau|kolleg\\w+|betrieb|nachbar\\w*|nachbarbetrieb|firma|büro)
    (entscheidet|entscheiden|bestimmt|beschließt) (bei uns |hier |das |alles |immer |nur |darüber |allein |letztlich |ausschließlich |da |nicht )*(${who}|in \\w+|die in)
    (entscheidung|entscheidungen|entscheid|beschluss) (.. )?(liegt|trifft|fällt|treffen|fallen|obliegt) (.. )?(bei|${who}|beim|in der|der|die|unser\\w*|mein\\w*|in)
    (rufen|ruf|ruft|rufts) (sie |du |ihr )?(bitte |doch |mal |gern |einfach |direkt |da )*(${who}|ihn|bei) (.. )?
  `,
  hint: `
    <mail>
    (in|im) (cc|kopie)
    (an|bei) (herrn?|frau) .*
    (kollege|kollegin|chef|chefin) .. (dafür|zuständig|das|darum)
  `,
};

export const wrongPerson: PhraseText = {
  sure: `
    (postfach|adresse|mailadresse|nummer|mail|mail adresse|account) (.. )?gehört (der|dem|den|einer|einem|zu|zum|zur|nicht|jetzt|inzwischen|uns nicht|mir nicht)
    (versteht|kennt|weiß|interessiert|macht|hat) (.. )?(hier|bei uns) (.. )?(keiner|niemand|kein mensch) (.. )?(was|etwas|ahnung|bescheid|davon|damit)?
    (gebaut|verkauft|produziert|vermietet|gekocht|gedruckt|gefertigt|geliefert|gelagert|transportiert|eingekauft|geplant) wird (bei uns|hier|von uns) (.. )?(nicht|nix|nichts|gar nicht|nimmer|nicht mehr)
    (wir|ich) (verwalten|vermitteln|vermieten|verwalte|vermittle|putze|arbeite hier|wohne|wohnen) (hier )?(nur|bloß|lediglich)( .*)?
    (weiß|weiss|verstehe|keine ahnung|versteh) (.. )?(nicht |ned |net )?(was sie|was ihr|was du|wovon sie|was das) (.. )?(wollen|wollt|willst|von mir|von uns|reden|soll)
    (nichts|nix) (mehr )?(zu schaffen|am hut)
    mit (?:[^ ]+ ){1,9}?(nichts|nix) (mehr )?zu tun
    (bin|war) (seit \\w+ |schon |ich |lange |leider |längst |inzwischen )*(nicht mehr|nimmer|nie|nicht) (mehr )?(der|die) (?!richtige|einzige|letzte|erste)\\w+ (.. )?
    (beauftrage|bestelle|kaufe|entscheide|genehmige|unterschreibe) (hier |da |gar |selbst )*(nichts|niemanden|nix|nicht)( .*)?
    (wohne|wohnen|lebe|leben) (ich |wir )?(hier )?(nur )?(zur miete|in einer mietwohnung|in einer wohnung|im \\w+ stock|im altersheim|im seniorenheim|im pflegeheim|in der stadt)
    (studiere|gehe noch zur schule|bin noch schüler\\w*|bin in ausbildung|bin arbeitslos|bin arbeitssuchend)( .*)?
    (bin|als) (nur |hier |eine? )*(freie|freier|externe|externer|ehemalige|ehemaliger) (mitarbeiter\\w*|berater\\w*|kraft)( .*)?
    (keine ahnung|kein plan) (.. )?(woher|wie sie|warum sie|wovon|was sie|wer)( .*)?
    (welche|welches|welcher) \\w+ wir (.. )?(haben|sind|betreiben|verkaufen)( .*)?
    gehört (mir|uns) (.. )?(nicht mehr|nimmer|nicht)
    (verstorben|gestorben|verstarb)
    (das|dies|hier) ist (doch |hier |ja |jetzt )*(die|eine|meine|der|ein) (mail )?(adresse|mailadresse|mail|nummer|account|postfach|mail adresse) (.. )?(verein\\w*|privat\\w*|familie|schule|feuerwehr|kirche)
    # wrong
    (falsche|falscher|falschen|falsches|falsch|verkehrte|verkehrten|verkehrter|verkehrt|unrichtige|falschem|foische|foischn|foisch|wrong) (\\w+ )?(person|adresse|ansprechpartner\\w*|ansprechperson|mail|firma|empfänger\\w*|abteilung|kontakt|stelle|adressat\\w*|mailadresse|nummer|haus|ort|unternehmen|dampfer|tür|gelandet|verbunden|herr|frau|hotel|erwischt|adressiert|verteiler|branche|verein|bei mir|bei uns|hier|zugestellt|dran|postfach|baustelle|ecke|betrieb|informiert|informiert sind|zugeordnet|person|kanal|ansprechpartner|baum|film|recherchiert|angeschrieben|zielgruppe)
    (beim|bei der|an die|an den|bei den|zum|zur|den|die|das|auf dem|im) (falschen|falsche|verkehrten|verkehrte|foischn)( .*)?
    (nicht|ned|net|nich|nimmer|nie|weder|kein|keine) (mehr |wirklich |hierfür |dafür |für .. |bei uns |der |die |das |ihr |ihre |hier |ganz |dein |deine |euer |in |diesem |bereich |damit |da |hierzu |dazu |zu |darüber |direkt |der |ein |eine )*(richtige|richtiger|richtigen|zuständige|zuständiger|passende|passender|korrekte|geeignete|zuständig|verantwortlich|verantwortliche|entscheidungsbefugt|befugt|entscheider|entscheiderin|involviert|eingebunden|weisungsbefugt|adressat|adressatin|gemeint|mein bereich|meine baustelle|mein gebiet|mein ressort|meine abteilung|mein bier|meine zuständigkeit|meine aufgabe|mein thema|mein aufgabenbereich|in meiner hand|in meiner zuständigkeit|in meinem bereich|in meinem ressort|in meiner verantwortung|befasst|betraut|ansprechpartner|ansprechpartnerin|ansprechperson|kontaktperson|entscheidungsträger\\w*|meine kragenweite|mein job|meine liga|meine kompetenz|meine sache|mein metier|kompetent|berechtigt|beauftragt|mein fachgebiet|mein arbeitsgebiet|mein revier|meins)( .. )?
    (keine|keinerlei|kein|keinen|koa|null|nicht) (.. )?(entscheidungsbefugnis|entscheidungsgewalt|befugnis|befugnisse|mitspracherecht|einfluss darauf|einfluss auf|ahnung von|entscheider|zuständigkeit|berührungspunkte|berührung mit|aktien|vollmacht|handhabe|ansprechpartner|entscheidungskompetenz|kompetenz dafür|mandat)
    (fällt|liegt|gehört|zählt|fallen) .. (nicht|außerhalb) (in|zu|bei|meine\\w*|mehr in|mehr zu|unsere\\w*|mein\\w*)
    außerhalb (meiner|meines|unserer|unseres) (zuständigkeit\\w*|bereich\\w*|aufgabenbereich\\w*|verantwortung\\w*|ressorts?|kompetenz\\w*)
    (nicht|nimmer|ned|nich|net) (mehr |länger )?(im unternehmen|in der firma|im betrieb|tätig|beschäftigt|angestellt|im dienst|in diesem bereich|aktiv|berufstätig|bei der|beim|bei \\w+|dort|in dieser|im amt|im geschäft|selbständig|selbstständig|für \\w+ tätig|an bord|der inhaber|inhaber|in der branche|im team|mitglied|teil des|dabei|operativ|in der position|auf der position|in der funktion|geschäftsführer\\w*|vorstand|eigentümer\\w*|leiter\\w*|am start|im haus|verheiratet)
    (nicht mehr|nimmer|schon lange nicht mehr|nicht länger|schon lang nimmer) (.. )?(arbeite|beschäftigt|tätig|angestellt|dort|firma|unternehmen|existiert|gibts|gibt es|mitarbeiter\\w*|verantwort\\w*|zuständig|berufstätig|im amt|im verein|angehör\\w*|betreibe\\w*|führe|inhaber\\w*|vorstand)
    (arbeite|arbeit|bin|war|arbeitn|hackl) (.. )?(nicht mehr|nimmer|woanders|anderswo|bei einer anderen|gewechselt|nimma|ganz woanders) (.. )?(dort|da|firma|unternehmen|bei|in|für|dabei|beschäftigt|tätig|jetzt|inzwischen|zuständig|verantwortlich)?
    (habe|bin|hab) (.. )?(firma|unternehmen|betrieb|stelle|position|job|haus|branche|bereich|abteilung|verein|arbeitgeber|seite|fronten) (.. )?(verlassen|gewechselt|ausgeschieden|gekündigt|abgegeben|aufgegeben|niedergelegt)
    (bin|ist|sind) (.. )?(seit|schon|längst|inzwischen|mittlerweile|vor|zum|ende|anfang) (.. )?(ausgeschieden|weg|raus|weg von|gegangen|in rente|pensioniert|bei einem anderen|bei einer anderen|woanders|nicht mehr)
    (amt|mandat|vorsitz|funktion|posten|ehrenamt|leitung) (.. )?(niedergelegt|abgegeben|abgelegt|zurückgelegt|aufgegeben)
    (nichts|nix|wenig|gar nichts|nichts mehr|rein gar nichts|überhaupt nichts|nüt|nüüt|nichts direkt|nicht viel|null) (mehr )?(mit|damit|am hut|hiermit|dazu|daran|z tue) (.. )?(zu tun|am hut|zu schaffen|zu sagen|zu entscheiden|zu melden|am huat|z tue)
    (damit|hiermit|mit) (.. )?(nichts|nix|null) (mehr )?(.. )?(zu tun|am hut|zu schaffen|am huat)
    (nichts|nix|gar nichts|null|wenig) zu (entscheiden|sagen|melden|bestimmen)
    (entscheide|bestimme|kümmere|betreue|mache|verantworte|bearbeite|bestelle|kaufe) (ich |das |mich |hier |sowas |so etwas |um |darum |darüber |da |leider |bei uns )+(nicht|nichts|nix|ned|net|gar nicht|gar nichts|nicht mehr)( .*)?
    (entscheide|kümmere|bearbeite|verantworte) (ich |mich |hier )*(gar |leider )?(nicht|nichts|nix)( .*)?
    (im|in|seit|meinem|schon|meiner|den|die|der) (\\w+ )?(ruhestand|rente|pension|altersteilzeit|pensionierung|vorruhestand|unruhestand|ruhestand getreten)
    (rentner|rentnerin|pensionist|pensionistin|pensioniert|berentet|pensionär|pensionärin|emeritiert)
    (verwechs\\w*|verwechsel\\w*|verwexl\\w*|namensvetter\\w*|namensgleich\\w*|gleichnamig\\w*|namensgleichheit|gleichen namens|gleicher name|selben namen|gleichen namen|ähnlichem namen|ähnlicher name|gleichem namen|ähnlichen namen|zufällig genauso|heißt nur so|heiße nur so|heißen nur so|heiße zwar|heißen zwar|namensähnlichkeit\\w*|namensdoppelgänger\\w*)
    (irrtum|irrtümlich|irrtümlicherweise|versehentlich|aus versehen|fehlgeleitet|irrläufer|irren sich|verirrt|sie irren|du irrst|irrst dich|verwählt|fälschlich\\w*|fehler unterlaufen|missverständnis|vertan|täuschen sich|täuschst dich)
    (anderes|andere|anderen|ein anderer|eine andere|völlig anderes?|ganz andere\\w*) (\\w+ )?(unternehmen|firma|person|ort|haus|hotel|schule|gasthof|verein|betrieb|stadt|kanzlei|herr|frau|branche|gesellschaft|gmbh|ag|praxis|adresse|namens)
    (sie|ihr|du) (suchen|sucht|suchst|meinen|meinst|meint|wollten|wolltest|verwechseln|brauchen) (.. )?(wohl|vermutlich|wahrscheinlich|sicher|eher|bestimmt|vielleicht|möglicherweise|jemand|einen anderen|eine andere|den|anderen|die andere)
    (war|ist|geht) (.. )?(wohl|vermutlich|sicher|bestimmt|wahrscheinlich|eigentlich|offenbar|offensichtlich|eher) (.. )?(für|an) (jemand|jemanden|einen anderen|andere|eine andere|meinen namens\\w*|ein anderes) (.. )?
    (habe|hab|haben|besitze|führe|betreibe|hatte|vermiete|leite|bin|vermieten|verkaufe|verkaufen|betreiben|führen|besitzen|produzieren|produziere|beschäftige|beschäftigen|hob|handle|handeln) (ich |wir |hier |gar |überhaupt |auch |doch |selbst |noch |ja |weder |leider |nämlich |aber )*(nie |noch nie )?(kein|keine|keinen|koa|nichts|nie eine?n?|keinerlei|gar keine?n?) (\\w+ )?(firma|unternehmen|betrieb|geschäft|laden|praxis|restaurant|hotel|pension|mitarbeiter\\w*|angestellten?|personal|ferienwohnung\\w*|fuhrpark|filiale\\w*|lager|campingplatz|eigene\\w*|gasthof|klinik|onlineshop|webshop|homepage|website|werkstatt|mieter|unternehmer|gewerbe|büro|kanzlei|befugnis|einfluss|entscheidungsbefugnis|mitspracherecht|arbeitgeber|selbständiger?|gästezimmer|patienten|schüler|kunden|maschinen|produktion|fahrzeuge|tiere|kinder|immobilien?|photovoltaik|wohnungen|zimmer|gäste|firmenwagen|außendienst|vertrieb|landwirtschaft|hof|studio|werk|halle|garten|küche|gastronomie|ladenlokal|baustelle\\w*|anlage|anlagen|lkw|verein|arzt|ärztin|zahnarzt|anwalt|handwerker\\w*|steuerberater|makler|hotelier|gastronom|bauer|landwirt|unternehmerin|geschäftsführer\\w*|chef|chefin)
    vermiete\\w* (nichts|nix|nicht)
    (betreibe|führe) (ich )?(gar |überhaupt )?(nichts|kein\\w*)( .*)?
    (bin|sind) (ich |wir |hier |doch |eine |als |nur |rein |halt |bloß )*(reine |reiner |reines |ganz normale )?(privatperson|privatmann|privathaushalt|privat|privatier|privatfrau|verbraucher)
    (privatperson|privatadresse|private adresse|privates postfach|privathaushalt|privatanschluss|privatanschrift)
    (das|dies|hier|diese) (ist|sind) (.. )?(private mail|private mailadresse|private mail adresse|privater account)
    (bin|war) (hier |ich |doch |leider |ja |da |bei uns )*(nur|bloß|lediglich|bloss|halt|einfach|erst|grad mal) (.. )?(der|die|ein|eine|das|als|in|im|praktikant\\w*|aushilfe|azubi|student\\w*|werkstudent\\w*|fahrer\\w*|hausmeister\\w*|angestellt\\w*|lehrling|stift|vertretung|zeitarbeit\\w*)
    (bin|sind) (hier |ich |nur |noch |doch |ein |eine |der |die |als |bloß )*(praktikant\\w*|student\\w*|azubi|azubine|werkstudent\\w*|auszubildende\\w*|lehrling|aushilfe|schüler\\w*|ferialpraktikant\\w*|zivi|zivildiener|hausmeister\\w*|fahrer\\w*|putzfrau|reinigungskraft|mieter\\w*|ehrenamtlich\\w*|lehrer\\w*|pfleger\\w*|lernende\\w*|angestellte\\w*|kellner\\w*|koch|minijobber\\w*|bufdi|volontär\\w*|monteur\\w*|verkäufer\\w*|krankenschwester|erzieher\\w*|freiberufler\\w*|hausfrau|nachbar\\w*|kunde|kundin|patient\\w*|gast|rezeptionist\\w*|gesell\\w*)
    (betrieb|firma|geschäft|laden|gasthof|gasthaus|restaurant|hotel|unternehmen|praxis|haus|lokal|wirtschaft|werkstatt|cafe|salon|agentur|shop|hof|den|ihn|es|wir|büro|filiale|pension|gmbh|gewerbe|kanzlei|studio|verein|atelier|onlineshop|produktion|standort|tätigkeit|selbstständigkeit|selbständigkeit|bäckerei|metzgerei|apotheke|gärtnerei|landwirtschaft) (.. )?(verkauft|geschlossen|zugesperrt|aufgegeben|aufgelöst|insolvent|abgemeldet|zugemacht|dichtgemacht|abgewickelt|pleite|liquidiert|stillgelegt|abgegeben|verpachtet|gelöscht worden|beendet|aufgelassen|zruckglegt)
    (gibts|gibt es|existiert|besteht) (.. )?(nimmer|nicht mehr|nicht länger|schon lange nicht)
    (insolvenz|insolvent|geschäftsaufgabe|geschäft aufgegeben|betrieb eingestellt|gewerbe abgemeldet|betriebsaufgabe|in liquidation|konkurs|praxisaufgabe|geschäftsauflösung|betriebsauflösung)
    (ausgeschieden|verlassen|gewechselt|gekündigt|weggegangen|aufgehört) (.. )?(bei|aus|unternehmen|firma|habe|bin|zum)?
    (unternehmen|firma|betrieb|arbeitgeber|stelle|job|branche) (.. )?(verlassen|gewechselt|ausgeschieden|gekündigt)
    (kenne|kennen|gibt es|arbeitet|wohnt|haben|gibts|ist|sitzt|gab es|gab) (hier |wir |bei uns |auch |ich |im haus |in unserem haus |es )*(niemanden?|keinen?|keine[nr]?) (.. )?(namens|mit diesem namen|dieses namens|der so|mit dem namen|herrn|frau|herr|person|der das|dieser person)
    (niemand|niemanden|keinen?|keine) (.. )?(mit diesem namen|dieses namens|namens|mit dem namen|unter diesem namen|der so heißt|die so heißt)
    (herr|herrn|frau) \\w+ (.. )?(unbekannt|nie gehört|arbeitet nicht|nicht bekannt|kenne ich nicht|kennen wir nicht|nicht mehr)
    (ziehen|zieht|ziehe|bauen|eröffnen|planen|expandieren) (wir |gar |überhaupt |auch )*(nicht|keinen) (.. )?(um|umzug|neubau|aus)
    (wir|ich|das|hier|des|mir) (sind|bin|ist|san) (.. )?(kein|keine|nicht die|nicht der|nicht das|gar kein|gar keine|koa) (\\w+ )?(hotel|restaurant|firma|unternehmen|schule|klinik|makler\\w*|vermieter\\w*|bauunternehmen|gemeinde|kanzlei|agentur|behörde|werkstatt|betrieb|gasthof|arztpraxis|praxis|eigentümer\\w*|inhaber\\w*|entscheider\\w*|gewerbe\\w*|immobilien\\w*|spedition|pflegeheim|handwerksbetrieb|apotheke|verein|händler\\w*|hersteller\\w*|produktionsbetrieb|arzt|ärztin|zahnarzt|anwalt|steuerberater\\w*|unternehmer\\w*|restaurantbetrieb|autohaus|industriebetrieb|geschäftsführer\\w*|friseur\\w*|tischler\\w*|tierarzt|tierärztin|bäckerei|onlinehändler\\w*|gastronom\\w*|\\w+betrieb|\\w+firma|\\w+haus|\\w+praxis|\\w+unternehmen|\\w+büro|\\w+hersteller|\\w+händler)
    (bin|sind|ist) (kein|keine|gar kein|gar keine|nicht die|nicht der) .. sondern
    (nicht|ned) (ich|meins|wir)(,)? (sondern|das)?$
    (bin|sind|ist) (.. )?(aber|jedoch|allerdings|in wirklichkeit|eigentlich) (eine?|der|die|das)? ?(florist\\w*|lehrer\\w*|rentner\\w*|bäcker\\w*|student\\w*|privat\\w*|\\w+in)$
    (weiß|weiss|kenne) (.. )?(nicht wer|auch nicht wer|zuständigkeiten .. nicht|nicht wieso|nicht warum|auch nicht wen|nicht an wen|nicht wem|niemanden der)
    (nie|niemals|noch nie|nicht|weder) (.. )?(etwas |was |je |jemals )*(angefragt|bestellt|bei ihnen|kunde|beauftragt|dort gearbeitet|da gearbeitet|bei der firma|angefordert)
    (kann|könnte) es sein dass (.. )?(verwechs\\w*|falsch\\w*|irr\\w*|jemand)
    (prüfen|überprüfen|aktualisieren|korrigieren|checken|berichtigen) (sie )?(bitte |mal |doch |dringend )*(ihre|eure|deine|die|ihren) (\\w+ )?(daten|adresse|adressen|datenbank|empfänger|verteiler|quelle\\w*|recherche|kontaktdaten|liste|unterlagen|adressdaten)
    (hier|bei uns) (.. )?(gelandet|angekommen) (.. )?(falsch|irrtümlich|beim|bei einer?m?|in einer?m?|versehentlich)?$
    (sie|du|ihr) (sind|bist|seid|san|haben|hast) (.. )?(hier |da )?(bei einer?m?|beim|bei der|in einer?m?|im|mit einer?m?) (.. )?(gelandet|rausgekommen|angerufen|geschrieben)
    (unbekannt verzogen|hier unbekannt|nicht bekannt|kein begriff)
  `,
  hint: `
    (wir|ich|das|hier) (sind|bin|ist|ist hier) (ein|eine|der|die|das|nur) .*
    (nicht|ned) (ich|meins|mir)$
    (nicht|kein\\w*) (zuständig\\w*|befasst|ansprechpartner\\w*)
  `,
};
