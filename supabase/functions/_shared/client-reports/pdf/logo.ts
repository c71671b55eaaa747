/** The agency's logo in a document. */
import { PDFDocument, PDFObjectCopier, PDFRef } from 'pdf-lib';

/** A PNG is unpacked and packed again, which takes 100 ms a million pixels: 16 million would use up the isolate. */
const maxPixels = 2_000_000;

interface Picture {
  document: PDFDocument;
  ref: PDFRef;
  width: number;
  height: number;
}

/** The last logo as an object of a PDF: reports of an agency are made one after the other, and all have the same. */
let kept: { logo: string; picture: Picture | null } | undefined;

/** The picture of a data URL; null = a PDF cannot hold it (WebP, SVG, damaged, too large), and the name is shown instead. */
export async function embedLogo(document: PDFDocument, logo: string | null): Promise<Picture | null> {
  if (logo === null) return null;
  if (kept?.logo !== logo) kept = { logo, picture: await readPicture(logo) };
  const { picture } = kept;
  if (picture === null) return null;
  const ref = PDFObjectCopier.for(picture.document.context, document.context).copy(picture.ref);
  return { ...picture, document, ref };
}

async function readPicture(logo: string): Promise<Picture | null> {
  const [, type, content] = /^data:image\/(png|jpeg);base64,(.*)$/s.exec(logo) ?? [];
  if (type === undefined || content === undefined) return null;
  try {
    const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    if (type === 'png' && view.getUint32(16) * view.getUint32(20) > maxPixels) return null;
    const document = await PDFDocument.create();
    const image = type === 'png' ? await document.embedPng(bytes) : await document.embedJpg(bytes);
    await image.embed();
    return { document, ref: image.ref, width: image.width, height: image.height };
  } catch {
    return null;
  }
}
