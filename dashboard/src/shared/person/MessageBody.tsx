import { CalendarX2, Image } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { plural } from '../format.ts';
import { Moment, toTheDay } from '../moments.tsx';
import { Button } from '../../ui/button.tsx';
import { useTheme } from '../../ui/theme.ts';
import { countImages, fillFrame, frameCss, splitQuoted } from './message-document.ts';

/** An email: its HTML in a frame where no script runs and no image loads before it is asked for, else its text. */
export function MessageBody({ html, text, label, removed }: {
  html: string | null;
  text: string | null;
  label: string;
  /** Of when it is, and when its text was removed; null = it was not. */
  removed?: { sent: string; at: string | null };
}) {
  if (removed?.at) return <RemovedBody sent={removed.sent} at={removed.at} />;
  if (html) return <HtmlBody html={html} label={label} />;
  if (text) return <TextBody text={text} />;
  return <p className='text-sm text-ink-soft'>This message has no text.</p>;
}

const monthMilliseconds = 30.4375 * 86_400_000;

/** The page of an email whose text is not kept any more. */
function RemovedBody({ sent, at }: { sent: string; at: string }) {
  const months = Math.floor((Date.parse(at) - Date.parse(sent)) / monthMilliseconds);
  return (
    <p className='flex items-start gap-2 rounded-lg bg-raised px-3 py-2.5 text-sm text-ink-soft'>
      <CalendarX2 aria-hidden className='mt-0.5 size-4 shrink-0' />
      <span>
        The text was removed on <Moment at={at} as={toTheDay} />, {plural(months, 'month')}{' '}
        after this email: texts are kept for a limited time. It is still counted.
      </span>
    </p>
  );
}

function TextBody({ text }: { text: string }) {
  const split = useMemo(() => splitQuoted(text), [text]);
  return (
    <div className='text-[15px] leading-[1.55] wrap-anywhere'>
      <p className='whitespace-pre-wrap'>{split.text}</p>
      {split.quoted && (
        <details className='mt-3'>
          <summary className='w-fit cursor-pointer rounded-full bg-raised px-2.5 py-0.5 text-xs text-ink-soft'>
            Show quoted text
          </summary>
          <p className='mt-2 border-l-3 border-line pl-3 whitespace-pre-wrap text-ink-soft'>{split.quoted}</p>
        </details>
      )}
    </div>
  );
}

function HtmlBody({ html, label }: { html: string; label: string }) {
  const [withImages, setWithImages] = useState(false);
  const images = useMemo(() => countImages(html), [html]);
  return (
    <div className='grid gap-3'>
      {images > 0 && !withImages && (
        <div className='flex flex-wrap items-center justify-between gap-2 rounded-lg bg-raised py-1.5 pr-1.5 pl-3 text-sm text-ink-soft'>
          <span>
            {plural(images, 'image')} blocked, so the sender cannot see that you opened this.
          </span>
          <Button size='small' onClick={() => setWithImages(true)}>
            <Image aria-hidden /> Show images
          </Button>
        </div>
      )}
      <MailFrame key={String(withImages)} html={html} withImages={withImages} label={label} />
    </div>
  );
}

function MailFrame({ html, withImages, label }: { html: string; withImages: boolean; label: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [isLoaded, setLoaded] = useState(false);
  const [height, setHeight] = useState(48);
  const theme = useTheme();

  useEffect(() => {
    const mail = frame.current?.contentDocument;
    if (!isLoaded || !mail) return;
    const root = document.documentElement;
    fillFrame(mail, html, {
      withImages,
      css: frameCss(getComputedStyle(root), root.classList.contains('dark')),
    });
    const measure = () => setHeight(Math.ceil(mail.body.getBoundingClientRect().height) + 2);
    const observer = new ResizeObserver(measure);
    observer.observe(mail.body);
    measure();
    // The keys of the page still work after a click into the email.
    const forward = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
      if (key === 'Tab' || key === 'Enter' || key === ' ') return;
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key, ctrlKey, metaKey, altKey, shiftKey, bubbles: true }),
      );
    };
    mail.addEventListener('keydown', forward);
    return () => {
      observer.disconnect();
      mail.removeEventListener('keydown', forward);
    };
  }, [isLoaded, html, withImages, theme]);

  return (
    <iframe
      ref={frame}
      title={label}
      // Same origin lets us fill it in and measure it; without allow-scripts nothing inside can use that.
      sandbox='allow-same-origin allow-popups allow-popups-to-escape-sandbox'
      referrerPolicy='no-referrer'
      src={`${import.meta.env.BASE_URL}message/${withImages ? 'images' : 'plain'}.html`}
      onLoad={() => setLoaded(true)}
      style={{ height }}
      className='block w-full border-0 bg-transparent'
    />
  );
}
