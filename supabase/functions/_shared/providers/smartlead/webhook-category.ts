/** The category in a delivery: the lead's new one, or the one that a reply got. */
import { readPath } from '../../events/business-key.ts';
import type { EmailEventType, JsonObject } from '../../events/webhook-event.ts';
import { asText } from '../custom-fields.ts';
import { isAutomatic, isOutOfOfficeId, readCategory } from './interest.ts';
import { asObject, textAt, wholeNumber } from './webhook-shape.ts';

/** A category as a delivery names it. */
export interface Category {
  type: EmailEventType;
  label?: string;
  /** The provider's number; the list of categories gives its meaning. */
  id?: number;
  isAutomatic?: boolean;
}

/** The category of a reply: a name, a number or both. */
export function readCategoryOfReply(body: JsonObject): Category | undefined {
  const named = textAt(
    body,
    'reply_category',
    'reply_category.name',
    'reply.category',
    'reply.category.name',
  );
  if (named === null) return undefined;
  const id = wholeNumber(named) ?? wholeNumber(readPath(body, 'reply_category.id'));
  const label = wholeNumber(named) === undefined ? named : undefined;
  return {
    type: 'reply_received',
    ...(label !== undefined && { label }),
    ...(id !== undefined && { id }),
    isAutomatic: isAutomatic(label) || (label === undefined && isOutOfOfficeId(id)),
  };
}

const categoryPlaces = [
  'lead_category.new_name',
  'new_category.name',
  'new_category',
  'category.name',
  'category',
];
const categoryIdPlaces = [
  'lead_category.new_id',
  'new_category.id',
  'lead_category_id',
  'category_id',
  'category.id',
];

/** A removed category makes the lead neutral; a number without a name waits for the list of categories. */
export function readCategoryChange(body: JsonObject): Category | undefined {
  const described = asObject(readPath(body, 'lead_data.category'));
  const named = textAt(body, ...categoryPlaces) ?? asText(described?.['name']);
  const isNumber = wholeNumber(named) !== undefined;
  const id =
    categoryIdPlaces.map((place) => wholeNumber(readPath(body, place))).find((one) => one !== undefined) ??
      wholeNumber(named);
  const number = id === undefined ? {} : { id };
  if (named === null || isNumber) {
    if (id !== undefined) return { type: 'lead_labelled', id };
    const isRemoved = [...categoryPlaces, ...categoryIdPlaces].some((place) => isNullAt(body, place));
    return isRemoved ? { type: 'lead_neutral' } : undefined;
  }
  const meaning = readCategory(named, asText(described?.['sentiment_type']));
  return meaning.isStandard
    ? { type: meaning.type, ...number }
    : { type: meaning.type, label: meaning.label, ...number };
}

/** Whether a place is present and null. */
function isNullAt(body: JsonObject, place: string): boolean {
  const [first = '', second] = place.split('.');
  const owner = second === undefined ? body : asObject(body[first]);
  const name = second ?? first;
  return owner !== undefined && Object.hasOwn(owner, name) && owner[name] === null;
}
