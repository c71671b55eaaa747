/**
 * What columns are called: by Apollo, Clay, Outscraper, scrapers of Google Maps, exports of LinkedIn, verifiers, and by people in
 * English, Dutch and German.
 */
import type { Target } from './targets.ts';

const names: Partial<Record<Target, string>> = {
  email: `
    email, e mail, emails, mail, email address, e mail address, email addresses, emailaddress,
    work email, business email, professional email, company email, contact email, person email,
    primary email, personal email, final email, find work email, verified email, valid email,
    secondary email, tertiary email, other email, email 1, email 2, email 3, email1, email2, email3,
    emailadres, e mailadres, e mail adres, mailadres, mail adres, zakelijk e mailadres,
    zakelijke e mail, e mail adresse, e mailadresse, mailadresse, mail adresse, emailadresse,
    email adresse, geschaeftliche e mail, kontakt e mail, e mail geschaeftlich, owner email,
    best email`,
  first_name: `
    first name, firstname, first, given name, forename, fname, contact first name, person first name,
    email 1 first name, voornaam, roepnaam, vorname, rufname`,
  last_name: `
    last name, lastname, surname, family name, lname, contact last name, person last name,
    email 1 last name, achternaam, familienaam, nachname, familienname, zuname`,
  full_name: `
    full name, fullname, contact, contact name, contact person, person, person name, lead name,
    prospect name, prospect, owner name, decision maker, email 1 full name, contactpersoon,
    contact persoon, naam contactpersoon, volledige naam, ansprechpartner, ansprechpartnerin,
    kontaktperson, ansprechperson, vollstaendiger name, inhaber, eigenaar`,
  job_title: `
    title, job title, jobtitle, position, role, job, current title, prospect position, headline title,
    email 1 title, person title, functie, functietitel, rol, funktion, stellung, berufsbezeichnung,
    jobtitel, stelle, rolle`,
  name: `
    company, company name, companyname, organization, organisation, organization name, account name,
    business, business name, company name for emails, normalized company name, cleaned company name,
    employer, current company, store, place name, bedrijf, bedrijfsnaam, naam bedrijf, organisatie,
    firma, firmenname, unternehmen, unternehmensname, betrieb, handelsnaam, onderneming,
    name der firma`,
  website: `
    website, web site, site, web, homepage, company website, website url, company url, domain,
    company domain, company website full, webseite, internetseite, internet, webadres, webadresse, www,
    regular company url, business website, web address, domein, domaene`,
  phone: `
    phone, phone number, phonenumber, telephone, tel, mobile, mobile phone, mobile number, cell,
    work phone, work direct phone, direct phone, corporate phone, company phone, first phone, phone 1,
    business phone, contact phone, telefoon, telefoonnummer, mobiel, telefon, telefonnummer, rufnummer,
    handy, mobil, durchwahl, telefoon zakelijk, phones`,
  email_deliverability: `
    email status, email verification, email verification status, verification status,
    email deliverability, zb status, zerobounce status, neverbounce status, neverbounce result,
    nb status, nb result, millionverifier status, millionverifier result, mv result, mv quality,
    quality, bouncer status, hunter status, hunter verification status, emailable state,
    emailable status, reoon status, debounce result, debounce status, kickbox result, email validation,
    email validation status, validate email, email quality, email state, email valid, email verified,
    is email valid, email check, deliverability, verifier status, email 1 emails validator status,
    e mail status, email validatie, e mail geprueft, status, result, state, verified, verification,
    valid, geverifieerd, verifiziert, geprueft, validation status, email result`,
  linkedin_url: `
    linkedin, linkedin url, linkedin profile, linkedin profile url, person linkedin url, profile url,
    profileurl, linkedinprofileurl, linkedin link, prospect linkedin, prospect linkedin url,
    defaultprofileurl, contact linkedin, linkedin profil, linkedin profiel, li url, url linkedin`,
  category: `
    category, categories, industry, industries, main category, type, business type, sector,
    branche, industrie, kategorie, categorie, company industry, google category, bedrijfstak, gewerbe`,
  icebreaker: `
    icebreaker, ice breaker, ai icebreaker, first line, opening line, personalization, personalisation,
    personalized line, personalized first line, intro line, compliment, openingszin, personalisatie,
    aufhaenger, einleitungssatz, personalisierung, icebreaker line`,
  subject_line: 'subject, subject line, email subject, onderwerp, onderwerpregel, betreff, betreffzeile',
  address: `
    address, full address, fulladdress, street, street address, company address, address line 1,
    address 1, location address, adres, straat, straatnaam, volledig adres, adresse, strasse,
    anschrift, strasse und hausnummer, strasse hausnummer, straat en huisnummer`,
  city: `
    city, town, company city, municipality, locality, stad, plaats, woonplaats, plaatsnaam, gemeente,
    ort, stadt, wohnort, person city`,
  state: `
    state, us state, province, region, company state, county, provincie, bundesland, kanton, regio,
    state province, person state`,
  zip: `
    zip, zip code, zipcode, postal code, postcode, post code, company postal code, plz, postleitzahl,
    company zip`,
  rating: 'rating, average rating, google rating, stars, score, beoordeling, bewertung, sterne, totalscore',
  facebook_url: 'facebook, facebook url, facebook link, company facebook, facebook page',
  email_source: 'email source, primary email source, source of email, bron e mail',
  skip: `
    email open, email sent, email bounced, email confidence, replied, demoed, apollo contact id,
    apollo account id, place id, google id, cid, kgmid, latitude, longitude, photo, photos count,
    reviews link, review url, vmid, companyid, company id, profileimageurl, featured image, timestamp,
    zb sub status, logo, street view, reviews id, owner id, lat, lng, lon, plus code, nr, no, id`,
};

/** "Telefon-Nr." and "email_1.emails_validator.status" as the names above are written. */
export function plainHeading(heading: string): string {
  return heading.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
    .replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss')
    .normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, ' ').trim();
}

/** "LinkedIn URL", "Linkedin Url" and "linkedin_url" mean the same, and capitals do not tell where a word ends. */
const withoutSpaces = (plain: string): string => plain.replaceAll(' ', '');

const meanings = new Map<string, Target>();
for (const [target, all] of Object.entries(names) as [Target, string][]) {
  for (const name of all.split(',').map((one) => withoutSpaces(one.trim()))) {
    if (!meanings.has(name)) meanings.set(name, target);
  }
}

/** The target that a heading names; undefined for an unknown one. */
export function readHeading(heading: string): Target | undefined {
  const plain = plainHeading(heading);
  return meanings.get(withoutSpaces(plain)) ?? meanings.get(withoutSpaces(plain.replace(/ \d+$/, '')));
}

export function isEmailHeading(heading: string): boolean {
  return heading.length < 60 && readHeading(heading) === 'email';
}
