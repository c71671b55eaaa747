// English.
import type { Language } from '../language.ts';

export const english: Language = {
  negation:
    `(not|no|never|none|nothing|nobody|neither|nor|without|hardly|cannot|cant|dont|doesn't|didn't|isn't|aren't|wasn't|won't|wouldn't|couldn't|shouldn't|haven't|hasn't|ain't|unable|stop)`,
  habit:
    `(normally|usually|generally|typically|as a rule|most of the time|nine times out of ten|at first|was about to|almost)`,

  unsubscribe: {
    sure: `
      (i|we) (want|wish) (off|out)( of this| of your .*)?
      (do not|don't|never|no|without) (have|had|give|gave|given|got)? ?(my|our|any) (permission|consent|agreement)
      ^(stop|unsubscribe|remove|remove me|opt out|optout|unsub|cancel|take me off|delete|stop please|please stop|unsubscribe me|please unsubscribe|off|remove please|stop it|enough|no more)( please| thanks| thank you| now| me| pls| plz)*$
      (unsubscribe|unsubscribed|unsub|unsuscribe|unsubcribe|opt|opting|opted) (me|us|out|please|from|this|my|now|pls)
      ^(please |pls |kindly )?(unsubscribe|unsub)
      (want|wish|like|ask|asking|asked|need|trying|tried|have) to (unsubscribe|opt out|be (removed|taken off|unsubscribed|left alone|deleted|excluded))
      (remove|delete|take|strike|cross|scrub|scratch|drop|erase|purge|get|pull|wipe|exclude) (me|us|my|our|this|that|the|these|all|any|every) .. (list|lists|database|databases|records|system|mailing|mailings|file|files|crm|sequence|campaign|campaigns|address|addresses|mails|outreach|cadence|distribution|data|details|information|emailing|spreadsheet|thing|automation)
      (remove|delete|unsubscribe|exclude|erase) (me|us)( please| now| immediately| at once| asap| entirely| permanently| from)*
      take (me|us|this address|my name|my address|our name|our address|my mail|our mail) off
      (get|leave|keep) (me|us|my name|my address) (off|out of) (this|your|the|that|all|these) .. (list|lists|mailings|mails|database|thing|system)
      off (the|your|this|that|all|of your) (mailing )?(list|lists|distribution)
      (do not|don't|never|not to|please no|no need to|cease|stop|quit|stop your|refrain from|desist from|to stop|must not|may not|not ever) (ever )?(contact|contacting|mail|mailing|emailing|e mailing|write|writing|message|messaging|spam|spamming|bother|bothering|pester|pestering|harass|harassing|send|sending|solicit|soliciting|pitch|pitching) (me|us|to me|to us|anything|any|again|this|my|our|these|those|mails|more|further|here|anyone)
      (do not|don't|never) (mail|contact|write|message|send|bother|approach|reach out) .. (again|anymore|any more|ever|any further)
      (do not|don't) (ever )?(contact|mail|message) (me|us)
      (stop|quit|cease) (mailing|emailing|contacting|spamming|writing|messaging|bothering|harassing|sending|pestering|with the mails|the mails|these mails|this spam|the spam|all mails|all contact|contact|with these)
      (no|not .. any|don't .. any|any) (more|further|future) (mails?|messages?|correspondence|communications?|contact|spam|mailings?|outreach|solicitations?|marketing|newsletters?|sales pitches) (from|please|to|at|thanks|thank|of|at all|will be)
      ^(please )?no (more|further) (mails?|messages?|contact|correspondence|spam|communications?|of these|of this)
      (not|don't|no longer|never) (want|wish|need|care|like|agree|consent|consented|intend|desire|wishing|wanting) .. (receive|get|be contacted|hear from|be mailed|mails|mail from|be on|be solicited|be approached|correspondence|any of your|being contacted|receiving|getting)
      (would|we|i|please|prefer|rather) (prefer|rather)?( not| you did not| you didn't| you not| to not) (to )?(receive|be contacted|get these|get any|be mailed|hear from you)
      never (signed up|subscribed|asked|opted|agreed|consented|gave|requested|ticked) .. (this|these|you|your|mails|mail|list|permission|consent|for|up)
      (gdpr|ccpa|pecr|can spam|data protection|right to (erasure|be forgotten|object)|information commissioner|subject access request)
      (report|reported|reporting|mark|marked|marking|flag|flagged|flagging|block|blocked|blocking) (this|you|it|your|these|them|as)( .. )?(spam|junk|domain|phishing|sender|you|provider|company|address)
      (will be|am|being|going to be) (blocked|blocking you|reporting you|reported)
      (leave|lose|forget) (me alone|us alone|my address|my mail|our address|this address|my number)
      consider this (a|my|our) (formal|final|last|request|notice|opt)
      (cease and desist|harassment|unsolicited (mail|mails|commercial|marketing|messages|sales|contact|advertising))
      (suppression|do not contact|do not mail|opt out|blacklist) list
      (withdraw|revoke) (my|our|any) consent
      (object|objecting) to .. (processing|marketing|use of)
      (erase|delete) .. (personal data|data you hold|my data|our data|information about)
      opt (me|us) out
      (this is|consider it|that's) spam
      how many times
      (go away|piss off|fuck off|bugger off|sod off|get lost)
      (my|our) (address|mail|mail address|details|data|contact details|name) .. (deleted|removed|erased|taken off|taken out)
    `,
    hint: `
      (spam|spammer|spammers|spamming)
      (enough|sick of|tired of|fed up|get way too much|too many) .. (mails|mail|messages|this|these)
      ^stop .. (this|it|now)$
    `,
  },

  condition: `
    if (you|you're|you are|you'd|anyone)
    should you
    in case you
  `,

  leave: `
    (drop|take|leave|remove) (me|us) (from|off|out of) (the|this|that) (thread|chain|loop|conversation|copy|cc)
    no need to (copy|cc|keep) me
    (drop|take|leave|remove) me (off|out)
  `,

  referral: {
    sure: `
      (contact|ask|try|mail|message|call|phone|ring|approach|reach out to|reach|speak to|speak with|talk to|talk with|chat to|chat with|write to|get in touch with|be in touch with|get hold of|connect with|direct (this|it|that|your .*) to|address (this|it|that) to|send (this|it|that|your .*) to|forward (this|it) to|liaise with|check with|go through|deal with|drop|see|redirect (this|it) to|best to contact|you want|you need|want to speak to|should speak to|need to speak to|run (it|this) (by|past)|take it up with) (instead |directly |maybe |perhaps )?(to )?(<name>|<mail>|(mr|mrs|ms|miss|dr|prof|sir) <name>)
      (contact|ask|try|mail|message|call|approach|reach out to|speak to|speak with|talk to|talk with|write to|get in touch with|connect with|direct .. to|address .. to|send .. to|forward .. to|check with|go through|redirect .. to|take it up with|you want|you need|you'd want|best speak to|better off with|should be with) (to )?(my|our|the|his|her|their|head) (new |current |own |other )?(\\w+ )?(\\w+ )?(colleague|colleagues|boss|manager|director|partner|wife|husband|brother|sister|son|daughter|team|department|dept|assistant|office|head|lead|owner|buyer|purchasing|procurement|accountant|ceo|cto|cfo|coo|cmo|successor|replacement|secretary|agency|landlord|franchise|brother in law|dad|father|mum|mother|nephew|niece|cousin|business partner|co founder|cofounder|supervisor|officer|coordinator|people|administrator|bookkeeper|group)
      (passed|forwarded|sent|handed|given|shared|pass|forward|forwarding|passing|sending|relayed|referred|routed|moved) (this|it|that|you|your (mail|message|details|note|info|information|email|enquiry|inquiry)|the mail)( .. )?(on|along|over|to|onto|across|with|up|internally)( to)?( our| my| the| <name>)
      (passed|forwarded|handed) (this|it|that|your .*) (on|along|over)?( .. )?to
      (i've|i have|have|i|will|i'll|we've|let me) (passed|pass|forward|forwarded|forwarding|passing) (this|it|your .*) (on|along|to|over|up)
      (cc'd|cced|cc'ing|ccing|copied|copying|looping|looped|adding|added|in cc|on cc|putting|introducing|connecting) (in )?(here |you (to|with) |my |our |the )?(<name>|colleague|(mr|mrs|ms|dr) <name>)
      (looped|looping|copied|copying|cc'ing|cced|cc'd) (in )?(my|our|the) .. (who|as)
      <name> (is|would be|will be|'s) (your|the|a) (best |right |better |correct |go to |main |person |man |woman |guy |one |point |contact |decision )
      (best|right|correct|proper|better|appropriate|relevant|go to|main|real) (person|contact|point of contact|one|guy|man|woman|address|place|people|bet|department|team) .. (is|would be|will be|are|to (speak|talk|contact|ask|write)|for (this|that|it|these)) .. (<name>|<mail>|my|our|the|mr|mrs|ms)
      (best|right|correct|proper|better|appropriate) (person|contact|one|department|team|place|address) .. (is|would be|will be)
      <name> .. (handles|runs|manages|oversees|looks after|takes care of|is responsible|deals with|is in charge|leads|makes|decides|does|owns|is the one|took over|has taken over|replaced|is head|heads up|covers|would know|can help|will help|is your man|is your woman|will be able to)
      (my|our|the) .. (colleague|boss|manager|director|partner|wife|husband|brother|sister|son|daughter|team|department|assistant|office|head|owner|buyer|accountant|agency|landlord|brother in law|father|dad|mother|ceo|cto|cfo|coo|cmo|people|hq|headquarters|head office|nephew|niece|cousin) (\\w+ )?(\\w+ )?(handles|runs|manages|oversees|looks after|takes care of|is responsible|deals with|is in charge|is the person|is the one|makes (the|those|these|that|all)|decides|does (all|the|this|that|these)|owns|took over|has taken over|would be|will be able|can help|might be|may be|could be)
      (handled|managed|run|decided|dealt with|looked after|taken care of|made|done|organised|organized|purchased|bought) (centrally |entirely |exclusively )?(by|at|through|from) (<name>|my|our|the|head|hq|head office|headquarters|mr|mrs|ms)
      (goes|go|going|run) through (<name>|my|our|the|head|hq|head office|procurement|mr|mrs|ms)
      (successor|replacement) (is|at|will|can|<name>)
      my (successor|replacement)
      (tell|say to) (him|her|them) (i|that i|we) (sent|said|told)
      (use|mention|drop|give) my name
      (in her|in his|in their|your) (inbox|hands) .. <name>
      (that|this|it) (would be|is|'s|will be) (one for|a question for|a matter for|something for|up to|down to|in the hands of|my colleague's|under)
      (you|better|best) (are |would be )?(better off|best|better) (contacting|speaking|asking|talking|writing|trying|with)
      the (person|one|guy|man|lady|woman|place) (you|to) (want|need|are looking for|speak|talk|contact|ask|should)
      (put|put you|puts you) in touch with
      (her|his|their) (mail|address|number|email|mail address|direct line|extension) is
      (will|'ll|can) (pick (this|it) up|be in touch|get back to you|take (this|it) from here|take over|contact you) if
      (he|she|they) (handles|deals|decides|runs|looks|manages|takes|makes)
    `,
    hint: `
      <mail>
      (passed|forwarded|forward|pass) (it|this|your .*) (on|along|over|internally|to)
      (on|in) (cc|copy)
      (ask|try|contact) <name>
      (ask|try|contact) (reception|procurement|purchasing|marketing|finance|hr|human resources|sales|operations|facilities|it|head office)
    `,
  },

  wrong_person: {
    sure: `
      (haven't|have not|hasn't|not) (worked|been|lived) (there|here|with them|for them|at|in) (.. )?(since|for|in)
      i (only|just) (\\w+) (here|there|the)
      (died|passed away|deceased|late husband|late wife|no longer alive)
      (isn't|is not|not|no longer) (ours|mine|my company|our company|my business)( any ?more)?
      (club|charity|church|family|school|hobby) (address|mailbox|inbox)
      (wrong|incorrect|mistaken) (person|guy|man|woman|lady|contact|address|mail|company|firm|business|department|number|place|party|team|one|recipient|individual|inbox|org|organisation|organization|school|country|branch|office|industry|<name>|end|door|tree|side)
      ^wrong <name>
      (not|isn't|ain't|wasn't|no longer|aren't) (i'm |i am |really |quite |even |actually |anymore |in fact )?(the |your |who |a )?(right|correct|appropriate|best|proper|relevant|one who|one that|person|guy|man|woman|decision maker|contact|whoever|company you|firm you|business you|people you)( for| to| person| contact| one| you| company| department| address| guy| team| at| i'm| here| who| in)*
      (don't|do not|doesn't|didn't|no longer|never|not|wouldn't) (really |actually |personally |even )?(handle|deal with|manage|look after|work (at|for|with|in|there|here)|work .. anymore|decide|make .. (decisions|purchasing|buying)|buy|own|run|have any (say|influence|involvement|authority|input)|take care|get involved|make those|make these|make any|responsible|involved|employed|with (the|this)|in charge|part of|have (a|an|any) (restaurant|hotel|shop|store|company|business|clinic|practice|team|office|website|warehouse|fleet|employees|staff)|(run|own|have) .. (business|company|shop|restaurant|hotel|clinic|store))
      (nothing|little|not much|zero|not a thing) to do with
      (not|isn't|outside|out of|falls outside|beyond) (in )?(my|our) (area|department|remit|job|field|responsibility|role|call|decision|patch|scope|pay grade|domain|division|line of work|desk|team|wheelhouse)
      (above|over) my (pay grade|head|station)
      (left|have left|leaving|quit|resigned|moved on|departed|was made redundant|been made redundant|am leaving) (the |this |that |my |from )?(company|firm|business|job|role|organisation|organization|school|position|practice|industry|team|trade|<name>|in|at|last|years|some|back|two|three|already)
      i (left|quit|resigned|moved|retired) (<name>|the|in|at|last|years|from|on|a|two|some|back|that)
      (i am|i'm|been|am|have|i've|i) (now |long |happily |already |fully |since |recently )?(retired|retiring)
      ^(happily |long )?retired
      (in|enjoying|since|upon|into) (my )?retirement
      no longer (work|working|with|employed|at|involved|in|part of|an employee|there|run|own|responsible|handle|the|my|have|here|belongs|a customer)
      (confus(e|ed|ing)|mix(ed|ing)?|mistak(e|en|ing)|muddl(ed|ing)) (me|us|up|things|this|for|that|my|our|the)( .. )?(with|for|up|someone|somebody)
      (have|got|you've|you) (me|us) (mixed up|confused|muddled|mistaken|down as)
      (mistaken identity|same name|namesake|similar name|shares? (my|our|a|the) name|another (company|business|firm|person|organisation) (called|named|with))
      (you|you're|you are|may be|might be|must be|probably|think you) (\\w+ )?(looking for|after|thinking of|want|meant|mean|meaning|trying to reach|have) (someone|somebody|a different|another|the other|some other|him|my) .*
      (different|another|the other|some other|a different) (company|business|person|firm|organisation|<name>|one|department|john|school)
      (sent|came|come|reached|reaching|gone|got|ended up|mailed|landed|addressed|written) (this |it |here |to me |to us |me |to )?(by mistake|in error|by accident|to the wrong|with the wrong|to a wrong|accidentally|mistakenly)
      (not me|isn't me|wasn't me|aint me|not us|isn't us)
      (i'm|i am|im|am) (just|only|merely|but|simply|still) (a|an|the|one of the|doing|here|covering|temping|helping)
      (just|only) (the|an|a) (intern|temp|driver|cleaner|receptionist|student|trainee|apprentice|volunteer|tenant|employee|cook|waiter|porter|caretaker|janitor|assistant|nurse|teacher|secretary|clerk|customer|private|junior|part timer)
      (i'm|i am|im) (a|an|in) .. (student|intern|apprentice|trainee|pensioner|private individual|volunteer|freelancer|employee|payroll|teacher|nurse)
      (private|personal) (individual|person|mail|address|account|inbox)
      (sold|closed|shut|wound up|folded|liquidated|closed down|dissolved|gave up|shut down|handed over) (the |my |our |that |this |it )?(business|company|shop|firm|restaurant|hotel|practice|store|place|it|salon|cafe|pub|clinic|farm|down|up|years|last|in|roofing .*|a few|two|some|back)
      (has been|was|been|is|have been) (sold|closed|shut|dissolved|wound up|taken over|liquidated|closed down)
      (went|gone) (bust|out of business|into liquidation|bankrupt)
      (out of|ceased|stopped) (business|trading)
      never (owned|had|ran|run|worked|been|heard|managed) (a|an|in|at|for|any|the|of|there)
      (have|has|there's|there is|we've|got|are) no (such|office|tenants|fleet|restaurant|hotel|warehouse|shop|store|clinic|staff|employees|company|business|patients|students|guests|involvement|authority|influence|say|connection|links?|affiliation|budget responsibility)
      (there is|there's|there are|we have|i have) no .. (move|such|company|business|here|person|by that name|of that name)
      (nobody|no one|no such person|no one here) .. (by that name|of that name|called|named)
      (i'm|i am|we're|we are) (not|neither) (a |an |the |moving|planning to move|opening|hiring)( .. )?(business|company|hotel|restaurant|clinic|landlord|school|agency|shop|owner|manager|practice|in that)
      not (affiliated|connected|associated|employed|involved|based|related|located) (with|in|at|to|by|here|anymore)
      (not sure|no idea|don't know|do not know|wonder|couldn't say|can't say) (why|how) (you|i|this|we|i'm|i am) .. (me|this|list|mail|contact|receive|received|getting|getting this)
      (no idea|not sure|don't know|do not know|couldn't tell you) who
      update your (list|records|data|database|contacts)
      (barking|knocking) (up|at|on)
      you (keep|are|'re) writing to the
      (changed|switched) (jobs|careers|employer|role|roles)
      (new|different) (job|employer|role) (now|since|elsewhere)
    `,
    hint: `
      (i'm|i am|we are|we're|this is|it's|i'm in|i run) (a|an|the|in) .*
      (is|it's|are) .. (someone|somebody) else
    `,
  },

  not_now: {
    sure: `
      (give|drop) (me|us) a (shout|ring|call|line|bell|nudge) (.. )?in (the )?(spring|summer|autumn|fall|winter|new year|january|february|march|april|may|june|july|august|september|october|november|december|q[1-4])
      up to (my|our) (neck|necks|ears|eyeballs)
      (board|committee|council|management|directors|partners|owners|trustees) (only |next |won't |will not |doesn't )?(meets?|decides?|sits|meeting) (.. )?(in|until|next|after|on|again)
      (nothing|no decision|no decisions) (.. )?(before|until|till)
      (just|only|recently) (signed|renewed|extended|committed) (.. )?(until|for (another|two|three|\\d+)|years?)
      (get|come|circle|check|reach|write|try|ask|call|ping|contact|mail|touch base|speak|talk|follow up|follow|look|revisit|chase|message|ring|knock|pick this up|pick (it|this|that)|reconnect|catch up|reach out|drop|remind|nudge|hit|contact|resume|return|discuss|review|approach|park|bump|reconsider|revisiting|chat|connect) (me |us |you |back |out |in |up |to |with |it |this |that |again |base |a line |a mail )*(again |back |then |maybe |perhaps |please |once more )*(?!next week|this week|in the morning|in the afternoon|in all)(in|after|around|come|at|from|next|later|when|once|mid|early|late|closer|towards|toward|by|on|during|for|until|beginning|start|end|then|nearer|some other time|another time|a few|six|three|two|post|following) ?(the |a |about |my |our |your |early |late |mid |of |few |couple |beginning |start |end |new |next |another |other )*(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|q[1-4]|spring|summer|autumn|fall|winter|year|quarter|month|months|weeks?|new year|christmas|easter|holidays?|season|time|then|later|again|budget|term|week|half|fiscal|one|two|three|four|five|six|eight|ten|twelve|\\d+|ramadan|half term|things|it|we|i|day|renewal|audit|launch|dust|merger|move|our|point|hire|moment)
      (try|ping|write|contact|ask|call|mail|come|reach|check|get|circle|speak|talk) .. (again|back) .. (then|later|in|after|next|when)
      (write|get in touch|come back|try|contact me|contact us|ask|ping me|call me|get back|reach out|reach back out|check back|circle back|try me|try us|remind me|look|speak|talk|revisit) (to me |to us |again |back |once )*(then|later|later on|down the (line|road)|another time|some other time|in due course|in future|at a later|next time|in the future)
      (circle|check|touch base|revisit|reconnect|ping me|loop back|follow up) (back )?(in|after|next|later|around|then|when|early|once)
      not (right )?now
      not (before|until|till) .*
      (not|isn't|bad|wrong|terrible|poor|awful|not a good|not the best|not great|not ideal|poor|lousy|horrible) (a |the |an |quite |really )?(good |right |best |great |ideal |perfect )?(time|timing|moment|month|week|season)
      timing (is|isn't|is not|'s) (not |n't |a bit |really |very |just )?(great|good|right|ideal|bad|off|poor|terrible|wrong|awful|perfect|unfortunate|tough)
      (maybe|perhaps|possibly|some|another|we can|happy to) (some )?(other time|later|next (year|quarter|season|month|spring|summer|autumn|fall|winter)|in (a few|the (new year|future|spring|autumn|fall))|down the (line|road)|another time|in (six|three|twelve|\\d+) months|once|when (we|things|the|i))
      (can we|let's|lets|let us|could we|shall we|we could|i'd like to|we'll|park|put|have to) (park|postpone|pause|defer|delay|shelve|revisit|put .. (hold|ice|back burner)|pick (this|it) up .. (later|in|after|next|when)|push|table|reschedule|wait|hold off)
      (on|onto) (hold|ice|the back ?burner|pause) (until|till|for|at|right|for the|this)
      (park|hold|shelve|postpone) (this|it|that)
      (too|so|very|really|extremely|super|insanely|rather|incredibly|crazy|absolutely|completely|totally) (busy|swamped|hectic|stretched|snowed|slammed|early|soon|occupied|much on|much going on|tied up)( .. )?(right now|at the moment|now|currently|this|until|with|for|to)?
      (snowed under|swamped|flat out|up to my (ears|neck|eyes)|in the (thick|middle|midst) of|tied up|hands full|hands are full|plate is full|plates full|overloaded|buried|drowning|underwater|under water|maxed out|slammed|rushed off|run off (my|our) feet|manic|mad busy|at capacity|full up|no bandwidth|no capacity|peak season|busy season|high season|busiest|crunch time|year end close)
      (frozen|freeze|tied up|locked in|locked into|allocated|spent|used up|committed|exhausted|gone|signed off|closed) (until|till|through|for (this|the)|already for|this year|to|with .. until)
      (budget|budgets|headcount|spend|funding|money|hiring) .. (frozen|freeze|spent|gone|allocated|closed|tied|locked|next year|january|used up|committed|exhausted|opens|resets|reset|is set|not available|run out|until|set)
      (contract|agreement|subscription|licence|license|deal|lease|term|supplier|provider|vendor|renewal|commitment) .. (until|till|through|runs|ends|expires|expire|renews|up for renewal|is up|comes up|renewal|runs out|finishes|lapses|for another|due|not up|locked)
      (locked|tied|signed|contracted|committed|under contract|in contract|bound) (in |into |up |to |with )*.. (until|till|through|for another|for the next)
      (until|till|before) .. (then|renewal|contract|expires)
      (not|isn't|aren't|not yet|not quite|nowhere near) (a priority|ready|there yet|on our roadmap|high on|at that stage|at the stage|planned|looking at this)( right now| at the moment| yet| just yet| until| this year| this quarter| now| currently| for us| at this)+
      not (just )?yet
      (too early|bit early|premature|ahead of time)
      (need|needs|have|has|looking|interest|requirement|requirements|budget|capacity|time|bandwidth|plans|hiring|priority|interested|appetite|headspace) .. (at present|at the moment|at this (time|point|stage|moment)|right now|currently|for now|just now|presently|this (year|quarter|month|term|season|side)|for the time being|as of now|today|these days)
      (currently|at present|at the moment|at this (time|point|stage|moment)|right now|for now|presently|for the time being|just now|this (year|quarter|month|season|term)) .. (no|not|don't|aren't|isn't|can't|busy|unable|have no|haven't|too|frozen|closed|pass|hold|swamped|focused|focusing|tied)
      (a no|no|pass|nothing) (from (me|us) )?(for now|for the moment|at present|this time|right now|at the moment|this year|just yet|today|at this (time|point|stage))
      (keep|save|hold on to|hang on to|file|kept|store) (your|my|this|it|the|our) .. (later|future|on file|then|reference|for when|needs? change|mind|handy|details)
      (keep|bear) (you|it|this|us|me|your .*) in mind
      (will|'ll|shall|would) (be in touch|get in touch|reach out|contact you|come back|let you know|get back|revisit|reconsider) (with you |to you |again |this )*(when|once|if|in|after|later|next|should)
      (after|once|when) .. (settled|settles|dust|is done|is over|has finished|is finished|calmed|calms|quieter|opens|reopens|is complete|completed|renewal|back to normal|slows down|comes up|year end|the move|the merger|the audit|the launch)
      (next|new|following) (year|quarter|season|fiscal year|financial year|budget|spring|autumn|fall|summer|term|school year) (maybe|perhaps|might|could|would|we|when|is|then|opens|instead|please|at the earliest|or|for)
      (revisit|reopen|look at|review|discuss|consider|evaluate|talk|budget) .. (next (year|quarter|season|month|spring|summer|autumn|fall|week)|in (the )?(new year|spring|autumn|fall|summer|january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|h[12])|after)
      (in|after|from|until|around) (\\w+ )?(two|three|four|five|six|eight|nine|ten|twelve|\\d+|a few|a couple( of)?|couple of) (weeks|months|quarters)
      (can't|cannot|not|won't|unable|don't|nobody|no one) .. (until|till|before) .*
      (earliest|soonest|at the earliest)
      we('re| are) moving (office|premises)
    `,
    hint: `
      (busy|swamped|hectic|later|someday|moving|not yet|another time|some other time|next year|for now|at the moment|right now|at present|currently|this year|this quarter|under contract|in the future|down the line)
    `,
  },

  not_interested: {
    sure: `
      rather (not|keep|stay|stick|do (it|this|that))
      (can't|cannot|don't|fail to|struggle to|couldn't) (really |quite |honestly )?see (what|how|why|where|us|the)
      (manage|managing|get by|getting by|coping|cope) (just |perfectly )?(fine|well|without)
      (you're|you are) (alright|all right)
      ^(no|nope|nah|naw|negative|pass|hard pass|no ta|no thx|no thanks|no thank you|not interested|no interest|no need|not for us|not for me|all set|we're good|i'm good|were good|we are good|no way|never|no sorry|sorry no|thanks no|thanks but no thanks|thank you but no|thanks but no|not really|we pass|i pass|i'll pass|we'll pass)( thanks| thank you| sorry| mate| cheers| ta| here| then| please| for us| for me| at all)*$
      ^(no|nope|nah|naw) (thanks|thank you|thx|ty|ta|cheers|sorry|we|i|not|mate|need|interest|it|this|that|siree)
      no,? (thanks|thank you|thx|thankyou)
      (not|isn't|aren't|ain't|wasn't|never|no longer|hardly|wouldn't be|won't be|not be|not at all|not currently|not really|not particularly|not terribly|not even remotely) (really |at all |very |particularly |terribly |currently |remotely |something |anything |of |be |that |even |overly |actually )*(interested|intrested|interesting|interest|relevant|for us|for me|keen|convinced|suitable|applicable|a fit|a good fit|the right fit|a match|our thing|my thing|my cup|our cup|required|needed|necessary|looking|in the market|(we|i) (need|want|would|are looking|require|do)|persuaded|sold|a priority|worth|going to|use to us|of use|for our|buying|useful|what we)
      (no|zero|any|little|not the slightest|nil|absolutely no|have no|see no|got no|not any|without) (real |further |particular |actual |immediate |wish |current )?(interest|need|use|desire|appetite|requirement|requirements|demand|value|benefit|intention|intentions|plans|wish|point|want|budget|money|call|room|use case|reason)( .. )?(for|in|to|of|here|at all|thanks|whatsoever)?
      (don't|do not|doesn't|won't|wont|will not|never|wouldn't|would not|can't see|cannot see|didn't|not|not going to) (really |be |actually |think we |think i |currently |ever |see us |see ourselves )*(need|needing|want|require|requiring|use|using|outsource|outsourcing|be interested|work with|working with|see (the|a|any|this|how|us|it|ourselves)|believe in|buy|buying|take on|interest|pursue|pursuing|proceed|proceeding|fit|suit|apply|appeal|go ahead|going ahead|make sense|convince|taking (this|it|you)|take (this|it|you) (up|further)|change|changing|switch|switching|move forward|moving forward|do (this|that|cold)|engage|respond)
      (we're|we are|i'm|i am|were|im|am|all|already|pretty|quite|very|perfectly|more than|well) (\\w+ )?(all set|set|sorted|covered|happy with|happy as|satisfied|good (here|thanks|as|with|for|on)|fine (as|thanks|with|without|for)|well (served|covered|looked after|catered|taken care)|content|taken care|catered for|provided for|well provided|sticking|staying|good thanks|comfortable|suited|kitted out)
      (all set|all good|all sorted|we're good|we're fine|i'm good|i'm fine|sorted thanks|happy with (what|our|the|who|how)|happy where)
      (already|just|recently|currently) (have|has|got|use|using|work|working|in place|signed|chosen|picked|bought|found|went|committed|covered|do|doing|appointed|hired|partnered|sorted|invested|gone|equipped|outsource) .*
      (have|got|use|using|we've|have used|worked with|been with|we use|we work with) .. (already|in place|for years|since|in house|own|established|long standing|preferred|existing|trusted|good) .*
      (in ?house|internally|ourselves|our own (team|people|staff|system|tool|software)|by ourselves|myself|do it all)
      (pass on|take a pass|have to pass|going to pass|will pass|i'll pass|we'll pass|gonna pass|pass this time|hard pass|give (it|this) a miss|sit this one out|leave it|leave it there|skip this|rather not|prefer not|decline|declining|declined|politely refuse|refuse|turn (you|this|it) down|say no|said no|the answer is no|it's a no|is a no|a firm no|a flat no|a no from|a polite no|count us out|count me out|not today|thanks but|thank you but)
      (decided|chosen|opted|elected|agreed|concluded|going|gone|went|plan|prefer|choosing) (not to|against|to stay|to stick|to go with|to remain|with (another|someone|a different|a competitor|somebody)|for another|to keep|elsewhere|in a different|another|not proceed)
      (too|way too|far too|bit|little|well above|much too) (expensive|pricey|costly|dear|steep|much money|rich|far|small|big)
      (can't|cannot|couldn't|not) (afford|justify)
      (out of|above|beyond|over) (our|my|the) (budget|price range|league|what we pay)
      (good|best of) luck (with|elsewhere|to|in|finding)
      (waste|wasting|wasted) (of |your |my |our )*(time|breath)
      (save|spare) (your|me|us|yourself|the) .*
      (no|don't) (need to|bother to|point in|need for a)? ?(chase|following up|follow up|chasing|reply|bother)
      (funnel|website|business|numbers|sales|marketing|process|system|setup|team|hair|accountant) (is|are) (just )?(fine|good|great|working)
      no wish to
      (fine|happy|good|ok|okay|doing well|managing|better off|survive|survived|coped|cope) (without|as (we|i|it|things) (are|am|is)|the way)
      (we|i) like it (that way|as it is|how it is)
      (lose|loses|lost) interest
      stick (with|to) (what|our|who|the)
      (nice|good) try
      (won't|wont|will not|not) be (needing|requiring|wanting|taking|interested|going|looking|pursuing|moving|proceeding|buying|switching|changing|using)
      (don't|do not) (believe|think|feel|see) .. (for us|for me|need|fit|right|help|benefit|value|relevant|interest|worth)
      (we|i) (went|have gone|are going|'re going|chose|picked) (with|for) (another|someone else|a competitor|a different|somebody else|your competitor)
      settles it
    `,
    hint: `
      (no|nope|nah)
      (pass|decline|fine|happy|satisfied|sorted|covered|already|cheers tho|never|lol|haha|seriously)
      (not|don't|won't|wont|isn't|doesn't|can't|aren't)
    `,
  },

  question: {
    sure: `
      (how much|how many|how long|how soon|how big|how does|how do|how did|how is|how are|how would|how will|how can|how have|what does|what do|what is|what's|whats|what are|what would|what kind|what sort|what makes|what happens|what about|what exactly|what your|what you|what size|what was|what languages|what areas|which|who are|who is|who else|who do|who does|who pays|who would|who will|who owns|whose|where are|where is|where do|where did|where does|why are|why is|why do|why should|why would|when would|when do|when can|when is|is there|are there|is it|is this|is that|are you|are your|are these|are they|do you|do your|do they|does this|does it|does your|does that|did you|have you|has your|can you (explain|tell|clarify|provide|share|confirm|do|handle|support|guarantee|also|integrate|work|deliver|show)|can it|can this|can your|can we|could you (explain|tell|clarify|confirm|elaborate)|will it|will you|will this|would this|would it|would you|would your|were you|was this|and is|and are|and do|and what|and how|but how|but what|so what)
      (price|prices|pricing|cost|costs|rates|fees|minimum term|references|case studies|roi|warranty|guarantee)
      (quick|one|a|two|couple of|few|some|another|first) questions?
      (question|questions|things|points) (before|for you|first|though|about|i|we|regarding|on)
      (not sure|don't|do not|didn't|can't) (i |quite |really |fully )*(follow|understand|get what|clear|see what)
      (curious|wondering|wonder|like to know|want to know|need to know|let me know|clarify|tell me) (about |to )?(how|what|if|whether|which|who|why|where|when)
      (before|until) (i|we) (agree|commit|share|go|book|talk|take|decide|say|consider|answer|reply|respond|get)
      (bot|robot|real person|human|chatgpt|automated|ai generated|scam|legit|legitimate)
    `,
  },

  interested: {
    sure: `
      (getting|get) started
      (how|what|when) (does|do|is|are|looks|would) (.. )?your (diary|calendar|availability|schedule|week|agenda)( look)?
      (brilliant|fantastic|superb|spot on|uncanny) timing
      you (win|got me|have me)
      ^(yes|yep|yeah|yup|yea|sure|ok|okay|absolutely|definitely|of course|certainly|why not|go on then|go on|interested|i'm interested|im interested|sounds good|sounds great|sounds interesting|let's talk|lets talk|let's do it|lets do it|happy to|happy to chat|love to|please do|tell me more|go ahead|count me in|count us in|works for me|deal|great|perfect|brilliant|ye|please|yes please|by all means|gladly|with pleasure|i'm in|im in|we're in|fire away|shoot|i'm listening|all ears|i'm all ears|do tell)( please| thanks| thank you| then| sure| mate| great| absolutely| definitely| sounds good| to both| let's talk| lets talk| cheers| why not| of course)*$
      ^(yes|yep|yeah|yup|yea|ye|sure|absolutely|definitely|okay|ok|certainly|of course|go on) (please|i|we|this|that|it|let's|lets|sounds|send|happy|would|could|call|why|to|definitely|then|by all|you|interested|that'd|that would|go|works|sure|fine|feel|let me|give|tell)
      (would|we'd|i'd|could|very|quite|definitely|certainly|really|indeed|am|are|i'm|we're|were|im|actually|might be|may be|potentially|always|both|also|be) (\\w+ )?(interested|keen|curious|intrigued|open to|up for|happy to|love to|like to (hear|see|learn|know|talk|chat|discuss|try|meet|set|explore|schedule|book|arrange|get|understand|find|have)|game)
      ^(interested|keen|intrigued|curious)
      (interested|keen|curious) (in|to|and|please|but|can|could|what|yes|send|how|when)
      (i|we) (would|'d) (love|like|welcome|appreciate|be (happy|glad|interested|keen|up|delighted|open|curious))
      (it|that|this|i|we|they) (would|'d)$
      (sounds|looks|seems|is|that's|this is|looks like|could be|would be|might be|may be) (\\w+ )?(great|good|interesting|promising|exciting|useful|helpful|fascinating|intriguing|perfect|brilliant|relevant|of interest|like a plan|worth|amazing|ideal|right up|exactly what|just what|like what|like something|fun|fab|cool|lovely|a good fit|a fit)
      (like|love|liked|loved) (the|this|your|what|that|it) .*
      (call|ring|phone|text|whatsapp|ping|buzz|message|mail|email|drop|give) (me|us|my mobile|my cell|my office|over|our office) (a |on |at |tomorrow|monday|tuesday|wednesday|thursday|friday|this|next|any|after|before|around|when|whenever|in the|anytime|and|if|the|some|over|more|your|details|today|asap|please|to|back|with|directly|then|about|for|later today|between|from|up|line|ring|bell|shout)*
      (send|mail|shoot|forward|ship|pop|fire|share|drop) (me|us|over|across|through|it|them|some|a|the|your|more|both|along|details|info|information|pricing|prices|samples|whatever|an|something|that)( .. )?
      (can|could|would|will|please) (you|we) (please )?(send|call|share|show|give me|give us|set|arrange|book|schedule|meet|speak|chat|talk|do (a|monday|tuesday|wednesday|thursday|friday|next|this|tomorrow)|come|visit|quote|demo|walk|drop|put|provide|forward|offer|suggest|propose|pop|pencil|email|mail|get on|hop on|jump on|text|ring|tell me more|tell us more)
      (send|sent|set up|book|booked|schedule|pencil|arrange|put|block|drop) .. (invite|invitation|meeting|call|demo|slot|calendar|time|diary|appointment|teams|zoom)
      (let's|lets|let us|shall we|we should|we could|happy to|glad to|keen to|free to|able to|available to|ready to|willing to|want to|would be good to|be good to|worth) (have|set|book|schedule|talk|chat|meet|speak|do|arrange|find|get|hop|jump|connect|discuss|hear|see|learn|explore|try|take|go|give|look|grab|catch|trial|test|pilot|move|a chat|a call|a look|a conversation|exploring|talking|discussing|meeting)
      (what|when|which) (times?|days?|slots?|dates?|have you got|works|suits|would work|is good|are you free|are you available|can you do|availability)
      (works|work|suits|suit|fine|good|ok|okay|convenient|possible|free|available|doable|best|easiest|ideal) (well |best |great |fine |better )?(for (me|us|you|a)|on|at|after|before|from|between|any|tomorrow|monday|tuesday|wednesday|thursday|friday|next|this|all)
      (free|available|around|about|in the office|reachable|in all|here|open) (on |at |after |before |from |between |any |most |all |until |for )*(tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|next week|this week|mornings?|afternoons?|today|\\d+|day|week|days|anytime)
      (monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|next week|this week|mon|tue|tues|wed|thu|thurs|fri|tmrw|tmr) .. (works?|suits?|fine|good|ok|okay|free|available|possible|am|pm|morning|afternoon|at|after|before|\\d+|noon|lunch|best|better|would be|is when)
      (at|after|before|around|between|from) (\\d+|noon|lunch|ten|nine|eleven|two|three|four) (am|pm|ish|o clock|oclock|on|tomorrow|ct|et|gmt|or|would|works)
      (tell|show|teach) (me|us) (more|what|how|a bit|about|everything)
      (more|further|additional|some) (information|info|details|detail|specifics) (please|on|about|would|and|before)
      (learn|know|hear|find out|see|read|understand) (\\w+ )?more
      (what (have|do) you got|what you (have|got)|whatever you (have|have got|got))
      (my|the|on) (number|mobile|cell|phone|calendar|direct line|calendly|diary|direct|office|desk|extension) (is|is on|has|below|in|link|here|number|:|as|for)
      (here's|here is|use) (my|the) (number|calendar|calendly|link|mobile|cell|availability)
      (on|at|to|me|mobile|cell|number|phone|direct|reach|call|ring|whatsapp|text) .. <phone>
      (good|great|perfect|excellent|impeccable|lucky) timing
      (exactly|just|precisely) what (we|i|i've|we've|our)
      (have|take|had|having) (another |a |a quick |a closer |a proper )?(look|chat|call|conversation|demo|meeting|spare)
      (could be|would be|might be|is|this is) (relevant|of interest|useful|helpful|worth)
      (sign|count|put|pencil) (me|us) (up|in|down)
      (got|have|has) .. (problem|issue|headache|pain|struggling|struggle)
      (count|we'd|i'd) (be )?(game|up for)
      (get|give|put|need|want|like|prepare|have) (me |us |together )*(a |an |your |some )?(quote|quotation|proposal|price|demo|trial|sample|samples|brochure|estimate|offer|deck)
      happy to (\\w+ )?(talk|chat|meet|hear|look|have|discuss|jump|speak|take|see|explore|connect|learn|try|give|consider|set|receive|find)
      (quick|short|brief|\\d+ min\\w*|half an hour|half hour|twenty minutes|fifteen minutes) (call|chat|meeting|zoom|demo|intro|conversation|next|tomorrow|this|on|would)
      (where do i|how do i|how do we|how can i|how can we|where can i) (sign|start|book|get started|order|proceed|begin|buy|try)
      next steps?
      (you got|you've got|you have|caught|piqued|got) (me|my attention|my interest|us|our attention)
      (come|pop|drop|swing) (by|round|over|in|along|and see)
    `,
    hint: `
      (interesting|intriguing|curious|nice|great|cool|relevant|useful|thanks for reaching out|sounds|happy|glad|love|keen|tell me|listening|ears|monday|tuesday|wednesday|thursday|friday|tomorrow|next week|<phone>)
      (send|call|meet|chat|visit|demo)
    `,
  },
};
