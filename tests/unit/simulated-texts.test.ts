import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../simulators/shared/texts.ts';

describe('a simulated email', () => {
  it('has the values of its lead, and fallbacks where there are none', () => {
    const template = 'Hi {{firstName|there}}, {{ company name }} in {{city|your town}} ({{nothing}})';
    expect(fillTemplate(template, { firstName: '', 'company name': 'Rye', city: 'Utrecht' }))
      .toBe('Hi there, Rye in Utrecht ()');
  });
});
