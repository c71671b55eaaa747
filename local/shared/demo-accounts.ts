/** The people and connections of the demo agency; `supabase/seed.sql` creates the same ones. */
export const demo = {
  operator: { email: 'operator@replyloop.test', password: 'operator-demo-password' },
  client: { email: 'anna@lakeside.test', password: 'lakeside-demo-password' },
  /** The client's campaign "Dental practices in Gelderland". */
  campaignId: 'e0000000-0000-4000-8000-000000000001',
  otherClient: { email: 'ben@harbour.test', password: 'harbour-demo-password' },
} as const;
