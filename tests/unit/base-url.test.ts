import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../supabase/functions/_shared/platform/environment.ts';
import { baseUrlOf } from '../../supabase/functions/_shared/providers/base-url.ts';

const environmentOf = (variables: Record<string, string>) => readEnvironment((name) => variables[name]);
const environment = environmentOf({ PROVIDER_HOSTS: '{"smartlead":["API.agency.test"]}' });

describe('the address of a provider', () => {
  it('is the usual one, or a host that the installation allows for this provider', () => {
    expect(baseUrlOf('instantly', null, environment)).toBe('https://api.instantly.ai');
    expect(baseUrlOf('smartlead', null, environment)).toBe('https://server.smartlead.ai');
    expect(baseUrlOf('smartlead', 'https://server.smartlead.ai/', environment)).toBe(
      'https://server.smartlead.ai',
    );
    expect(baseUrlOf('smartlead', 'https://API.agency.test/', environment)).toBe('https://api.agency.test');
  });

  it.each([
    ['another host', 'https://evil.test'],
    ['a host that only begins with an allowed one', 'https://api.agency.test.evil.test'],
    ['a host that only ends with an allowed one', 'https://notapi.agency.test'],
    ['http', 'http://api.agency.test'],
    ['a port', 'https://api.agency.test:8443'],
    ['a path', 'https://api.agency.test/v1'],
    ['a query', 'https://api.agency.test/?to=evil.test'],
    ['a fragment', 'https://api.agency.test/#x'],
    ['credentials', 'https://api.agency.test@evil.test'],
    ['a user of the allowed host', 'https://user:password@api.agency.test'],
    ['an address inside of the network', 'https://127.0.0.1'],
    ['no address at all', 'api.agency.test'],
    ['a file', 'file:///etc/passwd'],
  ])('is never %s', (_, chosen) => {
    expect(() => baseUrlOf('smartlead', chosen, environment)).toThrow(
      /is not an allowed address of Smartlead/,
    );
  });

  it('is not one that only the other provider has', () => {
    expect(() => baseUrlOf('instantly', 'https://api.agency.test', environment)).toThrow(/Instantly/);
    expect(() => baseUrlOf('instantly', 'https://server.smartlead.ai', environment)).toThrow(/Instantly/);
  });

  it('comes from a list that is checked at the start', () => {
    expect(() => environmentOf({ PROVIDER_HOSTS: '{"smartlead":["https://api.agency.test"]}' })).toThrow(
      /PROVIDER_HOSTS/,
    );
    expect(() => environmentOf({ PROVIDER_HOSTS: 'api.agency.test' })).toThrow(/PROVIDER_HOSTS/);
  });
});
