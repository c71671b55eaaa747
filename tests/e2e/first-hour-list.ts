// 500 rows as an intern leaves them: a title above the headings, Dutch headings, semicolons, an emoji here and there, people twice,
// people without an address, two addresses in a cell, a number that a spreadsheet would take for a formula.
import { Buffer } from 'node:buffer';

const firstNames = ['Anouk', 'Bram', 'Chaïm', 'Daan', 'Eva', 'Fleur', 'Gijs', 'Hanna', 'İpek', 'Joris'];
const lastNames = ['de Vries', 'van der Berg', 'Jansen', 'Bakker', 'Visser', 'Smit', 'Müller', 'Öztürk'];
const cities = ['Utrecht', 'Den Haag', '’s-Hertogenbosch', 'Zwolle', 'Düsseldorf'];

/** How the 500 rows end. */
export const outcomes = { imported: 480, twice: 10, withoutAddress: 6, notAnAddress: 4 };
/** Of the imported ones: what the verifier's column says. */
export const verified = { deliverable: 449, risky: 31 };

export function untidyList(): Buffer {
  const rows = Array.from({ length: 500 }, (_, index) => row(index + 1));
  return Buffer.from(
    '\ufeffBakkers voorjaar 🥐 (Mieke, niet mailen vóór maandag!!);;;;;;;;\r\n;;;;;;;;\r\n' +
      'Bedrijfsnaam ;Voornaam;Achternaam;E-mailadres;ZB Status;Tel.;Website;Plaats;Favoriete brood\r\n' +
      `${rows.join('\r\n')}\r\n`,
    'utf8',
  );
}

function row(n: number): string {
  const first = firstNames[n % firstNames.length] ?? '';
  const last = lastNames[n % lastNames.length] ?? '';
  const company = n % 40 === 0
    ? `"Bakkerij ""De ${n} Korrels"" B.V."`
    : n % 41 === 0
    ? `מאפייה ${n}`
    : `Bakkerij ${n}`;
  const bread = n % 25 === 0 ? '=SUM(1;2)' : n % 3 === 0 ? '' : n % 7 === 0 ? '"desem,\nrogge"' : 'desem';
  return [
    company,
    n % 2 === 0 ? first.toUpperCase() : `  ${first} `,
    last,
    address(n),
    n % 16 === 0 ? 'catch-all' : 'valid',
    `+31 30 ${String(n).padStart(6, '0')}`,
    n % 5 === 0 ? `https://www.bakkerij${n}.test/contact?utm=x` : `bakkerij${n}.test`,
    cities[n % cities.length] ?? '',
    bread.includes(';') ? `"${bread}"` : bread,
  ].join(';');
}

function address(n: number): string {
  // Each of them is the row before it once more.
  if (n % 50 === 1 && n > 50 || n === 500) return ` BAKKER${n - 1}@Bakkerij${n - 1}.test `;
  if (n % 83 === 5) return '';
  if (n % 125 === 12) return 'bakker(at)bakkerij';
  if (n % 60 === 7) return `bakker${n}@bakkerij${n}.test, info@bakkerij${n}.test`;
  return n % 90 === 9 ? `info@bakkerij${n}.test` : `Bakker${n}@bakkerij${n}.test`;
}
