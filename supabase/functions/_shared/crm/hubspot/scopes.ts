/** What a private app needs; the test of a token names those that are missing. */
export const neededScopes = [
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.objects.deals.read',
  'crm.objects.deals.write',
  'crm.schemas.contacts.read',
  'crm.schemas.deals.read',
  'crm.schemas.deals.write',
];
