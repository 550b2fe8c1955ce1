import { isUnfilled } from '../../../domain/phone-number.ts';
import { type Language, textsIn } from './default-texts.ts';
import { safeLink } from './links.ts';
import type { SettingName } from './setting-names.ts';
import type { Answer, EditableText, Texts } from './texts.ts';

/** Names that KARTE gives the events and their fields. */
export interface KarteNames {
  events: { tracking: string; identify: string; request: string };
  fields: {
    phone: string;
    phoneE164: string;
    userType: string;
    inquiryType: string;
    trackId: string;
    callToken: string;
    callAt: string;
  };
}

export interface Link {
  label: string;
  url: string;
}

/** What the page or the marketer set, validated, with a default for everything else. */
export interface Settings {
  language: Language;
  /** False outside opening hours, as far as the page says so. */
  open: boolean;
  company: string | undefined;
  /** The number that calls the visitor, as it was set; if undefined, the stage's. */
  callerNumber: string | undefined;
  texts: Texts;
  userTypes: readonly Answer[];
  inquiryTypes: readonly Answer[];
  /** Other ways of contact besides the telephone. */
  contacts: readonly Link[];
  consentUrl: string | undefined;
  /** What is offered instead of a call. */
  alternatives: readonly Link[];
  /** Name of KARTE's function on the page. */
  krt: string;
  karte: KarteNames;
  /** Name of the page's function that signs a request; undefined if requests are not signed. */
  callTokenFunction: string | undefined;
  /** Where availability.json is, as it was set; if undefined, the stage's. */
  availabilityUrl: string | undefined;
}

/** Tells whoever sets the page up what is wrong with it. Never contains anything that a visitor typed. */
export type Complain = (problem: string) => void;

/**
 * Reads the settings. Whatever is missing, blank or a KARTE variable that was not replaced gets its default; so does
 * anything unusable, which is also reported.
 *
 * @param raw the text of a setting in the page
 * @param stageInquiries the stage's `request.inquiryTypes`; if there are none, it takes any text
 */
export function readSettings(
  raw: (name: SettingName) => string | null | undefined,
  complain: Complain,
  stageInquiries: readonly string[] = [],
): Settings {
  const read = (name: SettingName): string | undefined => {
    // As HTML shows it: line breaks in the source are spaces.
    const text = (raw(name) ?? '').replace(/[\t\n\r ]+/g, ' ').trim();
    return text === '' || isUnfilled(text) ? undefined : text;
  };
  const readLink = (name: SettingName): string | undefined => {
    const text = read(name);
    const link = text === undefined ? undefined : safeLink(text);
    if (text !== undefined && link === undefined) {
      complain(`the setting ${name} is left out: a link is http(s), mailto, tel or relative`);
    }
    return link;
  };

  const language = readLanguage(read, complain);
  const company = read('company');
  const defaults = textsIn(language, company);
  const editable = { ...defaults.editable };
  for (const name of Object.keys(editable) as EditableText[]) editable[name] = read(name) ?? editable[name];

  const contacts = ([1, 2, 3, 4] as const).flatMap((at) => {
    const url = readLink(`contact_${at}_url`);
    const label = read(`contact_${at}_label`);
    if (label !== undefined && read(`contact_${at}_url`) === undefined) {
      complain(`contact_${at}_url is missing: the way of contact is left out`);
    }
    return url === undefined ? [] : [{ url, label: label ?? url }];
  });
  const closedUrl = readLink('closed_url');
  const alternatives =
    closedUrl === undefined ? contacts : [{ url: closedUrl, label: editable.closed_label }, ...contacts];

  return {
    language,
    open: readOpen(read, complain),
    company,
    callerNumber: read('caller_number'),
    texts: { ...defaults, editable },
    userTypes: readUserTypes(read, complain) ?? defaults.userTypes,
    inquiryTypes: readInquiryTypes(read, complain, defaults.inquiryTypes, stageInquiries),
    contacts,
    consentUrl: readLink('consent_url'),
    alternatives,
    krt: read('krt') ?? 'krt',
    karte: readKarteNames(read, complain),
    callTokenFunction: read('call_token_function'),
    availabilityUrl: read('availability_url'),
  };
}

type Read = (name: SettingName) => string | undefined;

function readLanguage(read: Read, complain: Complain): Language {
  const language = read('language')?.toLowerCase() ?? 'ja';
  if (language === 'ja' || language === 'en') return language;
  complain('the setting language is ja or en; ja is used');
  return 'ja';
}

/** Open, unless the page says that it is not. */
function readOpen(read: Read, complain: Complain): boolean {
  const open = read('open')?.normalize('NFKC').toLowerCase() ?? 'yes';
  if (['no', 'false', '0', 'closed'].includes(open)) return false;
  if (!['yes', 'true', '1', 'open'].includes(open)) complain('the setting open is yes or no; yes is used');
  return true;
}

/** Undefined if none is set. A label without a value is also the value, and vice versa. */
function readUserTypes(read: Read, complain: Complain): Answer[] | undefined {
  const types = ([1, 2, 3, 4] as const).flatMap((at) => {
    const value = read(`user_type_${at}_value`);
    const label = read(`user_type_${at}_label`);
    if (label !== undefined && value === undefined)
      complain(`user_type_${at}_value is missing: KARTE is sent the label`);
    const either = value ?? label;
    return either === undefined ? [] : [{ value: either, label: label ?? either }];
  });
  return types.length > 0 ? types : undefined;
}

/**
 * Those that are set, otherwise the stage's, otherwise the default ones; labels without values apply to those of the stage
 * or the default ones, in order. `inquiry_type_1` is value and label in one.
 */
function readInquiryTypes(
  read: Read,
  complain: Complain,
  byDefault: readonly Answer[],
  ofStage: readonly string[],
): readonly Answer[] {
  const labelOf = (value: string): string => byDefault.find((each) => each.value === value)?.label ?? value;
  const known = ofStage.length > 0 ? ofStage.map((value) => ({ value, label: labelOf(value) })) : byDefault;
  const set = ([1, 2, 3, 4, 5, 6, 7, 8] as const).map((at) => ({
    name: `inquiry_type_${at}`,
    value: read(`inquiry_type_${at}_value`) ?? read(`inquiry_type_${at}`),
    label: read(`inquiry_type_${at}_label`) ?? read(`inquiry_type_${at}`),
  }));
  if (set.every(({ value }) => value === undefined)) {
    for (const { name, label } of set.slice(known.length)) {
      if (label !== undefined) complain(`${name}_label is left out: there is no inquiry type of that number`);
    }
    return known.map(({ value, label }, at) => ({ value, label: set[at]?.label ?? label }));
  }
  const types = new Map<string, Answer>();
  for (const { name, value, label } of set) {
    if (value === undefined) {
      if (label !== undefined) complain(`${name}_value is missing: its label is left out`);
      continue;
    }
    if (/["\\]/.test(value)) {
      complain(`${name} contains " or \\: within the JSON of KARTE's action it may break, and nobody is called`);
    }
    if (ofStage.length > 0 && !ofStage.includes(value)) {
      complain(`${name} is none of the stage's request.inquiryTypes: the call does not say what it is about`);
    }
    if (!types.has(value)) types.set(value, { value, label: label ?? labelOf(value) });
  }
  return [...types.values()];
}

/**
 * KARTE's rule for the names of events and fields.
 * @see https://support.karte.io/post/2DmFyL2Dd929nRYO4wSej8
 */
const KARTE_NAME = /^[a-z][a-z0-9_]*$/;

function readKarteNames(read: Read, complain: Complain): KarteNames {
  const name = (setting: SettingName, byDefault: string): string => {
    const text = read(setting) ?? byDefault;
    if (KARTE_NAME.test(text)) return text;
    complain(`the setting ${setting} breaks KARTE's rule (a-z, 0-9, _, a letter first); "${byDefault}" is used`);
    return byDefault;
  };
  const events = {
    tracking: name('event_tracking', 'call_tracking'),
    identify: name('event_identify', 'identify'),
    request: name('event_request', 'call_request'),
  };
  const fields = {
    phone: name('field_phone', 'phone'),
    phoneE164: name('field_phone_e164', 'phone_e164'),
    userType: name('field_user_type', 'user_type'),
    inquiryType: name('field_inquiry_type', 'inquiry_type'),
    trackId: name('field_track_id', 'track_id'),
    callToken: name('field_call_token', 'call_token'),
    callAt: name('field_call_at', 'call_at'),
  };
  const distinct = <Names extends object>(names: Names, kind: keyof KarteNames, byDefault: () => Names): Names => {
    if (new Set(Object.values(names)).size === Object.keys(names).length) return names;
    complain(`two ${kind} have the same name; the default names of all ${kind} are used`);
    return byDefault();
  };
  const byDefault = (): KarteNames => readKarteNames(() => undefined, complain);
  return {
    events: distinct(events, 'events', () => byDefault().events),
    fields: distinct(fields, 'fields', () => byDefault().fields),
  };
}
