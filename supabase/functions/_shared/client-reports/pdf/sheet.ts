/** A4 pages that are filled from top to bottom. Distances are points; `y` counts from the top of a page. */
import {
  concatTransformationMatrix,
  drawObject,
  PDFDocument,
  type PDFPage,
  type PDFRef,
  PDFString,
  popGraphicsState,
  pushGraphicsState,
  rgb,
} from 'pdf-lib';
import { heightOf, type Line, type Run } from './typeset.ts';
import { embedTypefaces, type Typefaces } from './typeface.ts';

export const paper = { width: 595.28, height: 841.89 };
/** Without the running head and the foot, which are in the margins. */
const margin = { top: 62, bottom: 58 };
export const side = 54;
/** Of the text. */
export const measure = paper.width - 2 * side;

const colourOf = (hex: string) =>
  rgb(
    Number.parseInt(hex.slice(1, 3), 16) / 255,
    Number.parseInt(hex.slice(3, 5), 16) / 255,
    Number.parseInt(hex.slice(5, 7), 16) / 255,
  );

export interface BlockLook {
  /** Where it begins, and how wide its ground is. */
  x?: number;
  width?: number;
  /** On all sides, where it has a ground. */
  padding?: number;
  ground?: string;
  /** A bar at its left edge. */
  bar?: { colour: string; width: number };
  /** Between the left edge and the lines. */
  indent?: number;
}

export class Sheet {
  readonly faces: Typefaces;
  readonly document: PDFDocument;
  /** Where the next thing begins. */
  y = margin.top;
  #page: PDFPage;

  private constructor(document: PDFDocument, faces: Typefaces) {
    this.document = document;
    this.faces = faces;
    this.#page = document.addPage([paper.width, paper.height]);
  }

  static async begin(): Promise<Sheet> {
    const document = await PDFDocument.create();
    return new Sheet(document, await embedTypefaces(document));
  }

  /** What is left of this page. */
  get room(): number {
    return paper.height - margin.bottom - this.y;
  }

  /** Of a page without anything on it. */
  get wholePage(): number {
    return paper.height - margin.bottom - margin.top;
  }

  get isAtTop(): boolean {
    return this.y === margin.top;
  }

  nextPage(): void {
    this.#page = this.document.addPage([paper.width, paper.height]);
    this.y = margin.top;
  }

  /** Begins a page unless this much is left; what is higher than a page begins where it is, and is divided. */
  keepTogether(height: number): void {
    if (height > this.room && height <= this.wholePage && !this.isAtTop) this.nextPage();
  }

  /** Space between two things; a page does not begin with it. */
  skip(height: number): void {
    if (!this.isAtTop) this.y += height;
  }

  rectangle(x: number, y: number, width: number, height: number, colour: string): void {
    if (width <= 0 || height <= 0) return;
    this.#page.drawRectangle({ x, y: paper.height - y - height, width, height, color: colourOf(colour) });
  }

  /** A line over the whole measure. */
  rule(y: number, colour: string, thickness = 0.6): void {
    this.rectangle(side, y, measure, thickness, colour);
  }

  picture(ref: PDFRef, y: number, width: number, height: number): void {
    this.#page.pushOperators(
      pushGraphicsState(),
      concatTransformationMatrix(width, 0, 0, height, side, paper.height - y - height),
      drawObject(this.#page.node.newXObject('Logo', ref)),
      popGraphicsState(),
    );
  }

  /** Runs one behind the other; returns where they end. */
  runs(runs: readonly Run[], x: number, baseline: number, page: PDFPage = this.#page): number {
    for (const { text, face, size, colour, link } of runs) {
      const width = face.width(text, size);
      page.drawText(text, { x, y: paper.height - baseline, size, font: face.font, color: colourOf(colour) });
      if (link !== undefined) this.#link(page, link, x, baseline, width, size);
      x += width;
    }
    return x;
  }

  /** Lines from here on, without a look at the end of the page; moves nothing. */
  lines(lines: readonly Line[], x: number, y: number, align: 'left' | 'right' = 'left'): void {
    for (const { runs, leading } of lines) {
      const width = runs.reduce((sum, { face, text, size }) => sum + face.width(text, size), 0);
      this.runs(runs, align === 'left' ? x : x - width, y + baselineOf(runs, leading));
      y += leading;
    }
  }

  /** Lines with their ground and bar. It goes to a new page as a whole; higher than a page, it is divided between lines. */
  block(lines: readonly Line[], look: BlockLook = {}): void {
    const { x = side, width = measure, padding = 0, ground, bar, indent = 0 } = look;
    this.keepTogether(heightOf(lines) + 2 * padding);
    let rest = lines;
    while (rest.length > 0) {
      let part = rest.slice(0, fitting(rest, this.room - 2 * padding));
      if (part.length === 0) {
        if (!this.isAtTop) {
          this.nextPage();
          continue;
        }
        part = rest.slice(0, 1);
      }
      const height = heightOf(part) + 2 * padding;
      if (ground) this.rectangle(x, this.y, width, height, ground);
      if (bar) this.rectangle(x, this.y, bar.width, height, bar.colour);
      this.lines(part, x + padding + indent, this.y + padding);
      this.y += height;
      rest = rest.slice(part.length);
      if (rest.length > 0) this.nextPage();
    }
  }

  #link(page: PDFPage, address: string, x: number, baseline: number, width: number, size: number): void {
    const { context } = this.document;
    const bottom = paper.height - baseline - size * 0.3;
    page.node.addAnnot(context.register(context.obj({
      Type: 'Annot',
      Subtype: 'Link',
      Rect: [x, bottom, x + width, bottom + size * 1.3],
      Border: [0, 0, 0],
      A: { Type: 'Action', S: 'URI', URI: PDFString.of(address) },
    })));
  }
}

/** How many of the lines have room. */
function fitting(lines: readonly Line[], room: number): number {
  let height = 0;
  const index = lines.findIndex(({ leading }) => (height += leading) > room + 0.01);
  return index === -1 ? lines.length : index;
}

/** From the top of a line: letters are in its middle. */
function baselineOf(runs: readonly Run[], leading: number): number {
  const size = Math.max(0, ...runs.map((run) => run.size));
  return (leading + size * 0.714) / 2;
}
