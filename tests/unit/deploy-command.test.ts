// What the commands for a hosted project read from their parameters.
import { describe, expect, it } from 'vitest';
import { createContext } from '../../local/deploy/context.ts';
import { readCommand } from '../../local/deploy/main.ts';
import { checkoutRoot, stateDirectory } from '../../local/shared/checkout.ts';

const ref = 'abcdefghijklmnopqrst';

describe('the parameters of a deployment', () => {
  it('are a project, the dashboard, an operator and a connection whose key is no parameter', () => {
    const { options, isDryRun } = readCommand('deploy', [
      ref,
      '--site-url=https://app.agency.example',
      '--operator=mia@agency.example',
      '--connection=smartlead:Main: north',
    ], { PROVIDER_API_KEY: 'key-1' });
    expect(isDryRun).toBe(false);
    expect(options).toEqual({
      ref,
      siteUrl: 'https://app.agency.example',
      operator: 'mia@agency.example',
      connection: { provider: 'smartlead', name: 'Main: north', apiKey: 'key-1' },
    });
  });

  it('take the project from a variable too, as the workflow does', () => {
    expect(readCommand('deploy:upgrade', [], { SUPABASE_PROJECT_REF: ref }).options.ref).toBe(ref);
  });

  it('never let an uninstall happen without --yes', () => {
    expect(readCommand('deploy:uninstall', [ref], {}).isDryRun).toBe(true);
    expect(readCommand('deploy:uninstall', [ref, '--yes'], {}).isDryRun).toBe(false);
    expect(readCommand('deploy:uninstall', [ref, '--yes', '--dry-run'], {}).isDryRun).toBe(true);
  });

  it.each([
    [[], 'Give one project reference'],
    [[ref, 'another'], 'Give one project reference'],
    [[ref, '--site-url=http://app.agency.example'], 'begins with https://'],
    [[ref, '--connection=lemlist:Main'], 'write it as instantly:NAME or smartlead:NAME'],
    [[ref, '--connection=instantly:Main'], 'Set PROVIDER_API_KEY'],
    [[ref, '--fast'], "Unknown option '--fast'"],
  ])('are refused: %j', (parameters, message) => {
    expect(() => readCommand('deploy', parameters, {})).toThrow(message);
  });
});

describe('the variables of a deployment', () => {
  const context = (reference: string, environment: NodeJS.ProcessEnv) =>
    createContext({ ref: reference, directory: checkoutRoot, stateDirectory, environment });

  it('name the account, and address the project where its domain is its own', () => {
    expect(() => context(ref, {})).toThrow('Set SUPABASE_ACCESS_TOKEN');
    expect(() => context('agency', { SUPABASE_ACCESS_TOKEN: 'x' })).toThrow(
      '"agency" is no project reference',
    );
    const environment = { SUPABASE_ACCESS_TOKEN: 'x' };
    expect(context(ref, environment).projectUrl).toBe(`https://${ref}.supabase.co`);
    expect(context(ref, { ...environment, PROJECT_URL: 'https://api.agency.example/' }).projectUrl)
      .toBe('https://api.agency.example');
  });
});
