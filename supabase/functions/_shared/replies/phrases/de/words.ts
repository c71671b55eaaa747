// Parts that the German phrases of several classes share.

/** A few words that do not begin another thought: "nicht mehr (bei mir per Telefon) melden". */
export const near =
  '(?:(?!(?:bitte|dort|hier|und|aber|sondern|daher|deshalb|wenden|darum|oder|weil|da|denn|seit) )[^ ]+ ){0,4}?';

/** Up to seven words, none of which says no. */
export const yes = '(?:(?!(?:nicht|nich|nie|ned|net|kein\\w*|nichts|nix|nimmer|weder|noch) )[^ ]+ ){0,7}?';

/** Who a reply is passed on to, without the article. Addresses stand apart: beside a <mail>, nouns are <name>. */
export const people =
  '(?:herrn?|frau|hr|fr|fräulein|dr|dipl|kolleg\\w+|chef\\w*|boss|vorgesetzt\\w+|geschäftsführ\\w*|geschäftsleit\\w*|inhaber\\w*|eigentümer\\w*|betreiber\\w*|leit(?:er|ung)\\w*|\\w+leit(?:er|ung|erin|erinnen)|einkauf\\w*|einkäufer\\w*|zentraleinkauf|\\w*abteilung\\w*|marketing\\w*|vertrieb\\w*|personal(?:er|erin|ler|lerin|chef\\w*|referent\\w*|büro|wesen|verantwortlich\\w*)|\\w*verwaltung|\\w*zentrale|buchhaltung|buchhalter\\w*|it|edv|ict|\\w*beauftragt\\w+|mann|gattin|gatten|sohn|tochter|bruder|schwester|vater|mutter|papa|mama|schwager|ehemann|ehefrau|\\w*sekretariat|assisten\\w+|\\w*konzern\\w*|vorstand\\w*|vorsitzend\\w+|präsident\\w*|betriebsrat|nachfolg\\w+|vertret\\w+|stellvertret\\w+|mitarbeiter\\w*|fachbereich\\w*|sachbearbeit\\w*|sachgebiet\\w*|referat|referent\\w*|dezernat|\\w+amt|vergabestelle|\\w*beschaffung|disposition|disponent\\w*|\\w*technik\\w*|\\w*manager\\w*|ceo|cto|cfo|coo|cmo|hr|pr|träger\\w*|mutterhaus|mutterfirma|muttergesellschaft|holding|niederlassung|franchisegeber|empfang|praxismanager\\w*|pfarrer\\w*|sozia|sozius|planer\\w*|planungsbüro|ingenieurbüro|architekturbüro|maklerbüro|versicherungsmakler\\w*|makler\\w*|redaktion|hofleiter\\w*|wirt|wirtin|küchenchef\\w*|koch|oberarzt|oberärztin|stationsleit\\w*|fuhrparkleit\\w*|marktleit\\w*|studienrat|sekretärin|rektor\\w*|direktor\\w*|direktion|schulleit\\w*|hausmeister\\w*|facility\\w*|projektleit\\w*|senior|junior|seniorchef\\w*|juniorchef\\w*|head|bauleit\\w*|meister|architekt\\w*|spezialist\\w*|experte\\w*|expertin|fachfrau|fachmann|zuständig\\w+|ansprechpartner\\w*|ansprechperson\\w*|verantwortlich\\w+|stelle|office|verband|kammer|redaktion|kanzlei|filialleit\\w*|gebietsleit\\w*|verwalter\\w*|kompagnon|teilhaber\\w*|gesellschafter\\w*)';

/** Who does it for somebody: turned to in a referral, but a refusal where they simply do it. */
export const suppliers = '(?:\\w*team|steuerberat\\w*|partner|partnerin|\\w*agentur|\\w*dienstleister\\w*)';

/** "der", "meine", "unserem", "die neue", "das" and nothing. */
export const article =
  '(?:(?:de[rnm]|die|das|mein\\w*|unser\\w*|unsr\\w*|dein\\w*|ihr\\w*|eine?[rnm]?|an|bei|mit|zu|über|beim|zum|zur|ans|vom|auch|direkt|gleich|lieber|neu\\w*|zuständig\\w+|jeweilig\\w+|technisch\\w+|kaufmännisch\\w+|lieb\\w+|lokal\\w*|ganz\\w*|gesamt\\w*|vorgesetzt\\w*|dortig\\w+|intern\\w*|werte[rn]?|geschätzt\\w*) )*';

export const months =
  '(?:jan|januar|jänner|feb|februar|feber|märz|maerz|apr|april|mai|jun|juni|jul|juli|aug|august|sep|sept|september|okt|oktober|nov|november|dez|dezember)';

/** When somebody may be asked again, after "in", "nach", "ab" and the like. */
export const period =
  `(?:${months}|20\\d\\d|\\d+[.]\\d+(?:[.]\\d+)?|q[1-4]|quartal|quartals|jahr|jahres|jahre[sn]?|jahreswechsel|frühjahr|frühling|herbst|sommer|winter|monat|monate|monaten|wochen|woche|ferien|sommerferien|urlaub|weihnachten|ostern|pfingsten|saison|messe|umzug|umbau|ernte|jahresabschluss|inventur|neujahr|halbjahr|schuljahr|jahresende|jahresbeginn|jahresanfang|jahresmitte|jahreshälfte|sommerpause|winterpause|weihnachtsgeschäft|feiertage\\w*|einführung|umstellung|eröffnung|fusion|semester|audit|hochsaison|fasching|karneval|betriebsferien|betriebsurlaub|geschäftsjahr|wirtschaftsjahr|budgetjahr|lese|weinlese|spargelzeit|erntezeit|bauphase|bauzeit|probezeit|elternzeit|migration|zertifizierung|prüfung|messesaison|lockdown|zeit|schulanfang|lehrjahr|neuwahlen?|wahl|wahlen|kalenderwoche|kw)`;
