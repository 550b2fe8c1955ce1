import { type FlowDocument, isObject } from '../document.ts';

/** Every contact attribute that a flow sets, once for each place where it does. */
export const attributeWrites = ({ Actions }: FlowDocument): { key: string; value: string }[] =>
  Actions.filter(({ Type }) => Type === 'UpdateContactAttributes').flatMap(({ Parameters: { Attributes } }) =>
    isObject(Attributes) ? Object.entries(Attributes).map(([key, value]) => ({ key, value: String(value) })) : [],
  );
