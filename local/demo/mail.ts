// Notifications by email go to the outbox, which takes the place of a mail service.
import type { Stack } from '../stack/stack.ts';

/** Safe to repeat; who gets which mail is chosen in the settings. */
export async function setUpMail(stack: Stack): Promise<void> {
  const response = await fetch(`${stack.functionsUrl}/outgoing`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', apikey: stack.secretKeys.default },
    body: JSON.stringify({
      action: 'save_mail',
      sender_address: 'notifications@agency.test',
      base_url: `${stack.apiUrl}/mail`,
      api_key: 'key-of-the-outbox',
      dashboard_url: stack.siteUrl,
    }),
  });
  if (!response.ok) throw new Error(`Notifications by email could not be set up: ${await response.text()}`);
}
