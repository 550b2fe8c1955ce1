import { describe, expect, it } from 'vitest';
import { safeLink } from '../browser/links.ts';
import { readSettings } from '../browser/pop-up-settings.ts';
import { SETTING_NAMES, type SettingName } from '../browser/setting-names.ts';

/** Settings of a page that contains these texts, and what was reported about them. */
function settingsOf(texts: Partial<Record<SettingName, string>>, stageInquiries?: string[]) {
  const complaints: string[] = [];
  const settings = readSettings(
    (name) => texts[name],
    (problem) => complaints.push(problem),
    stageInquiries,
  );
  return { settings, complaints };
}

const everySetting = (text: (name: SettingName) => string) =>
  Object.fromEntries(SETTING_NAMES.map((name) => [name, text(name)]));

describe('the settings of a page', () => {
  it.each([
    ['left out', {}],
    ['empty', everySetting(() => '')],
    ['blank', everySetting(() => ' \n　 ')],
    ['variables that KARTE did not replace', everySetting((name) => `#{${name}}`)],
  ])('take the Japanese defaults where they are %s', (_case, texts) => {
    // Act
    const { settings, complaints } = settingsOf(texts);

    // Assess
    expect(settings).toMatchObject({
      language: 'ja',
      open: true,
      company: undefined,
      callerNumber: undefined,
      contacts: [],
      alternatives: [],
      consentUrl: undefined,
      krt: 'krt',
      callTokenFunction: undefined,
      karte: {
        events: { tracking: 'call_tracking', identify: 'identify', request: 'call_request' },
        fields: {
          phone: 'phone',
          phoneE164: 'phone_e164',
          userType: 'user_type',
          inquiryType: 'inquiry_type',
          trackId: 'track_id',
          callToken: 'call_token',
        },
      },
    });
    expect(settings.userTypes.map(({ value }) => value)).toEqual(['member', 'visitor']);
    expect(settings.inquiryTypes).toContainEqual({ value: 'その他', label: 'その他' });
    expect(settings.texts.editable.title).toBe('お電話でのお問い合わせ');
    expect(complaints).toEqual([]);
  });

  it('replace any text, and keep its characters as they are', () => {
    // Prepare
    const title = '"お電話" <b>&amp; 😀 \'で\'';

    // Act
    const { settings } = settingsOf({ title: `\n  ${title}\n`, done_note: '一行目\n    二行目' });

    // Assess
    expect(settings.texts.editable.title).toBe(title);
    expect(settings.texts.editable.done_note).toBe('一行目 二行目');
    expect(settings.texts.editable.phone_question).toBe('電話番号をご入力ください');
  });

  it('name the company in the texts that have it, unless the text itself was set', () => {
    // Act
    const { settings } = settingsOf({ company: 'KARTEサポート窓口' });
    const { settings: own } = settingsOf({ company: 'KARTEサポート窓口', confirm_note: 'お電話します。' });

    // Assess
    expect(settings.texts.editable.confirm_note).toContain('KARTEサポート窓口からお電話し');
    expect(own.texts.editable.confirm_note).toBe('お電話します。');
  });

  it('speak English where they say so, and Japanese for a language there is not', () => {
    // Act
    const english = settingsOf({ language: 'EN' });
    const german = settingsOf({ language: 'de' });

    // Assess
    expect(english.settings.texts.words.back).toBe('Back');
    expect(english.complaints).toEqual([]);
    expect(german.settings.texts.words.back).toBe('戻る');
    expect(german.complaints).toEqual(['the setting language is ja or en; ja is used']);
  });

  it.each([
    ['no', false],
    ['No', false],
    ['false', false],
    ['0', false],
    ['０', false],
    ['closed', false],
    ['yes', true],
    ['true', true],
    ['1', true],
    ['open', true],
  ])('say with open "%s" whether calls can be asked for: %s', (open, expected) => {
    const { settings, complaints } = settingsOf({ open });
    expect(settings.open).toBe(expected);
    expect(complaints).toEqual([]);
  });

  it.each(['off', 'いいえ', '受付時間外'])(
    'with open "%s" take calls, and say that nobody knows what it means',
    (open) => {
      const { settings, complaints } = settingsOf({ open });
      expect(settings.open).toBe(true);
      expect(complaints).toEqual(['the setting open is yes or no; yes is used']);
    },
  );

  it('list the user types and inquiries that were set, and no default beside them', () => {
    // Act
    const { settings, complaints } = settingsOf({
      user_type_1_value: 'member',
      user_type_1_label: '会員の方',
      user_type_3_value: 'partner',
      inquiry_type_2: 'KARTE Datahubについて',
      inquiry_type_5: '動作環境について',
      inquiry_type_8: 'KARTE Datahubについて',
    });

    // Assess
    expect(settings.userTypes).toEqual([
      { value: 'member', label: '会員の方' },
      { value: 'partner', label: 'partner' },
    ]);
    expect(settings.inquiryTypes.map(({ value, label }) => [value, label])).toEqual([
      ['KARTE Datahubについて', 'KARTE Datahubについて'],
      ['動作環境について', '動作環境について'],
    ]);
    expect(complaints).toEqual([]);
  });

  it('send inquiries in the language of the stage, whatever the language of the pop-up', () => {
    const japanese = settingsOf({}).settings.inquiryTypes;
    const english = settingsOf({ language: 'en' }).settings.inquiryTypes;
    expect(english.map(({ value }) => value)).toEqual(japanese.map(({ value }) => value));
    expect(english.map(({ label }) => label)).toEqual([
      'The service',
      'Prices and payment',
      'How to use it',
      'Something else',
    ]);
  });

  it.each<[string, Partial<Record<SettingName, string>>, [string, string][], RegExp[]]>([
    [
      'their own labels in Japanese',
      {},
      [
        ['その他', 'その他'],
        ['料金プラン', '料金プラン'],
      ],
      [],
    ],
    [
      'English labels where there are any',
      { language: 'en' },
      [
        ['その他', 'Something else'],
        ['料金プラン', '料金プラン'],
      ],
      [],
    ],
    [
      'the labels that were set, in their order',
      { language: 'en', inquiry_type_2_label: 'Plans' },
      [
        ['その他', 'Something else'],
        ['料金プラン', 'Plans'],
      ],
      [],
    ],
    [
      'no label beyond the list',
      { inquiry_type_3_label: 'Jobs' },
      [
        ['その他', 'その他'],
        ['料金プラン', '料金プラン'],
      ],
      [/^inquiry_type_3_label is left out/],
    ],
    [
      'the values that were set, with their labels',
      {
        language: 'en',
        inquiry_type_1_value: '料金プラン',
        inquiry_type_1_label: 'Plans',
        inquiry_type_2_value: 'その他',
      },
      [
        ['料金プラン', 'Plans'],
        ['その他', 'Something else'],
      ],
      [],
    ],
    [
      'a value that the stage does not know, which is told',
      { inquiry_type_1: 'Prices', inquiry_type_4_label: 'Jobs' },
      [['Prices', 'Prices']],
      [/^inquiry_type_1 is none of the stage's/, /^inquiry_type_4_value is missing/],
    ],
  ])("take over the stage's inquiry types: %s", (_, texts, expected, told) => {
    const { settings, complaints } = settingsOf(texts, ['その他', '料金プラン']);
    expect(settings.inquiryTypes.map(({ value, label }) => [value, label])).toEqual(expected);
    expect(complaints).toEqual(told.map((sentence) => expect.stringMatching(sentence)));
  });

  it.each(['「A"B」について', 'A\\Bについて'])(
    'that would break the JSON of the action are told: inquiry_type_2 is %s',
    (text) => {
      // Act
      const { settings, complaints } = settingsOf({ inquiry_type_1: '料金について', inquiry_type_2: text });
      // Assess
      expect(settings.inquiryTypes.map(({ value }) => value)).toEqual(['料金について', text]);
      expect(complaints).toEqual([expect.stringContaining('inquiry_type_2 contains')]);
    },
  );

  it('say what is half set', () => {
    // Act
    const { settings, complaints } = settingsOf({ user_type_2_label: '会員の方', contact_3_label: 'チャット' });

    // Assess
    expect(settings.userTypes).toEqual([{ value: '会員の方', label: '会員の方' }]);
    expect(settings.contacts).toEqual([]);
    expect(complaints).toEqual([
      'contact_3_url is missing: the way of contact is left out',
      'user_type_2_value is missing: KARTE is sent the label',
    ]);
  });

  it('offer the other ways of contact that have a link, and the alternative first outside opening hours', () => {
    // Act
    const { settings } = settingsOf({
      contact_1_label: 'チャット',
      contact_1_url: 'https://example.com/chat',
      contact_2_label: 'リンクなし',
      contact_3_url: '/contact',
      closed_url: 'mailto:support@example.com',
    });

    // Assess
    expect(settings.contacts).toEqual([
      { label: 'チャット', url: 'https://example.com/chat' },
      { label: '/contact', url: '/contact' },
    ]);
    expect(settings.alternatives).toEqual([
      { label: 'ほかの方法で問い合わせる', url: 'mailto:support@example.com' },
      ...settings.contacts,
    ]);
  });

  it.each(['consent_url', 'closed_url', 'contact_1_url'] as const)(
    'leave a link of %s out that runs a script, and say so without repeating it',
    (name) => {
      // Act
      const { settings, complaints } = settingsOf({ [name]: 'javascript:alert(1)' });

      // Assess
      expect([settings.consentUrl, ...settings.contacts, ...settings.alternatives]).toEqual([undefined]);
      expect(complaints).toEqual([`the setting ${name} is left out: a link is http(s), mailto, tel or relative`]);
    },
  );

  it.each(['Call_request', '1call', '_call', 'call-request', 'コール', 'call request'])(
    "use the default for the name %j, which breaks KARTE's rule",
    (name) => {
      // Act
      const { settings, complaints } = settingsOf({ event_request: name, field_phone: name });

      // Assess
      expect(settings.karte.events.request).toBe('call_request');
      expect(settings.karte.fields.phone).toBe('phone');
      expect(complaints).toHaveLength(2);
      expect(complaints[0]).toContain('event_request');
    },
  );

  it('never let two fields overwrite each other', () => {
    // Act
    const { settings, complaints } = settingsOf({ field_user_type: 'phone_e164', event_tracking: 'my_tracking_2' });

    // Assess
    expect(settings.karte.fields.userType).toBe('user_type');
    expect(settings.karte.events.tracking).toBe('my_tracking_2');
    expect(complaints).toEqual(['two fields have the same name; the default names of all fields are used']);
  });

  it('never let two events be one', () => {
    const { settings, complaints } = settingsOf({ event_request: 'call_tracking', field_user_type: 'kind' });
    expect(settings.karte.events.request).toBe('call_request');
    expect(settings.karte.fields.userType).toBe('kind');
    expect(complaints).toEqual(['two events have the same name; the default names of all events are used']);
  });
});

describe('a link', () => {
  it.each([
    'https://example.com/chat?a=1#b',
    'http://example.com',
    '//example.com/chat',
    '/contact',
    'contact.html',
    '?q=1',
    '#chat',
    'mailto:support@example.com',
    'tel:0312345678',
    'お問い合わせ',
  ])('may be %s', (link) => {
    expect(safeLink(` ${link}\n`)).toBe(link);
  });

  it.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://example.com/1',
    'file:///etc/hosts',
    'https://[',
    '',
    '  ',
  ])('may not be %j', (link) => {
    expect(safeLink(link)).toBeUndefined();
  });
});
