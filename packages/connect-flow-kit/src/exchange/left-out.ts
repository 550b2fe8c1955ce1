import { type FlowDocument, isObject } from '../document.ts';
import { notesOf } from './notes.ts';

/**
 * What an import leaves out of the flow designer's records, a sentence for each. What the designer regenerates
 * from the blocks themselves is not mentioned.
 *
 * @param names Identifier in the export → identifier in the repository
 */
export function leftOutOf(exported: FlowDocument, names: ReadonlyMap<string, string>): string[] {
  const { Metadata = {} } = exported;
  const { Annotations = [] } = Metadata;
  const isWhole = Array.isArray(Annotations) && notesOf(exported).length === Annotations.length;
  const blocks = isObject(Metadata.ActionMetadata) ? Object.entries(Metadata.ActionMetadata) : [];
  const noted = blocks.flatMap(([block, records]) => (isObject(records) ? [{ block, records }] : []));
  const nameOf = (block: string): string => `"${names.get(block) ?? block}"`;
  const compounds = noted.flatMap(({ block, records }) => {
    const parts = partsOf(records).filter((part) => names.has(part));
    if (parts.length === 0) return [];
    return [
      `blocks ${[block, ...parts].map(nameOf).join(' and ')} were one in the designer, and are ${parts.length + 1} there from now on`,
    ];
  });
  return [
    ...(isWhole ? [] : ['notes that do not have the form of notes are left out']),
    ...compounds,
    ...unknownKeys(
      noted.map(({ records }) => records),
      OF_BLOCKS,
    ).map((key) => `"${key}", which the designer noted of blocks, is left out`),
    ...unknownKeys([Metadata], OF_THE_FLOW).map((key) => `"${key}", which the designer noted of the flow, is left out`),
  ];
}

/** Blocks of the flow that the designer shows as parts of one. */
function partsOf({ fragments, children }: Record<string, unknown>): string[] {
  const parts = [
    ...(isObject(fragments) ? Object.values(fragments) : []),
    ...(Array.isArray(children) ? children : []),
  ];
  return [...new Set(parts.filter((part) => typeof part === 'string'))];
}

const unknownKeys = (records: readonly Record<string, unknown>[], known: readonly string[]): string[] =>
  [...new Set(records.flatMap((record) => Object.keys(record)))].filter((key) => !known.includes(key));

/** Kept or regenerated; `status` and `hash` belong to the instance. */
const OF_THE_FLOW = [
  ...['name', 'description', 'type', 'Annotations', 'ActionMetadata'],
  ...['entryPointPosition', 'EntryPointPosition', 'snapToGrid', 'status', 'hash'],
];

/** Seen in exports: layout, and the control in which a parameter was entered, which the parameter itself shows as well. */
const OF_BLOCKS = [
  ...['position', 'Position', 'isFriendlyName', 'fragments', 'children', 'isSplitModule'],
  ...['parameters', 'dynamicParams', 'dynamicMetadata', 'useDynamic', 'conditionMetadata', 'conditions', 'audio'],
  ...['ContactFlow', 'contactFlow', 'queue', 'customerOrAgent', 'timeoutUnit', 'countryCodePrefix', 'callerIdSource'],
  ...['overrideConsoleVoice', 'defaultVoice', 'useDynamicForEncryptionKeys', 'useDynamicForTerminatorDigits'],
  ...['useLexBotDropdown', 'useDynamicLexBotArn', 'lexV2BotName', 'lexV2BotAliasName', 'customerProfilesAction'],
  ...['action', 'templateName', 'requestFieldsOptions', 'responseFieldsOptions', 'requiredFieldsOptions'],
  ...['voiceAuthenticationUseDynamic', 'voiceAuthenticationResponseTimeUseDynamic', 'fraudDetectionUseDynamic'],
];
