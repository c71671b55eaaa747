// What mail servers, absence notes and ticket systems write in English (phrases.ts explains how phrases are written).
import type { MachineLanguage } from '../../language.ts';

export const englishMachines: MachineLanguage = {
  bounceTitle: `
    (delivery status notification|undeliverable|undelivered|undeliverable mail|mail delivery failed|delivery (failure|failed|has failed|incomplete)|returned mail|failure notice|mail delivery (system|subsystem)|returned to sender|message (not delivered|blocked|rejected|refused|undeliverable|could not be delivered|bounced)|not delivered|non delivery|rejected|mailbox full|mail system error|address not found|recipient not found)
  `,
  delayed: `
    (delayed|delay|will retry|still trying|will keep trying|warning only|not yet been delivered|temporarily deferred)
  `,
  bounceText: `
    (wasn't|was not|could not|couldn't|cannot|can't|not|unable|able) (.. )?(be )?(deliver|delivered|deliverable|deliver your)
    (address|mailbox|user|recipient|account|host|domain) (.. )?(not found|could not be found|couldn't be found|does not exist|doesn't exist|is full|unknown|rejected|unavailable|disabled|no longer (exists|valid)|over quota)
    (delivery (has )?failed|has been (blocked|rejected)|was (blocked|rejected|refused)|rejected by|permanent (fatal )?error|unrouteable|mail delivery software|undeliverable|did not accept|does not accept)
  `,
  absenceTitle: `
    (out of office|out of the office|ooo|oof|away|annual leave|on leave|vacation|holiday|absence|i am away|not in the office|out of town|maternity leave|parental leave|christmas closure|merry christmas|happy holidays|season s greetings|(we are|office|offices) closed|on holiday|sick leave)
  `,
  machineTitle: `
    (automatic reply|auto reply|autoreply|auto response|autoresponse|autoresponder|auto|automated (reply|response|message)|automatic response)
  `,
  absenceText: `
    (out of (the )?office|out of town|ooo|away from (my |the )?(desk|office|mail|keyboard|inbox|work)|on (annual |parental |maternity |paternity |sick |medical |study |compassionate |unpaid |extended |family |bereavement )?leave|on (a )?(vacation|holiday|holidays|pto|sabbatical)|maternity leave|parental leave|paternity leave|sick leave|annual leave|off sick|away (until|from|till|on|this week|\\d+)|not in the office|not at my desk|be away|am away|i'm away|am off|be off (until|from|on)|travelling|traveling)
    (limited|no|intermittent|without|little|restricted|sporadic|not have|reduced) (.. )?(access to|checking|monitoring|reading) (my |the )?(mails?|inbox|messages|email)
    (be back|am back|back (in|at|on|from)|be returning|returning|return|back in the office|back at) (.. )?(on|at|in|to|from|monday|tuesday|wednesday|thursday|friday|january|february|march|april|may|june|july|august|september|october|november|december|the \\d+\\w*|\\d+\\w*|it|office)
    (on|upon|after|when|until) (my return|i return|i'm back|i am back|i get back|returning)
    (in|during) my absence
    (office|offices|we are|we're|we will be|shop is|practice is|school is|company is|workshop is) (.. )?(closed|reopen|reopens|re open|closes)
    (don't|do not) work (on )?(mondays?|tuesdays?|wednesdays?|thursdays?|fridays?)
    (my|i) (.. )?(working days|work part time|part time|office days|working hours are|days are)
    (not (be )?(checking|reading|monitoring|monitored)|will not be (read|monitored|forwarded)|not been forwarded)
  `,
  gone: `
    (no longer|not|has left|have left|left) (.. )?(with|works?|working|employed|an employee|part of|the company|the organisation|the organization|at|our|us|the business) (.. )?
  `,
  automaticText: `
    (automatic(ally)?|automated|auto) (.. )?(reply|response|generated|message|mail|acknowledg\\w*|sent|confirmation|notification)
    (sent|generated|created) (.. )?automatically
    (do not|don't|no need to) (.. )?reply (to this|directly)?
    (ticket|case|reference|request) (.. )?(number|id|created|opened|closed|logged|received|resolved|assigned)
    (received|receipt of) your (message|mail|request|enquiry|inquiry|query|ticket|submission)
    ^(thank you|thanks|many thanks) for (contacting|reaching out to|getting in touch|writing to|mailing|your (enquiry|inquiry|request|interest in)|your message to)
    (your|the) (message|mail|request|enquiry|inquiry|query|case|ticket) (has been|was|is|will be) (.. )?(received|logged|registered|forwarded to|held|closed|read|quarantined|important to us|processed|assigned)
    (our team|we|member of|someone|an agent|a colleague) (.. )?(will|'ll|aim to|shall|try to|endeavour to) (.. )?(get back|respond|reply|answer|be in touch|review|come back|contact you)
    (answer|reply|respond) (to )?(every|all|your|each|to you)
    within \\d+ (business |working )?(days?|hours?)
    (no longer|not) (monitored|in use|active|being monitored|checked|attended)
    (unattended|unmonitored) (mailbox|inbox)
    (faq|frequently asked|knowledge base|help centre|help center|opening hours)
    (verify|confirm|prove) (.. )?(you are|you're|human|not a robot|sender|link|address)
    (held|quarantine|whitelist|blocks unknown|spam filter|approve the sender|click the link)
    (changed|change) (.. )?(our (mail|addresses|name|domain)|address)
    (new|our) (mail )?addresses (.. )?(are|have|will|changed|is)
    rebranded
    ^(was|is) (.*)?read( on)?
    (how did we do|rate (your|our)|satisfaction survey)
  `,
  automaticTitle: `
    (ticket|case|request|received|enquiry|inquiry|verify|verification|read|confirmation|acknowledg\\w*|thank you for (your|contacting)|delivery delayed|survey|do not reply|closed|changed|has moved)
  `,
};
