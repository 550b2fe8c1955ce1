import { describe, expect, it } from 'vitest';
import { resolveText } from '../src/references.ts';

const VALUES = {
  attributes: { user_type: 'member', 'a b': '空白', inquiry: '$.CustomerEndpoint.Address', empty: '' },
  system: { 'CustomerEndpoint.Address': '+819012345678', InitiationMethod: 'API', StoredCustomerInput: '42' },
  objects: {
    External: {
      name: '山田',
      count: 3,
      ok: true,
      nothing: null,
      address: { city: '東京' },
      list: ['a', { b: ['c', 'd'] }],
    },
    FlowAttributes: { tries: '2' },
  },
};

describe('references', () => {
  it.each([
    ['an attribute', '$.Attributes.user_type様', 'member様'],
    ['brackets', "$['Attributes']['user_type'] and $.Attributes.['a b']", 'member and 空白'],
    ['a value of the system', 'お電話番号は$.CustomerEndpoint.Addressです', 'お電話番号は+819012345678です'],
    ['a single key', '$.StoredCustomerInput $.InitiationMethod', '42 API'],
    ['the answer of a function', '$.External.name様、$.External.count件、$.External.ok', '山田様、3件、true'],
    ['a nested answer', '$.External.address.city', '東京'],
    ['a place in a list', '$.External.list[0] $.External.list[1].b[1]', 'a d'],
    ['a place in a list, as a key', '$.External.list.0', 'a'],
    ['a place in a list, behind a dot', '$.External.list.[1].b.[0]', 'c'],
    ['a place in a list, in backticks', '前`$.External.list[0]`後', '前a後'],
    ['anything else in backticks', '`$.External.name`', '`山田`'],
    ['a dollar sign and a value', '$$.External.count', '$3'],
    ['a flow attribute', '$.FlowAttributes.tries回目', '2回目'],
    ['an attribute that is empty', '[$.Attributes.empty]', '[]'],
    ['no reference', '$5 and $.', '$5 and $.'],
    ['what a value brings along', '$.Attributes.inquiry', '$.CustomerEndpoint.Address'],
  ])('resolve to %s', (_name, text, resolved) => {
    expect(resolveText(text, VALUES)).toEqual({ text: resolved, unresolved: [] });
  });

  it.each([
    ['an attribute that does not exist', '$.Attributes.nothing'],
    ['a name that every object has', '$.Attributes.constructor'],
    ['the same in an answer', '$.External.__proto__.polluted'],
    ['an answer that is null', '$.External.nothing'],
    ['an object', '$.External.address'],
    ['something inside a text', '$.External.name.length'],
    ['a list', '$.External.list'],
    ['a place that a list does not have', '$.External.list[7].name'],
    ['a place counted from the end', '$.External.list[-1]'],
    ['every place of a list', '$.External.list[*].b'],
    ['a place in what is no list', '$.External.name[0]'],
    ['the length of a list', '$.External.list.length'],
    ['an unknown namespace', '$.Nowhere.x'],
  ])('name %s as missing', (_name, reference) => {
    expect(resolveText(`あ${reference} ${reference}い`, VALUES)).toEqual({ text: 'あ い', unresolved: [reference] });
  });
});
