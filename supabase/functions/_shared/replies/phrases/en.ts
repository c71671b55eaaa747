import type { Phrases } from '../reply-class.ts';

export const english: Phrases = {
  unsubscribe: [
    [
      /\b(unsubscribe( me)?|opt( me)? out|(take|remove|delete|drop|strike|get) (me|us|my (address|email|e-mail|name|data|details|contact details)|this (address|email)|our (address|company|details)).{0,30}\b(off|from|out of|list|database)|remove (me|us)\b|stop (email|e-mail|mail|contact|messag|writ|send|spam|bother|the (email|mail)|with the)\w*|do(n't| not) (ever )?(contact|email|e-mail|mail|write( to)?|message|bother) (me|us)|never (contact|email|write|mail)|no more (e-?mails?|mails?|messages)|gdpr|right to (be forgotten|erasure)|erase my|delete my (data|address|email)|cease and desist|reported? (you|this|it)? ?(as|for) spam|report(ing)? (this|you))\b/,
      5,
    ],
    [/^\s*(stop|unsubscribe|remove|opt out|optout)\b[.! ]*$/m, 6],
    [/\b(stop)\b[.!]/, 2],
  ],
  referral: [
    [
      /\b((contact|reach out to|speak (to|with)|talk (to|with)|write to|email|e-mail|ask|try|ping|connect with|get in touch with|cc'?(d|ing)?|copying( in)?|looping in|forward(ed|ing)?( (this|it|your (mail|email|message|note)))?( on)? to|pass(ed|ing)?( (this|it|your \w+))?( on| along)? to|introduc\w+ you to|the (right|best) person (is|would be|for (this|that)( is| would be)))\b.{0,60}(@|\bmy (colleague|boss|partner|manager|successor)|\bour\b|\b[a-z]+ (is|handles|looks|runs|takes|who)))/,
      4,
    ],
    [
      /\b((my|our) (colleague|boss|manager|partner|head of \w+|director|cto|ceo|cmo|coo|office manager|marketing \w+|team lead) .{0,50}(handles|is responsible|responsible for|looks after|deals with|takes care|is in charge|decides|in charge of)|(handles|looks after|deals with|is responsible for|takes care of|in charge of|runs) (this|that|these|our|all|such|it)\b|i('ve| have)? (forwarded|passed|copied|cc'?d|looped|added)|has taken over|took over|my successor|my replacement|you (should|want to|need to|might want to) (speak|talk|contact|reach|ask|write|email))\b/,
      3,
    ],
    [/\bask for [a-z]+/, 2],
  ],
  wrong_person: [
    [
      /\b(wrong (person|address|email|guy|man|contact|company|department|number|recipient|inbox)|not the (right|correct|best|person)|i('m| am) not (the|responsible|involved|in charge|working)|(no longer|don't|do not|not) (work|working|with|employed|at|part of|involved).{0,30}\b(there|here|at|for|company|with)|(have |'ve )?left (the )?(company|firm|business|organi[sz]ation)|nothing to do with|not my (area|department|responsibility|field|job)|i (have )?retired|i('m| am) (just )?(a|an|the) (student|intern|receptionist|nurse|teacher|driver)|do(n't| not) (own|run|have) (a|any|that|this) (business|company|restaurant|shop|practice)|you have the wrong|mistaken me|confus(ed|ing) me|different (company|person))\b/,
      4,
    ],
  ],
  not_now: [
    [
      /\b(not (right )?now|not at (this|the) (moment|time|stage|point)|at the moment (we|i|it)|bad timing|timing (is|isn't)|(reach|check|come|get|circle|follow|ping|touch|try|contact|ask|write|call|talk|speak|catch).{0,25}\b(back|again|out|base|up|me|us)?.{0,30}\b(in|after|next|later|once|around|from|end of|start of|beginning of)\b.{0,25}\b(month|months|week|weeks|year|quarter|q[1-4]|summer|spring|autumn|fall|winter|christmas|holidays|january|february|march|april|may|june|july|august|september|october|november|december|budget|\d{4})|(maybe|perhaps) (later|next|in)|later (this|in the) year|next (quarter|year|month|spring|summer|autumn|season)|budget (is|has been|round|cycle|freeze)|(locked|tied) (in|into)|contract (runs|until|ends|is up|renew\w*)|revisit|too busy|on hold|until (january|february|march|april|may|june|july|august|september|october|november|december|the end|next|q[1-4]|then)|in (a few|a couple of|two|three|six|2|3|6) months)\b/,
      3,
    ],
    [
      /\b(not (yet|ready)|too early|busy season|snowed under|swamped|up to (my|our) (ears|neck)|come back (to me|to us)|try (me|us) again|check back|circle back|keep (my|your) (details|info|card))\b/,
      2,
    ],
  ],
  not_interested: [
    [
      /\b(not interested|no interest|no,? thank(s| you)|no thx|not for (me|us)|not (a (good )?)?(fit|match|relevant|something|what we|looking|required|needed|necessary)|(don't|do not|won't|wouldn't|no) (need|want|require|see (a|the|any) (need|fit|value))|we('ll| will)? pass|i('ll| will)? pass|pass on this|(already|currently) (have|work(ing)? with|use|using|got|covered|served|sorted)|we('re| are) (all )?(set|good|happy|covered|sorted|fine|satisfied|well served)|(i('m|am)|am) (good|all set|fine)|happy with (our|the|what)|decline|no budget|not in the market|in-?house|do (it|this|that|everything) ourselves|waste of|leave (me|us) alone|not going to|have (a|an|our own) .{0,25}(supplier|provider|agency|partner|vendor)|never (buy|buying|do business)|too expensive|not convinced|nope)\b/,
      3,
    ],
    [/^\s*(no|nope|nah|not interested|no thanks?)\b[.! ]*$/m, 4],
  ],
  question: [
    [
      /\b(how (much|many|long|does|do|did|would|can|is|are|exactly)|what (is|are|does|do|would|kind|exactly|about|'s|makes|sort)|what's|which|where (did|do|are|is)|who (are|is)|why|can you (explain|tell|send|share|clarify|elaborate|give)|could you (explain|tell|send|share|clarify|elaborate|give)|do you (have|offer|work|also|do|charge|integrate|support)|is (it|this|that|there) .{0,60}\?|are you .{0,40}\?|does (it|this|that)|pricing|price list|prices?|cost|references|case stud(y|ies)|more (info|information|details|detail)|brochure|tell me more)\b/,
      2,
    ],
    [/\?/, 1.5],
  ],
  interested: [
    [
      /\b(interested|sounds (good|great|interesting|like)|(let's|lets|let us|happy to|would love to|love to|glad to|keen to|like to|want to|we could|can we|could we|shall we|free to|up for|open to)\b.{0,25}\b(talk|chat|call|meet|speak|discuss|hear|see|connect|schedule|learn|demo|try|know|jump)|(book|schedul|set|arrang)\w* .{0,20}(call|meeting|demo|time|slot|something)|call me|give me a (call|ring)|my (number|calendar|phone|mobile) (is|:)|calendly|(works|suits|work) for me|(free|available) (on|at|this|next|tomorrow|monday|tuesday|wednesday|thursday|friday|any)|yes,? (please|sure|let|we|i|sounds|that|go)|sure,? (send|let|why|go|happy|thing)|go ahead|send (me|us|it|them|over|through|along)|i('m| am) in\b|count me in|tell me more|perfect timing|good timing|just what we|exactly what we|please (do|send|call|share)|when (can|could|are|would))\b/,
      3,
    ],
    [
      /^\s*(yes|yes please|sure|ok|okay|yep|yeah|absolutely|definitely|gladly|great|deal|sounds good)\b[.! ]*$/m,
      4,
    ],
    [/\b(yes|sure|great|absolutely|definitely|interesting|gladly)\b/, 1],
  ],
};
