import type { Phrases } from '../reply-class.ts';

export const german: Phrases = {
  unsubscribe: [
    [
      /\b(abmelden|abmeldung|abbestell\w*|austragen|(loschen|loeschen|entfernen|streichen|nehmen) sie (bitte )?(mich|uns|meine|unsere|diese)|(losch|loesch|entfern|streich|nimm)e? (bitte )?(mich|uns|meine|unsere|diese)|(meine|unsere) (daten|adresse|e-?mail\w*|mailadresse|kontaktdaten).{0,30}(losch\w*|loesch\w*|entfern\w*)|aus (ihrem|ihrer|eurem|eurer|dem|der|deinem|deiner|ihren) (verteiler|liste|datenbank|adress\w*|mailing\w*)|vom verteiler|keine (weiteren |weitere )?(e-?mails?|mails?|nachrichten|werbung|werbemails?|kontaktaufnahme|zuschriften|anfragen dieser)|nicht (mehr|wieder|weiter) (anschreiben|kontaktieren|zu kontaktieren|kontaktiert|schreiben|anmailen|angeschrieben|belastig\w*|behellig\w*)|horen sie auf|hor(t|en)? auf|unterlassen|unterlassung\w*|abmahn\w*|dsgvo|widerspr(eche|uch)|als spam|spam (gemeldet|melden)|belastigung|recht auf (loschung|vergessen)|werbewiderspruch|unterlassen sie)\b/,
      5,
    ],
    [/^\s*(stop+|stopp|abmelden|austragen|loschen)\b[.! ]*$/m, 6],
  ],
  referral: [
    [
      /\b((wenden sie sich|wende dich|kontaktieren sie|schreiben sie|sprechen sie|fragen sie|melden sie sich|ansprechpartner\w*|zustandig\w*|richten sie|melde dich|schreib|frag|kontaktiere).{0,60}(@|\b(meine[nrm]?|unsere[nrm]?) (kolleg\w*|chef\w*|geschaftsfuhr\w*|partner\w*|nachfolg\w*|marketing\w*|mann|frau|bruder|vorgesetzt\w*|leiter\w*)|\b(herrn?|frau) [a-z]+))/,
      4,
    ],
    [
      /\b((mein\w*|unser\w*) (kolleg\w*|chef\w*|nachfolg\w*|partner\w*|geschaftsfuhr\w*|marketing\w*|einkauf\w*|leiter\w*)\b.{0,60}(zustandig|kummert|verantwort\w*|entscheidet|macht das|betreut|ubernommen)|(zustandig|verantwortlich) (ist|dafur ist|hierfur ist|fur .{1,30} ist)|dafur ist .{1,40} zustandig|(weitergeleitet|leite .{0,30} weiter|weitergegeben|gebe .{0,25} weiter|weiterleiten)|in (cc|kopie)|hat meine (stelle|aufgaben|position) ubernommen|mein\w* nachfolg\w*|besser (an|bei|mit) .{1,40}|der richtige ansprechpartner|die richtige ansprechpartnerin)\b/,
      3,
    ],
  ],
  wrong_person: [
    [
      /\b(falsche[nrsm]? (person|adresse|ansprechpartner\w*|mail\w*|firma|empfanger\w*|abteilung|kontakt|stelle)|nicht (der|die) (richtige|zustandige)|bin (ich )?(dafur |hierfur |fur .{1,30} )?nicht (mehr )?(zustandig|verantwortlich|tatig|im unternehmen|bei|involviert|eingebunden)|(arbeite|bin|beschaftigt) .{0,40}nicht mehr\b|nicht mehr (bei|im|fur|in der|tatig|beschaftigt|angestellt)|nichts (mit .{1,40} )?zu tun|im ruhestand|in rente|rentner\w*|pensioniert|(habe|besitze|fuhre|betreibe) (gar |uberhaupt )?(kein|keine|keinen) (firma|unternehmen|betrieb|geschaft|laden|praxis|restaurant|eigene\w*)|verwechs\w*|verwechsel\w*|privatperson|bin (nur |bloss )?(praktikant\w*|student\w*|azubi|werkstudent\w*|auszubildende\w*|angestellte\w*)|irrtum\w*|namensvetter\w*|andere firma|namensgleich\w*)\b/,
      4,
    ],
  ],
  not_now: [
    [
      /\b(gerade (nicht|kein\w*|keine|zu|sehr|im)|(derzeit|aktuell|momentan|im moment|zurzeit|zur zeit) (nicht|kein\w*|leider|sehr|zu|haben|sind|ist|passt|viel|mitten)|passt .{0,15}(gerade|momentan|aktuell|zeitlich) nicht|(melden|meld|schreiben|kommen|fragen|sprechen|rufen|versuchen|kontaktieren|wieder|nochmal|nochmals|erneut|gerne).{0,60}(in (ein|zwei|drei|vier|sechs|ein paar|einigen|\d+)|nach (dem|der|den|\w+)|im (neuen|nachsten|fruhjahr|herbst|sommer|winter|januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember|q[1-4]|\w+ quartal)|ab (dem )?\w+|anfang|ende|mitte|spater|gegen|(nachste[sn]?|kommende[sn]?))\b|(nachste[sn]?|kommende[sn]?|neue[sn]?) (jahr|quartal|saison|monat|fruhjahr|herbst)|vertrag (lauft|bis|gebunden)|vertraglich .{0,20}(gebunden|bis)|(noch )?gebunden|zu viel (los|zu tun|um die ohren)|keine zeit|keine kapazitat\w*|budget (ist|fur|erst)|hochsaison|umbau|zu fruh|noch nicht (so weit|soweit|bereit|spruchreif)|erst (wieder )?(im|ab|nach|in|anfang|ende)|auf eis|in (einigen|ein paar|zwei|drei|sechs|\d+) (monaten|wochen))\b/,
      3,
    ],
  ],
  not_interested: [
    [
      /\b(kein (interesse|bedarf|bedurfnis|budget|thema)|keinen (bedarf|mehrwert|nutzen|sinn)|keine (verwendung|notwendigkeit|relevanz)|nicht (interessiert|interessant|relevant|notig|notwendig|passend|gewunscht|uberzeugt|fur uns|unser|das richtige|von interesse|auf der suche)|nein,? (danke\w*|vielen|besten|kein\w*|wir|das|lieber|leider|ist)|danke,? (nein|kein\w*|aber (nein|kein\w*|wir|nicht)|wir (sind|haben|brauchen))|(haben|sind) (wir )?(bereits|schon|da schon|hier schon|damit schon|damit bereits).{0,50}|(bereits|schon) (versorgt|einen|eine|gut|bestens|ausgestattet|jemanden)|gut (versorgt|aufgestellt|bedient)|bestens (versorgt|aufgestellt|bedient)|(sind|bin) (sehr |ganz |rundum )?zufrieden|zufrieden mit|(machen|erledigen|losen) (wir |das |alles |es )?.{0,20}(selbst|selber|intern|inhouse)|brauchen wir nicht|brauche ich nicht|(brauchen|benotigen|suchen) (wir )?(das |so etwas |sowas |derzeit )?(nicht|kein\w*)|verzichten|passen wir|lehnen .{0,15}ab|absage|absagen|zu teuer|uninteressant|ohne uns|lassen sie (mich|uns) in ruhe)\b/,
      3,
    ],
    [/^\s*(nein|nein danke|ne|no|kein interesse|kein bedarf|danke,? nein|nicht interessiert)\b[.! ]*$/m, 4],
  ],
  question: [
    [
      /\b(was (kostet|kosten|ist|sind|genau|bedeutet|heisst|macht|bringt|verlangen|beinhaltet|verstehen|ware|musste)|wie (funktioniert|viel|lange|hoch|teuer|genau|lauft|sieht|kommen|sind|ist|machen|stellen|gross|schnell|konnte)|welche\w*|woher|wer (ist|sind|steckt|hat)|warum|wieso|wofur|wo (sitzen|sind|ist|finde\w*)|(konnen|konnten|kannst|konntest) (sie|du|ihr).{0,50}(erklaren|sagen|schicken|senden|nennen|zusenden|erlautern|ausfuhren)|haben sie|habt ihr|bieten sie|gibt es|ist (das|es|da|dies) .{0,50}\?|sind sie|arbeiten sie|preis\w*|kosten|konditionen|tarife|referenzen|mehr (infos?|informationen|details)|weitere (infos?|informationen|details)|broschure|beispiele|frage:|ruckfrage\w*|eine frage)\b/,
      2,
    ],
    [/\?/, 1.5],
  ],
  interested: [
    [
      /\b(interessant|interessiert|interesse (ware|ist|besteht|haben|hatten|hatte)|klingt (gut|spannend|interessant|super|nach|vielversprechend|sinnvoll)|hort sich (gut|spannend|interessant)|spannend|(gerne|gern)\b|(wurde|wurden|konnen|konnten|lassen|mochte|mochten|wollen|will|hatte|hatten).{0,30}(sprechen|telefonieren|kennenlernen|austauschen|treffen|anschauen|ansehen|horen|erfahren|testen|lust|interesse|vereinbaren|zeit)|rufen sie (mich |uns )?(an|gerne|doch|mich)|ruf (mich )?an|(termin|telefonat|gesprach|call|demo)\b.{0,40}|meine (nummer|durchwahl|handynummer|mobilnummer|telefonnummer)|erreichbar unter|erreichen mich|(schicken|senden|schick|sende) (sie )?(mir|uns|es|das|gerne|ruhig|doch|mal)|passt (mir|uns|gut|perfekt|bei)|kommt (genau )?(richtig|gelegen|passend)|genau (das|was)|ja,? (bitte|gerne|gern|klar|sicher|das|wir|ich|passt|sehr|unbedingt|schicken|machen)|einverstanden|machen wir|her damit|immer her)\b/,
      2.5,
    ],
    [
      /^\s*(ja|ja gerne|ja bitte|gerne|gern|klar|ok|okay|super|passt|perfekt|sehr gerne|einverstanden)\b[.! ]*$/m,
      4,
    ],
  ],
};
