/** A table that continues over pages, with its head on each. */
import { measure, type Sheet, side } from './sheet.ts';
import { heightOf, type Line } from './typeset.ts';

export interface Column {
  /** As a part of the measure. */
  share: number;
  align: 'left' | 'right';
  heading: (width: number) => Line[];
}

/** What a cell of this width shows. */
export type Cell = (width: number) => Line[];

export interface TableLook {
  line: string;
  /** Above and below the text of a row. */
  padding: number;
}

/** Between two columns. */
const space = 12;
/** Between the head and the line below it. */
const underHead = 4;

export function drawTable(
  sheet: Sheet,
  columns: readonly Column[],
  rows: readonly Cell[][],
  look: TableLook,
): void {
  let at = side;
  const places = columns.map(({ share, align }) => {
    const width = measure * share - space;
    const x = align === 'left' ? at : at + width + space;
    at += measure * share;
    return { x, width, align };
  });
  const head = columns.map((column, index) => column.heading(places[index]!.width));
  const headHeight = Math.max(...head.map(heightOf));
  const draw = (cells: readonly Line[][], topOf: (lines: readonly Line[]) => number) => {
    for (const [index, lines] of cells.entries()) {
      const { x, align } = places[index]!;
      sheet.lines(lines, x, topOf(lines), align);
    }
  };
  const drawHead = () => {
    // Headings of one line and of two end on the same line.
    draw(head, (lines) => sheet.y + headHeight - heightOf(lines));
    sheet.y += headHeight + underHead;
  };
  const filled = rows.map((row) => {
    const cells = row.map((cell, column) => cell(places[column]!.width));
    return { cells, height: Math.max(...cells.map(heightOf)) + 2 * look.padding };
  });
  for (const [index, { cells, height }] of filled.entries()) {
    // The last row is never alone on a page.
    const next = filled[index + 1];
    const needs = height + (index === filled.length - 2 && next ? next.height : 0);
    if (index === 0) {
      sheet.keepTogether(headHeight + underHead + needs);
      drawHead();
    } else if (needs > sheet.room) {
      sheet.nextPage();
      drawHead();
    }
    sheet.rule(sheet.y, look.line);
    draw(cells, () => sheet.y + look.padding);
    sheet.y += height;
  }
}
