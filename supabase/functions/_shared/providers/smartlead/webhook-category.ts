/** What a delivery says of a category: the lead's new one, or the one that a reply got. */
import { readPath } from '../../events/business-key.ts';
import type { EmailEventType, JsonObject } from '../../events/webhook-event.ts';
import { asText } from '../custom-fields.ts';
import { isAutomatic, isOutOfOfficeId, readCategory } from './interest.ts';
import { asObject, textAt, wholeNumber } from './webhook-shape.ts';

/** A category as a delivery tells it. */
export interface Category {
  type: EmailEventType;
  label?: string;
  /** The provider's number of it; the list of categories says what it means. */
  id?: number;
  isAutomatic?: boolean;
}

/** The category of a reply: a name, a number or both. */
export function readCategoryOfReply(body: JsonObject): Category | undefined {
  const told = textAt(body, 'reply_category', 'reply_category.name', 'reply.category', 'reply.category.name');
  if (told === null) return undefined;
  const id = wholeNumber(told) ?? wholeNumber(readPath(body, 'reply_category.id'));
  const label = wholeNumber(told) === undefined ? told : undefined;
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

/** A category that was taken away leaves the lead neutral; a number without a name waits for the list of categories. */
export function readCategoryChange(body: JsonObject): Category | undefined {
  const described = asObject(readPath(body, 'lead_data.category'));
  const told = textAt(body, ...categoryPlaces) ?? asText(described?.['name']);
  const isNumber = wholeNumber(told) !== undefined;
  const id =
    categoryIdPlaces.map((place) => wholeNumber(readPath(body, place))).find((one) => one !== undefined) ??
      wholeNumber(told);
  const number = id === undefined ? {} : { id };
  if (told === null || isNumber) {
    if (id !== undefined) return { type: 'lead_labelled', id };
    const isRemoved = [...categoryPlaces, ...categoryIdPlaces].some((place) => isNullAt(body, place));
    return isRemoved ? { type: 'lead_neutral' } : undefined;
  }
  const meaning = readCategory(told, asText(described?.['sentiment_type']));
  return meaning.isStandard
    ? { type: meaning.type, ...number }
    : { type: meaning.type, label: meaning.label, ...number };
}

/** Whether a place is there and says null. */
function isNullAt(body: JsonObject, place: string): boolean {
  const [first = '', second] = place.split('.');
  const owner = second === undefined ? body : asObject(body[first]);
  const name = second ?? first;
  return owner !== undefined && Object.hasOwn(owner, name) && owner[name] === null;
}
