// What labels and categories of the providers mean for a lead.
import { describe, expect, it } from 'vitest';
import {
  readInterest,
  writeInterest,
} from '../../supabase/functions/_shared/providers/instantly/interest.ts';
import {
  isAutomatic,
  isOutOfOfficeId,
  readCategory,
} from '../../supabase/functions/_shared/providers/smartlead/interest.ts';
import {
  readCategoryChange,
  readCategoryOfReply,
} from '../../supabase/functions/_shared/providers/smartlead/webhook-category.ts';

describe('an interest number of Instantly', () => {
  it.each([
    [0, 'neutral', 'lead_out_of_office'],
    [1, 'positive', 'lead_interested'],
    [2, 'positive', 'lead_meeting_booked'],
    [3, 'positive', 'lead_meeting_completed'],
    [4, 'positive', 'lead_closed'],
    [-1, 'negative', 'lead_not_interested'],
    [-2, 'negative', 'lead_wrong_person'],
    [-3, 'negative', 'lead_lost'],
    [-4, 'neutral', 'lead_no_show'],
  ])('%i is %s: %s', (value, interest_status, interest_label) => {
    expect(readInterest(value)).toEqual({ interest_status, interest_label, interest_value: null });
  });

  it('is a label of the workspace, or none', () => {
    const none = { interest_status: null, interest_label: null };
    expect(readInterest(17)).toEqual({ ...none, interest_value: 17 });
    expect([readInterest(null), readInterest(undefined), readInterest(1.5), readInterest(2 ** 31)])
      .toEqual(new Array(4).fill({ ...none, interest_value: null }));
  });

  it('is written for a verdict', () => {
    expect([
      writeInterest('positive'),
      writeInterest('negative'),
      writeInterest('neutral'),
      writeInterest(null),
    ])
      .toEqual([1, -1, null, null]);
  });
});

describe('a category of Smartlead', () => {
  it.each([
    ['Interested', 'lead_interested', 'positive'],
    ['Meeting Request', 'lead_meeting_booked', 'positive'],
    ['meeting-booked', 'lead_meeting_booked', 'positive'],
    ['Meeting  Completed', 'lead_meeting_completed', 'positive'],
    ['Meeting held', 'lead_meeting_completed', 'positive'],
    ['No_Show', 'lead_no_show', 'neutral'],
    ['Won', 'lead_closed', 'positive'],
    [' Closed - Won ', 'lead_closed', 'positive'],
    ['Lost', 'lead_lost', 'negative'],
    ['Closed lost', 'lead_lost', 'negative'],
    ['Not Interested', 'lead_not_interested', 'negative'],
    ['Wrong Person', 'lead_wrong_person', 'negative'],
    ['Out Of Office', 'lead_out_of_office', 'neutral'],
  ])('%s is its own: %s', (name, type, interest) => {
    // Whatever the workspace says of it.
    for (const sentiment of [null, 'negative', 'positive']) {
      expect(readCategory(name, sentiment)).toEqual({ type, label: type, interest, isStandard: true });
    }
  });

  it.each([
    ['Demo wanted', 'Positive', 'lead_interested', 'positive'],
    ['Has a supplier', 'negative', 'lead_not_interested', 'negative'],
    ['Next year', 'NEUTRAL', 'lead_neutral', 'neutral'],
    ['Do Not Contact', 'positive', 'lead_interested', 'positive'],
    ['Do-Not-Contact', null, 'lead_not_interested', 'negative'],
    ['Information Request', undefined, 'lead_interested', 'positive'],
    ['Own one', 'sometimes', 'lead_labelled', 'neutral'],
    ['constructor', null, 'lead_labelled', 'neutral'],
  ])('%s (%s) means %s', (label, sentiment, type, interest) => {
    expect(readCategory(label, sentiment)).toEqual({ type, label, interest, isStandard: false });
  });

  it('of automatic replies has a name and a number', () => {
    expect(['Out of office', ' out_of-OFFICE ', 'Office', null, undefined].map(isAutomatic))
      .toEqual([true, true, false, false, false]);
    expect([isOutOfOfficeId(6), isOutOfOfficeId(1), isOutOfOfficeId(undefined)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('the category of a reply', () => {
  it.each<[body: Record<string, unknown>, category: object | undefined]>([
    [{}, undefined],
    [{ reply_category: null }, undefined],
    [{ reply_category: 'Interested' }, { label: 'Interested', isAutomatic: false }],
    [{ reply_category: 'Out of office' }, { label: 'Out of office', isAutomatic: true }],
    [{ reply_category: 3 }, { id: 3, isAutomatic: false }],
    [{ reply_category: '6' }, { id: 6, isAutomatic: true }],
    [{ reply_category: { name: 'Interested', id: 6 } }, { label: 'Interested', id: 6, isAutomatic: false }],
    [{ reply: { category: 'Interested' } }, { label: 'Interested', isAutomatic: false }],
    [{ reply: { category: { name: 'Interested' } } }, { label: 'Interested', isAutomatic: false }],
    [{ reply_category: 'First', reply: { category: 'Second' } }, { label: 'First', isAutomatic: false }],
  ])('in %j', (body, category) => {
    expect(readCategoryOfReply(body))
      .toStrictEqual(category === undefined ? undefined : { type: 'reply_received', ...category });
  });
});

describe('a change of category', () => {
  const interested = { type: 'lead_interested' };

  it.each<[body: Record<string, unknown>, category: object | undefined]>([
    [{ lead_category: { new_name: 'Interested', new_id: 1 } }, { ...interested, id: 1 }],
    [{ new_category: { name: 'Interested', id: 2 } }, { ...interested, id: 2 }],
    [{ new_category: 'Interested', lead_category_id: 3 }, { ...interested, id: 3 }],
    [{ category: { name: 'Interested', id: 4 } }, { ...interested, id: 4 }],
    [{ category: 'Interested', category_id: '5' }, { ...interested, id: 5 }],
    [{ lead_data: { category: { name: 'Interested' } } }, interested],
    [{ lead_category: { new_name: 'First' }, category: 'Second' }, { type: 'lead_labelled', label: 'First' }],
    [
      { category: 'Next year', lead_data: { category: { name: 'x', sentiment_type: 'neutral' } } },
      { type: 'lead_neutral', label: 'Next year' },
    ],
    [{ category: 77 }, { type: 'lead_labelled', id: 77 }],
    [{ category: '77', category_id: 78 }, { type: 'lead_labelled', id: 78 }],
    [{ category_id: 0 }, { type: 'lead_labelled', id: 0 }],
    [{}, undefined],
    [{ category: '' }, undefined],
    [{ lead_category: null }, undefined],
    [{ category: null }, { type: 'lead_neutral' }],
    [{ category_id: null }, { type: 'lead_neutral' }],
    [{ new_category: null }, { type: 'lead_neutral' }],
    [{ lead_category: { new_name: null } }, { type: 'lead_neutral' }],
    [{ lead_category: { new_id: null } }, { type: 'lead_neutral' }],
    [{ lead_category: { old_id: null } }, undefined],
    [{ lead_category: { new_id: null, new_name: 'Interested' } }, interested],
  ])('in %j', (body, category) => expect(readCategoryChange(body)).toStrictEqual(category));
});
