// The rules that classify replies: sentences that are in no evaluation set, what no text may do to them, and the score they keep.
import process from 'node:process';
import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { macroF1, runReplies, scoreClasses } from '../../evaluation/replies.ts';
import { prepare, train } from '../../evaluation/replies/train.ts';
import { classifyReply } from '../../supabase/functions/_shared/replies/classify.ts';
import { logProbabilities, pack, unpack } from '../../supabase/functions/_shared/replies/model/model.ts';
import { ownWords } from '../../supabase/functions/_shared/replies/own-words.ts';
import { type ReplyClass, replyClasses } from '../../supabase/functions/_shared/replies/reply-class.ts';
import { sentencesOf } from '../../supabase/functions/_shared/replies/sentences.ts';
import { codes, spokenIn } from '../../supabase/functions/_shared/replies/spoken.ts';

const receivedAt = new Date('2026-03-10T09:00:00Z');
const classOf = (text: string, subject = 'Re: Our offer') =>
  classifyReply({ subject, text, receivedAt }).replyClass;

/** Class, text and, where it matters, the subject. */
const replies: readonly (readonly [ReplyClass, string, string?])[] = [
  ['unsubscribe', 'Kindly take our practice off your mailing list.'],
  ['unsubscribe', "I don't want to receive any more of these."],
  ['unsubscribe', 'Pls stop emailing me'],
  ['unsubscribe', 'Verwijder mij alsjeblieft uit jullie bestand'],
  ['unsubscribe', 'Kunnen jullie stoppen met mailen? Ik heb me hier nooit voor aangemeld.'],
  ['unsubscribe', 'Bitte nehmen Sie mich aus dem Verteiler'],
  ['unsubscribe', 'Ich moechte keine Werbung mehr von Ihnen erhalten.'],
  ['unsubscribe', "Merci de ne plus m'envoyer de mails."],
  ['unsubscribe', 'Veuillez supprimer mes coordonnées de vos fichiers.'],
  ['referral', 'You would be better off talking to our operations manager, Lucy Brand.'],
  ['referral', "I've forwarded your note to Sam, who looks after IT for us."],
  ['referral', 'Daarvoor kun je het best mailen met mijn collega Fatima: fatima@voorbeeld.example'],
  ['referral', 'Ik heb je bericht doorgestuurd naar onze inkoper.'],
  ['referral', 'Bitte sprechen Sie mit meinem Kollegen Herrn Brandt, er kümmert sich darum.'],
  ['referral', 'Ich habe Ihre Nachricht an unsere Marketingleitung weitergeleitet.'],
  ['referral', "C'est Julie Perrin qui gère ce sujet, écrivez-lui : julie@exemple.example"],
  ['referral', 'Je transmets à ma collègue des achats.'],
  ['wrong_person', 'I think you have the wrong person, I never worked in sales.'],
  ['wrong_person', 'I left the company two years ago.'],
  ['wrong_person', 'Ik werk daar al jaren niet meer.'],
  ['wrong_person', 'U vergist zich, wij zijn een ander bedrijf.'],
  ['wrong_person', 'Ich arbeite nicht mehr bei der Firma.'],
  ['wrong_person', 'Sie verwechseln mich mit jemandem.'],
  ['wrong_person', 'Vous vous trompez de personne.'],
  ['wrong_person', 'Je ne travaille plus pour cette société.'],
  ['not_now', 'We might look at this again next year, please get back to me in February.'],
  ['not_now', "Bad timing I'm afraid, we have just started a big project. Try me in three months."],
  ['not_now', 'Op dit moment hebben we hier geen budget voor. Mail me in september nog eens.'],
  ['not_now', 'We hebben het nu te druk, misschien later.'],
  ['not_now', 'Derzeit leider keine Kapazitäten. Fragen Sie im Herbst gern noch einmal nach.'],
  ['not_now', 'Unser Vertrag läuft noch bis Dezember, melden Sie sich dann wieder.'],
  ['not_now', "Ce n'est pas le bon moment, revenez vers nous en septembre."],
  ['not_now', "Nous n'avons pas de budget cette année, recontactez-moi en janvier."],
  ['not_interested', "Thanks, but we're happy with our current provider."],
  ['not_interested', "This isn't for us, sorry."],
  ['not_interested', 'Bedankt, maar wij hebben hier al een vaste partij voor.'],
  ['not_interested', 'Hier zitten wij niet op te wachten.'],
  ['not_interested', 'Vielen Dank, aber wir haben keinen Bedarf.'],
  ['not_interested', 'Wir sind mit unserer Agentur sehr zufrieden.'],
  ['not_interested', "Merci, mais nous n'avons pas besoin de ce service."],
  ['not_interested', 'Nous travaillons déjà avec un prestataire.'],
  ['question', 'What exactly is included in the price?'],
  ['question', 'How did you find my email?'],
  ['question', 'Werkt dit ook met ons kassasysteem?'],
  ['question', 'Wat zijn jullie tarieven?'],
  ['question', 'Wie lange dauert die Einrichtung?'],
  ['question', 'Gibt es eine kostenlose Testversion?'],
  ['question', 'Quels sont vos tarifs ?'],
  ['question', 'Comment fonctionne votre service ?'],
  ['interested', 'That could be useful. Are you free on Thursday at 3?'],
  ['interested', "Sure, let's set up a call next week."],
  ['interested', 'Klinkt interessant, kun je me maandag bellen?'],
  ['interested', 'Stuur me maar een offerte.'],
  ['interested', 'Klingt spannend, lassen Sie uns nächste Woche telefonieren.'],
  ['interested', 'Gerne, schicken Sie mir bitte ein Angebot.'],
  ['interested', "Cela m'intéresse, pouvez-vous m'appeler demain ?"],
  ['interested', 'Avec plaisir, je suis disponible jeudi après-midi.'],
  [
    'out_of_office',
    'I am currently out of the office and will return on 16 March.',
    'Automatic reply: Our offer',
  ],
  ['out_of_office', 'Ik ben tot 20 maart op vakantie.', 'Automatisch antwoord: Ons aanbod'],
  ['out_of_office', 'Ich bin bis zum 20. März im Urlaub.', 'Automatische Antwort: Unser Angebot'],
  ['out_of_office', "Je suis en vacances jusqu'au 20 mars.", 'Réponse automatique : Notre offre'],
  [
    'automatic',
    'Thank you for your email. We have received your request and will reply within 24 hours.',
    'We got your message',
  ],
  [
    'automatic',
    'Wij hebben uw bericht ontvangen en antwoorden binnen twee werkdagen.',
    'Automatisch antwoord: Ons aanbod',
  ],
  ['automatic', 'Ihre Anfrage ist bei uns eingegangen. Wir melden uns in Kürze.', 'Eingangsbestätigung'],
  ['automatic', 'Nous avons bien reçu votre demande et vous répondrons rapidement.', 'Accusé de réception'],
  [
    'bounce',
    'Your message to jo@nowhere.example could not be delivered. The address does not exist.',
    'Undeliverable: Our offer',
  ],
  ['bounce', 'Uw bericht kon niet worden bezorgd: het adres bestaat niet.', 'Onbestelbaar: Ons aanbod'],
  [
    'bounce',
    'Ihre Nachricht konnte nicht zugestellt werden. Empfänger unbekannt.',
    'Unzustellbar: Unser Angebot',
  ],
  ['bounce', "Votre message n'a pas pu être remis. Adresse inconnue.", 'Non remis : Notre offre'],
];

/** What looks like one class and is another. */
const lookalikes: typeof replies = [
  ['question', 'Can we stop the subscription whenever we like?'],
  ['question', 'Kann man das jederzeit kündigen?'],
  ['interested', "I'm on holiday next week, but call me on Monday 23rd, we would like to see a demo."],
  ['interested', 'Normally I would not be interested, but this sounds good. Send me the details.'],
  ['interested', 'Pourquoi pas, envoyez-moi une proposition.'],
  ['not_interested', 'Very interesting, but we do not need it.'],
  ['not_interested', 'Leuk idee, maar niets voor ons.'],
  ['not_interested', 'Klingt gut, passt aber nicht zu uns.'],
  ['referral', 'Not me, please contact our buyer Helen Marsh. You can leave me out of the thread.'],
  ['unsubscribe', 'No interest. Please remove me from your list.'],
  ['not_now', 'Nicht jetzt, aber gerne im Sommer wieder.'],
  ['wrong_person', 'Ik ga hier niet over.'],
  [
    'referral',
    'Mevrouw De Wit is niet meer werkzaam bij ons. Mail voortaan naar inkoop@voorbeeld.example.',
    'Automatisch antwoord: Ons aanbod',
  ],
];

describe('a reply', () => {
  it.each(replies)('is %s: %s', (replyClass, text, subject) => {
    expect(classOf(text ?? '', subject)).toBe(replyClass);
  });

  it.each(lookalikes)('that looks like another is %s: %s', (replyClass, text, subject) => {
    expect(classOf(text ?? '', subject)).toBe(replyClass);
  });

  it('is read without the original, the signature and the notice', () => {
    const original =
      'On Mon, 9 Mar 2026 at 10:00, Jo <jo@sender.example> wrote:\n> Not interested? Reply "stop".';
    expect(ownWords(`Yes please\n\n${original}`)).toBe('Yes please');
    expect(ownWords(`${original}\n\nYes please`)).toBe('Yes please');
    expect(ownWords('Yes please\n\nKind regards\nStop & Go Ltd')).toContain('Yes please');
    expect(ownWords('Yes please\n\nKind regards\nStop & Go Ltd')).not.toContain('Stop & Go');
    expect(ownWords('Ja gerne\n\nVon: Jo\nGesendet: Montag\nBetreff: Abmelden')).toBe('Ja gerne');
    expect(ownWords('Oui\n\nCe message est confidentiel. Stop.')).toBe('Oui');
    expect(ownWords('Graag\n\nVerstuurd vanaf mijn iPhone')).toBe('Graag');
  });

  it.each([
    ['Please try again in six weeks.', '2026-04-21'],
    ['Kom in Q3 maar terug.', '2026-07-01'],
    ['Melden Sie sich Mitte Mai noch einmal.', '2026-05-15'],
    ['Recontactez-moi à la rentrée.', '2026-09-01'],
    ['Not now, ask me again on 4 May.', '2026-05-04'],
  ])('of not_now names its day: %s', (text, date) => {
    expect(classifyReply({ subject: 'Re: x', text, receivedAt })).toMatchObject({
      replyClass: 'not_now',
      date,
    });
  });

  it.each([
    ['I am away from 11 to 13 March.', '2026-03-16'],
    ['I am on leave until 18 March and back on 20 March.', '2026-03-20'],
    ['Ik ben afwezig tot en met 13 maart.', '2026-03-16'],
    ['Ich bin im Urlaub und ab 23.03. wieder erreichbar.', '2026-03-23'],
    ["Je suis en congés jusqu'au 13 mars inclus.", '2026-03-16'],
    ['I am on parental leave.', null],
  ])('of somebody away names the return: %s', (text, date) => {
    expect(classifyReply({ subject: 'Automatic reply: x', text, receivedAt })).toMatchObject({
      replyClass: 'out_of_office',
      date,
    });
  });
});

describe('any text', () => {
  const texts = [
    '',
    ' \n\n ',
    '👍',
    '> only\n> quoted',
    'مرحبا، شكرا لك',
    '?',
    '<<<>>>((([[[***',
    'a '.repeat(100_000),
    '> \n'.repeat(70_000),
    '> '.repeat(100_000),
    'On 1 '.repeat(40_000),
    '@.'.repeat(100_000),
    'A'.repeat(200_000),
    'No. '.repeat(50_000),
    '\n'.repeat(200_000),
    'Xy '.repeat(70_000),
    '1 '.repeat(100_000),
  ];

  it.each(texts.map((text) => [text.slice(0, 12), text.length, text] as const))(
    'gets a class: %j, %d long',
    (_, __, text) => {
      const { replyClass, confidence, date } = classifyReply({
        subject: text.slice(0, 1_000),
        text,
        receivedAt,
      });
      expect(replyClasses).toContain(replyClass);
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
      expect(date === null || /^\d{4}-\d\d-\d\d$/.test(date)).toBe(true);
    },
  );

  it.each(texts.map((text) => [text.slice(0, 12), text] as const))(
    'costs no more than its length: %j',
    (_, text) => {
      // Of the processor's time, the best of several: other work may share the machine.
      const times = [1, 2, 3, 4].map(() => {
        const began = process.cpuUsage();
        classifyReply({ subject: null, text, receivedAt });
        const { user, system } = process.cpuUsage(began);
        return (user + system) / 1000;
      });
      expect(Math.min(...times)).toBeLessThan(100);
    },
  );
});

describe('the model', () => {
  const examples = [
    { subject: 'Re: x', text: 'Zorp the blick, please.', label: 'interested' },
    { subject: 'Re: x', text: 'No more flimmels for us.', label: 'not_interested' },
    { subject: 'Grelled | x', text: 'The grell is out.', label: 'out_of_office' },
  ] as const;

  it('learns words that no phrase has, and the same weights each time', () => {
    // What one reply has alone is not learned.
    const prepared = [...examples, ...examples].map(prepare);
    const model = train(prepared);
    expect(train(prepared)).toEqual(model);
    for (const { features, answer } of prepared) {
      const likely = logProbabilities(model, features);
      expect(likely.indexOf(Math.max(...likely))).toBe(answer);
    }
  });

  it('is read as it was written', () => {
    const features = Uint32Array.of(0, 3, 258, 1_000, 1_255, 2 ** 20 - 1);
    const weights = Int8Array.from({ length: 60 }, (_, index) => index % 15 - 7);
    const text = btoa(String.fromCharCode(...pack({ features, weights, scale: 0.5 })));
    expect(unpack(text, 0.5)).toEqual({ features, weights, scale: 0.5 });
  });

  it('is small', () => {
    expect(statSync('supabase/functions/_shared/replies/model/weights.ts').size).toBeLessThan(200_000);
  });

  it('is more sure of a plain reply than of one that could be several', () => {
    const sure = (text: string) => classifyReply({ subject: 'Re: x', text, receivedAt }).confidence;
    expect(sure('Please remove me from your mailing list.')).toBeGreaterThanOrEqual(0.9);
    expect(sure('Hm. The wind was strong on the pier.')).toBeLessThan(0.9);
  });
});

describe('a language', () => {
  const spoken = (text: string) => spokenIn(sentencesOf(text));

  it('is known by its small words, and a few words may be of any', () => {
    expect(spoken('We are happy with what we have, but thank you for the offer.')).toEqual(['en']);
    expect(spoken('Wij zijn tevreden met wat wij hebben, maar bedankt voor het aanbod.')).toEqual(['nl']);
    expect(spoken('Wir sind mit dem zufrieden, was wir haben, danke für das Angebot.')).toEqual(['de']);
    expect(spoken("Nous sommes contents de ce que nous avons, merci pour l'offre.")).toEqual(['fr']);
    expect(spoken('Stop')).toEqual(codes);
  });
});

describe('the development replies', () => {
  it('keep their score', () => {
    const scores = scoreClasses(runReplies('development'));
    expect(macroF1(scores)).toBeGreaterThan(0.95);
    for (const { name, precision } of scores) {
      if (name === 'unsubscribe' || name === 'out_of_office') expect(precision).toBeGreaterThanOrEqual(0.97);
    }
  });
});
