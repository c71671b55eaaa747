// Lists of leads, written in the style of the tools and people they come from: untidy, as they arrive.
import { Buffer } from 'node:buffer';

const utf8 = (text: string, mark = false) =>
  new Uint8Array(Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf8'));
const windows = (text: string) =>
  new Uint8Array(Buffer.from(text.replaceAll('€', '\x80').replaceAll('–', '\x96'), 'latin1'));
const utf16 = (text: string, bigEndian = false) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return new Uint8Array(bigEndian ? bytes.swap16() : bytes);
};
const lines = (...rows: string[]) => rows.join('\r\n') + '\r\n';

export interface List {
  name: string;
  bytes: Uint8Array;
  encoding: string;
  delimiter: string;
  header_row: number | null;
  /** Heading (or place) → target, or "= name" for a variable. */
  columns: Record<string, string>;
  rows: number;
}

export const lists: List[] = [
  {
    name: 'Apollo',
    bytes: utf8(lines(
      'First Name,Last Name,Title,Company,Company Name for Emails,Email,Email Status,Primary Email Source,Email Confidence,Seniority,Departments,Contact Owner,Work Direct Phone,Mobile Phone,Stage,# Employees,Industry,Person Linkedin Url,Website,Company Linkedin Url,Facebook Url,City,State,Country,Company City,Apollo Contact Id,Secondary Email',
      `Anna,Müller,"Head of Sales, DACH","Fjordpak, Inc.",Fjordpak,anna@fjordpak.test,Verified,Apollo,,Head,"Sales, Master Sales",ops@agency.test,'+49 30 1234,,Cold,240,packaging,http://www.linkedin.com/in/anna-m,http://www.fjordpak.test,http://www.linkedin.com/company/fjordpak,,Berlin,Berlin,Germany,Hamburg,6123,`,
      'Bo,,CEO,Harbour,Harbour,bo@harbour.test,Guessed,Apollo,0.7,Founder,C-Suite,ops@agency.test,,,Cold,12,logistics,,http://harbour.test,,,,,Denmark,,6124,bo.private@mail.test',
      'Cy,Ng,CTO,Ng,Ng,,Unavailable,,,,,ops@agency.test,,,Cold,,,,,,,,,,,6125,',
    )),
    encoding: 'utf-8',
    delimiter: ',',
    header_row: 0,
    rows: 3,
    columns: {
      'First Name': 'first_name',
      Title: 'job_title',
      Company: 'name',
      'Company Name for Emails': '= company_name_for_emails',
      Email: 'email',
      'Email Status': 'email_deliverability',
      'Email Confidence': 'skip',
      'Contact Owner': 'email',
      'Work Direct Phone': 'phone',
      'Mobile Phone': '= mobile_phone',
      '# Employees': '= employees',
      Industry: 'category',
      'Person Linkedin Url': 'linkedin_url',
      Website: 'website',
      'Company Linkedin Url': '= company_linkedin_url',
      City: 'city',
      State: 'state',
      Country: '= Country',
      'Company City': '= company_city',
      'Apollo Contact Id': 'skip',
      'Secondary Email': 'email',
    },
  },
  {
    name: 'Clay',
    bytes: utf8(
      lines(
        'Find people,First Name,Last Name,Full Name,Job Title,Location,Company Domain,LinkedIn Profile,Company Name,Work Email,Validate Email,AI Icebreaker',
        '✅ Found,Jo,Lee,Jo Lee,Founder,"Austin, Texas",jolee.test,https://www.linkedin.com/in/jolee,Jo Lee LLC,jo@jolee.test,valid,"Loved your ""no meetings"" post 🎉"',
        '✅ Found,Pia,Berg,Pia Berg,COO,Oslo,berg.test,https://www.linkedin.com/in/pia,Berg AS,pia@berg.test,catch-all,',
      ),
      true,
    ),
    encoding: 'utf-8',
    delimiter: ',',
    header_row: 0,
    rows: 2,
    columns: {
      'Find people': '= find_people',
      'Full Name': 'full_name',
      'Job Title': 'job_title',
      Location: '= custom_Location',
      'Company Domain': 'website',
      'LinkedIn Profile': 'linkedin_url',
      'Company Name': 'name',
      'Work Email': 'email',
      'Validate Email': 'email_deliverability',
      'AI Icebreaker': 'icebreaker',
    },
  },
  {
    name: 'Outscraper',
    bytes: utf8(lines(
      'query,name,site,subtypes,category,phone,full_address,street,city,postal_code,us_state,rating,reviews,verified,place_id,email_1,email_1_full_name,email_1.emails_validator.status,email_2,facebook,linkedin',
      '"bakery, utrecht",Bakkerij Blum,https://blum.test,"Bakery, Cafe",bakeries,+31 30 123 4567,"Oudegracht 1, 3511 Utrecht",Oudegracht 1,Utrecht,3511,,4.6,212,TRUE,ChIJ1,info@blum.test,,RECEIVED,verkoop@blum.test,https://facebook.com/blum,',
      '"bakery, utrecht",De Oven,,Bakery,bakeries,030-7654321,"Neude 2, Utrecht",Neude 2,Utrecht,3512,,4.1,8,FALSE,ChIJ2,,,,,,',
    )),
    encoding: 'utf-8',
    delimiter: ',',
    header_row: 0,
    rows: 2,
    columns: {
      name: 'name',
      site: 'website',
      category: 'category',
      subtypes: '= subtypes',
      phone: 'phone',
      full_address: 'address',
      city: 'city',
      postal_code: 'zip',
      rating: 'rating',
      verified: '= verified',
      place_id: 'skip',
      email_1: 'email',
      email_1_full_name: 'full_name',
      'email_1.emails_validator.status': 'email_deliverability',
      email_2: 'email',
      facebook: 'facebook_url',
      linkedin: 'linkedin_url',
    },
  },
  {
    name: 'Google Maps scraper (Apify)',
    bytes: utf8(lines(
      'title,totalScore,reviewsCount,street,city,state,countryCode,website,phone,categoryName,url,emails/0',
      'Kwik Fit,3.9,87,Markt 3,Gouda,Zuid-Holland,NL,https://kwik.test/,+31 182 000000,Garage,https://www.google.com/maps/place/1,info@kwik.test',
      'Auto Jansen,4.8,12,Dorp 1,Gouda,Zuid-Holland,NL,,,Garage,https://www.google.com/maps/place/2,jansen@auto.test',
    )),
    encoding: 'utf-8',
    delimiter: ',',
    header_row: 0,
    rows: 2,
    columns: {
      title: 'name',
      totalScore: 'rating',
      state: 'state',
      phone: 'phone',
      'emails/0': 'email',
      url: '= url',
    },
  },
  {
    name: 'LinkedIn connections, with notes above',
    bytes: utf8(lines(
      'Notes:',
      '"When exporting your connection data, you may notice that some of the email addresses are missing. You can learn more at https://www.linkedin.com/help"',
      '',
      'First Name,Last Name,URL,Email Address,Company,Position,Connected On',
      'Ida,Holm,https://www.linkedin.com/in/idaholm,ida@holm.test,Holm ApS,Partner,12 Oct 2026',
      'Max,Noether,https://www.linkedin.com/in/maxn,,Noether GmbH,CTO,01 Feb 2025',
    )),
    encoding: 'utf-8',
    delimiter: ',',
    header_row: 3,
    rows: 2,
    columns: {
      URL: 'linkedin_url',
      'Email Address': 'email',
      Company: 'name',
      Position: 'job_title',
      'Connected On': '= connected_on',
    },
  },
  {
    name: 'Sales Navigator export',
    bytes: utf8(lines(
      'profileUrl,fullName,firstName,lastName,companyName,title,companyId,companyUrl,industry,location,connectionDegree,vmid,email,emailStatus',
      'https://www.linkedin.com/sales/lead/1,Nia Roy,Nia,Roy,Roy & Co,"VP, Ops",77,https://www.linkedin.com/sales/company/77,Retail,Lyon,2nd,AC1,nia@roy.test,safe',
      'https://www.linkedin.com/sales/lead/2,Lea Kim,Lea,Kim,Kimtech,CEO,78,https://www.linkedin.com/sales/company/78,Retail,Paris,3rd,AC2,lea@kim.test,riskier',
    )),
    encoding: 'utf-8',
    delimiter: ',',
    header_row: 0,
    rows: 2,
    columns: {
      profileUrl: 'linkedin_url',
      firstName: 'first_name',
      companyName: 'name',
      title: 'job_title',
      companyId: 'skip',
      email: 'email',
      emailStatus: 'email_deliverability',
      location: '= custom_location',
    },
  },
  {
    name: 'German, by hand, Windows-1252',
    bytes: windows(lines(
      'Firma;Ansprechpartner;Straße und Hausnummer;PLZ;Ort;Telefon;E-Mail-Adresse;Branche;Größe des Teams;Umsatz €',
      'Bäckerei Groß;"Schäfer, Jürgen";Königstraße 5;01067;Dresden;0351/12345;Jürgen.Schäfer@gross.test;Bäckerei;12;1,5 Mio. €',
      'Müller – Söhne;Frau Dr. Weiß;Gässle 2;70173;Stuttgart;+49 711 1;info@mueller.test;Maschinenbau;;',
    )),
    encoding: 'windows-1252',
    delimiter: ';',
    header_row: 0,
    rows: 2,
    columns: {
      Firma: 'name',
      Ansprechpartner: 'full_name',
      'Straße und Hausnummer': 'address',
      PLZ: 'zip',
      Ort: 'city',
      Telefon: 'phone',
      'E-Mail-Adresse': 'email',
      Branche: 'category',
      'Größe des Teams': '= groesse_des_teams',
      'Umsatz €': '= umsatz',
    },
  },
  {
    name: 'Dutch, by hand, with a title above',
    bytes: utf8(
      lines(
        'Prospects najaar 2026;;;;;',
        'Bedrijfsnaam;Voornaam;Achternaam;E-mailadres;Functie;Geverifieerd',
        'Bakkerij Bos;Piet;de Bos;piet@bos.test;eigenaar;ja',
        'Van Dijk BV;Els;van Dijk;els@vandijk.test;directeur;nee',
      ),
      true,
    ),
    encoding: 'utf-8',
    delimiter: ';',
    header_row: 1,
    rows: 2,
    columns: {
      Bedrijfsnaam: 'name',
      Voornaam: 'first_name',
      'E-mailadres': 'email',
      Functie: 'job_title',
      Geverifieerd: 'email_deliverability',
    },
  },
  {
    name: 'Excel “Unicode text”',
    bytes: utf16(
      lines(
        'Name\tE-Mail\tFirma',
        'Zoë Ó Brien\tzoe@obrien.test\tÓ Brien & Søn',
        '张伟\twei@zhang.test\t张氏',
      ),
    ),
    encoding: 'utf-16le',
    delimiter: '\t',
    header_row: 0,
    rows: 2,
    columns: { Name: 'full_name', 'E-Mail': 'email', Firma: 'name' },
  },
  {
    name: 'UTF-16, other byte order',
    bytes: utf16('email,company\nx@one.test,One\ny@two.test,Two\n', true),
    encoding: 'utf-16be',
    delimiter: ',',
    header_row: 0,
    rows: 2,
    columns: { email: 'email', company: 'name' },
  },
  {
    name: 'quoted line breaks and ragged rows',
    bytes: utf8(
      'Email,Notes,City\n"a@lines.test","first\nsecond, with ""quotes""",Ede\nb@lines.test,short\n\nc@lines.test,x,Ede,extra,more\n',
    ),
    encoding: 'utf-8',
    delimiter: ',',
    header_row: 0,
    rows: 3,
    columns: { Email: 'email', Notes: '= Notes', City: 'city' },
  },
  {
    name: 'headings that repeat, and empty ones',
    bytes: utf8(
      'Email,Phone,Phone,,Tag,tag,Email\nx@dup.test,1,2,note,a,b,y@dup.test\nz@dup.test,3,4,,c,d,\n',
    ),
    encoding: 'utf-8',
    delimiter: ',',
    header_row: 0,
    rows: 2,
    columns: {
      '0': 'email',
      '1': 'phone',
      '2': '= custom_Phone',
      '3': '= column_4',
      '4': '= Tag',
      '5': '= tag_2',
      '6': 'email',
    },
  },
  {
    name: 'no headings, separated by vertical bars',
    bytes: utf8('ann@none.test|Ann|valid\nbob@none.test|Bob|invalid\ncat@none.test|Cat|valid\n'),
    encoding: 'utf-8',
    delimiter: '|',
    header_row: null,
    rows: 3,
    columns: { '0': 'email', '1': '= column_2', '2': 'email_deliverability' },
  },
  {
    name: '300 columns',
    bytes: utf8(
      `Email,${Array.from({ length: 299 }, (_, n) => `Field ${n}`).join(',')}\nw@wide.test,${
        Array.from({ length: 299 }, (_, n) => n).join(',')
      }\n`,
    ),
    encoding: 'utf-8',
    delimiter: ',',
    header_row: 0,
    rows: 1,
    columns: { Email: 'email', 'Field 0': '= field_0', 'Field 298': '= field_298' },
  },
  {
    name: 'Excel with its own first line',
    bytes: utf8('sep=;\r\nEmail;Company\r\nq@sep.test;A, B and C\r\n'),
    encoding: 'utf-8',
    delimiter: ';',
    header_row: 0,
    rows: 1,
    columns: { Email: 'email', Company: 'name' },
  },
];
