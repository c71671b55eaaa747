-- The templates that come with an installation: plain English, short, with a fallback for every name.

-- Fixed ids and times, so that every installation starts with the same rows.
insert into public.sequence_templates (id, name, description, is_built_in, sequence, created_at, updated_at)
select md5('built-in template ' || t.name)::uuid, t.name, t.description, true, t.sequence::jsonb, '2026-11-28Z', '2026-11-28Z'
from (values
  (
    'Short introduction',
    'Three short mails for a first contact: an observation, a nudge, a goodbye. Works with any list.',
    '[
      {
        "delay_days": 0,
        "subject": "{{companyName|Your team}} and new clients",
        "body": "Hi {{firstName|there}},\n\nI came across {{companyName|your company}} and wondered how you win new clients at the moment.\n\nWe help businesses like yours get a handful of good conversations a month, without adding anybody to the team.\n\nWould it be worth ten minutes to see if that fits?",
        "variants": [
          {
            "subject": "A question, {{firstName|if I may}}",
            "body": "Hi {{firstName|there}},\n\nhow do most new clients find {{companyName|you}} today: by referral, or do you go out and look for them?\n\nI ask because we run the second part for a few businesses like yours.\n\nMay I send you two lines on how it works?"
          }
        ]
      },
      {
        "delay_days": 3,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nI know a first mail is easily lost between two meetings.\n\nIs winning new clients a topic for you this quarter, or is somebody else the right person to ask?"
      },
      {
        "delay_days": 5,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nI will leave it here. If it becomes a topic later, a short reply is enough and I will pick it up.\n\nAll the best"
      }
    ]'
  ),
  (
    'Personal icebreaker',
    'Opens with the icebreaker and subject line that were researched for each lead.',
    '[
      {
        "delay_days": 0,
        "subject": "{{subject_line}}",
        "body": "Hi {{firstName|there}},\n\n{{icebreaker}}\n\nThat is why I am writing: we help businesses in {{city|your area}} turn that kind of attention into appointments.\n\nCould I show you in ten minutes how it would look for {{companyName|you}}?"
      },
      {
        "delay_days": 3,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\ndid my note reach you at a good moment?\n\nHappy to send one page instead of a call, if that is easier."
      },
      {
        "delay_days": 6,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\none last try from me. Shall I close the file on this, or come back in a few months?"
      }
    ]'
  ),
  (
    'Local business',
    'For businesses of one trade in one place: restaurants, practices, workshops.',
    '[
      {
        "delay_days": 0,
        "subject": "More {{category|local}} customers in {{city|your town}}",
        "body": "Hi {{firstName|there}},\n\nwhen people in {{city|your town}} look for the right {{category|business}}, most of them decide within a few minutes.\n\nWe checked what they find about {{companyName|you}} in those minutes and noted two things that could be better. Neither is much work.\n\nShall I send them to you?",
        "variants": [
          {
            "subject": "Two things about {{companyName|your business}}",
            "body": "Hi {{firstName|there}},\n\nI looked for the right {{category|business}} in {{city|your town}} as a customer would, and noted two things that keep people from calling you.\n\nShall I send them over? It costs you nothing but a yes."
          }
        ]
      },
      {
        "delay_days": 4,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nthe two points are still on my desk. A short yes is enough and you have them today."
      },
      {
        "delay_days": 6,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nif this is not for you, no hard feelings. If it is, my number is below."
      }
    ]'
  ),
  (
    'Question first',
    'One honest question and no pitch in the first mail. Good for reply rates.',
    '[
      {
        "delay_days": 0,
        "subject": "Quick question",
        "body": "Hi {{firstName|there}},\n\nwho at {{companyName|your company}} looks after new business?\n\nI would rather ask than guess."
      },
      {
        "delay_days": 2,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nthe reason I ask: we take the search for new clients off the desk of small teams, and I would like to know if that is a problem worth solving at {{companyName|your company}}.\n\nIs it you I should talk to?"
      },
      {
        "delay_days": 5,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nno answer is an answer too. I will not write again unless you want me to."
      }
    ]'
  ),
  (
    'Case story',
    'Shows how one customer solved the problem. Replace the numbers with yours.',
    '[
      {
        "delay_days": 0,
        "subject": "A business like {{companyName|yours}}, fully booked",
        "body": "Hi {{firstName|there}},\n\na customer of ours had the same problem that I hear from every second {{jobTitle|managing director}}: good work, but an empty calendar two months out.\n\nWe changed one thing: they stopped waiting for referrals and wrote to forty well-chosen companies a week. After three months the calendar was full.\n\nWould you like to read how they did it? It is one page."
      },
      {
        "delay_days": 4,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nthe part most people ask about: it took them an hour a week.\n\nShall I send the page?"
      },
      {
        "delay_days": 6,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nI will stop here. If you want the page later, just reply with \"page\"."
      }
    ]'
  ),
  (
    'Right person',
    'For large companies: asks who is responsible and hands the rest over.',
    '[
      {
        "delay_days": 0,
        "subject": "Who looks after this at {{companyName|your company}}?",
        "body": "Hi {{firstName|there}},\n\nI am looking for the person who decides about new suppliers for marketing at {{companyName|your company}}.\n\nIf it is you: may I send three lines? If not: whom should I ask?"
      },
      {
        "delay_days": 3,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\na name is all I need, and I will tell them that you pointed me to them."
      },
      {
        "delay_days": 7,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nI could not find the right person, so I will leave it at that. Thank you for reading this far."
      }
    ]'
  ),
  (
    'Useful gift',
    'Offers something of use before asking for anything.',
    '[
      {
        "delay_days": 0,
        "subject": "A checklist for {{companyName|your team}}",
        "body": "Hi {{firstName|there}},\n\nwe wrote down the twelve questions that we ask before we start a campaign for a new customer. Teams that answer them themselves often need us less.\n\nMay I send you the list? No form, no call.",
        "variants": [
          {
            "subject": "Twelve questions",
            "body": "Hi {{firstName|there}},\n\nbefore a campaign we ask twelve questions. They are useful with or without us.\n\nShall I send them to you?"
          }
        ]
      },
      {
        "delay_days": 3,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nthe list is one page. Reply with \"yes\" and I will send it right away."
      },
      {
        "delay_days": 7,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nlast note about the list. If you would rather talk about one of your own campaigns, I am happy to do that too."
      }
    ]'
  ),
  (
    'After an event',
    'For people who were at the same fair, talk or webinar. Put its name in.',
    '[
      {
        "delay_days": 0,
        "subject": "After the fair",
        "body": "Hi {{firstName|there}},\n\nwe were at the same fair last week and did not get to talk. I would have asked you who follows up on all the cards that you collect at {{companyName|your company}} on such a day.\n\nWe do that for a few exhibitors: every contact gets a personal mail within two days.\n\nWorth a short call this week?"
      },
      {
        "delay_days": 3,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nthe contacts from a fair cool off quickly. If you like, we take ten of yours and show you what comes back, free of charge."
      },
      {
        "delay_days": 6,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nthen perhaps after the next fair. Until then, all the best."
      }
    ]'
  ),
  (
    'Wake up old contacts',
    'For people who once showed interest and went quiet.',
    '[
      {
        "delay_days": 0,
        "subject": "Still a topic, {{firstName|or not}}?",
        "body": "Hi {{firstName|there}},\n\nsome time ago we talked about new clients for {{companyName|your company}}, and then life happened.\n\nIs it still a topic? One word is enough: yes, later or no."
      },
      {
        "delay_days": 4,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nsince then we have learned a few things that would change what I proposed to you. Shall I write them down in five lines?"
      },
      {
        "delay_days": 8,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nI take it as a no for now and will not write again. The door stays open."
      }
    ]'
  ),
  (
    'Hiring as a reason',
    'For companies that are hiring: growth needs customers.',
    '[
      {
        "delay_days": 0,
        "subject": "{{companyName|Your company}} is hiring",
        "body": "Hi {{firstName|there}},\n\nI saw that {{companyName|your company}} is looking for people. That usually means that there is work, or that there should be more of it soon.\n\nIf it is the second: we bring small teams into conversations with companies that need what they do, until the new colleagues are busy.\n\nDo you have ten minutes on Thursday?"
      },
      {
        "delay_days": 3,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nif Thursday was a bad idea, tell me what suits you, or that the calendar is full already. That would be good news as well."
      },
      {
        "delay_days": 6,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nAll the best with the new people. If the work runs short one day, you have my address."
      }
    ]'
  )
) as t (name, description, sequence);
