import { beforeEach, describe, expect, it } from 'vitest';
import {
  countImages,
  fillFrame,
  foldQuotes,
  parseMail,
  splitQuoted,
} from '../src/shared/person/message-document.ts';

const htmlOf = (fragment: DocumentFragment) => {
  const holder = document.createElement('div');
  holder.append(fragment.cloneNode(true));
  return holder.innerHTML;
};

describe('the HTML of a mail', () => {
  it('loses what could run, load or send, should the server ever let it through', () => {
    const html = htmlOf(parseMail(
      `<p onclick="a()" style="background:url(//x)" id="main">Hi <script>a()</script><img src="http://x/1" onerror="a()" data-src="http://x/2"></p>` +
        `<iframe></iframe><form action="//x"><input></form><svg onload="a()"></svg><a href="javascript:a()">l</a><img data-src="file:///etc">` +
        `<meta http-equiv="refresh" content="0"><base href="//x"><link rel="stylesheet" href="//x">`,
    ));
    expect(html).toBe(
      '<p>Hi <img data-src="http://x/2"></p><a>l</a><img>',
    );
  });

  it('opens links in a window of their own that learns nothing', () => {
    expect(htmlOf(parseMail('<a href="https://x.test/">l</a>'))).toBe(
      '<a href="https://x.test/" target="_blank" rel="noopener noreferrer nofollow">l</a>',
    );
  });

  it('counts the images that wait', () => {
    expect(countImages('<img data-src="http://x/1"><img alt="x"><img data-src="http://x/2">')).toBe(2);
  });

  it('folds a long quote away, once, and leaves a short one', () => {
    const long = 'word '.repeat(60);
    const mail = parseMail(`<p>Yes.</p><blockquote>${long}<blockquote>${long}</blockquote></blockquote>`);
    foldQuotes(mail);
    expect(mail.querySelectorAll('details')).toHaveLength(1);
    expect(mail.querySelector('details > blockquote blockquote')).not.toBeNull();
    const short = parseMail('<blockquote>As agreed.</blockquote>');
    foldQuotes(short);
    expect(short.querySelector('details')).toBeNull();
  });
});

describe('the frame', () => {
  let frame: Document;
  beforeEach(() => {
    frame = document.implementation.createHTMLDocument('frame');
  });

  it('loads images only when asked, and is filled again each time', () => {
    const html = '<p>One</p><img data-src="https://x.test/1" width="10" alt="Logo">';
    fillFrame(frame, html, { withImages: false, css: 'p {}' });
    expect(frame.querySelector('img')).toBeNull();
    expect(frame.body.textContent).toBe('OneLogo');
    fillFrame(frame, html, { withImages: true, css: 'p {}' });
    expect(frame.querySelectorAll('img')).toHaveLength(1);
    expect(frame.querySelector('img')?.getAttribute('src')).toBe('https://x.test/1');
    expect(frame.querySelectorAll('style')).toHaveLength(1);
  });
});

describe('the text of a mail', () => {
  const old = 'We deliver within a day, and the first box is on us. '.repeat(6);

  it('is split from what it quotes', () => {
    const quoted = `> ${old}\n> ${old}`;
    for (
      const text of [
        `Yes, please.\n\nOn Mon, 2 Nov 2026 at 10:00, Mia <mia@x.test> wrote:\n${quoted}`,
        `Yes, please.\n\n-----Original Message-----\nFrom: Mia\n${old}`,
        `Yes, please.\n\n${quoted}\n`,
        `Yes, please.\n\nOp ma 2 nov 2026 om 10:00 schreef Mia:\n${old}`,
      ]
    ) {
      const split = splitQuoted(text);
      expect(split.text).toBe('Yes, please.');
      expect(split.quoted).toContain('We deliver');
    }
  });

  it('stays whole when nothing, little or everything is quoted', () => {
    for (const text of ['Yes.', `> ${old}`, 'Yes.\n\n> No.', `> a\nI do not agree, because ${old}`]) {
      expect(splitQuoted(text)).toEqual({ text, quoted: null });
    }
  });
});
