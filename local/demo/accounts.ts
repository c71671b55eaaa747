/** The people and connections of the demo agency; `supabase/seed.sql` creates the same ones. */
export const demo = {
  operator: { email: 'operator@replyloop.test', password: 'operator-demo-password' },
  client: { email: 'anna@lakeside.test', password: 'lakeside-demo-password' },
  otherClient: { email: 'ben@harbour.test', password: 'harbour-demo-password' },
} as const;
