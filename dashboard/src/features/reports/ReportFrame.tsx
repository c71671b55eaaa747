import { useEffect, useRef, useState } from 'react';

/**
 * A report as a mail program shows it, in a frame where no script runs. The frame is a document of ours without any content
 * (public/message/images.html), which may load the logo; srcdoc would inherit the page's policy, which lets no remote picture in.
 */
export function ReportFrame({ html, label }: { html: string; label: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [isLoaded, setLoaded] = useState(false);
  const [height, setHeight] = useState(600);

  useEffect(() => {
    const shown = frame.current?.contentDocument;
    if (!isLoaded || !shown) return;
    const mail = new DOMParser().parseFromString(html, 'text/html');
    for (const link of mail.querySelectorAll('a[href]')) {
      link.setAttribute('target', '_blank');
      link.setAttribute('rel', 'noopener noreferrer');
    }
    for (const style of shown.head.querySelectorAll('style')) style.remove();
    shown.head.append(...[...mail.head.querySelectorAll('style')].map((style) => shown.adoptNode(style)));
    shown.documentElement.lang = mail.documentElement.lang;
    shown.body.className = mail.body.className;
    // A style attribute that a script sets is not what the policy of the frame is about.
    shown.body.style.cssText = mail.body.style.cssText;
    shown.body.replaceChildren(...[...mail.body.childNodes].map((node) => shown.adoptNode(node)));
    const measure = () => setHeight(Math.ceil(shown.body.getBoundingClientRect().height));
    const observer = new ResizeObserver(measure);
    observer.observe(shown.body);
    measure();
    return () => observer.disconnect();
  }, [isLoaded, html]);

  return (
    <iframe
      ref={frame}
      title={label}
      // Same origin lets us fill it in and measure it; without allow-scripts nothing inside can use that.
      sandbox='allow-same-origin allow-popups allow-popups-to-escape-sandbox'
      referrerPolicy='no-referrer'
      src={`${import.meta.env.BASE_URL}message/images.html`}
      onLoad={() => setLoaded(true)}
      style={{ height }}
      className='block w-full border-0 bg-transparent'
    />
  );
}
