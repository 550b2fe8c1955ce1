/**
 * Every setting of the pop-up, by the one name it has everywhere: `<span data-setting="company">` in the page, and
 * `#{company}` in KARTE's HTML tab. An empty one means the default.
 */
export const SETTING_NAMES = [
  'language',
  'open',
  'company',
  'caller_number',

  'launcher_label',
  'title',
  'user_type_question',
  'inquiry_type_question',
  'contact_question',
  'phone_question',
  'phone_note',
  'consent_text',
  'consent_label',
  'consent_url',
  'confirm_note',
  'done_title',
  'done_note',
  'closed_text',
  'closed_label',
  'closed_url',

  'user_type_1_value',
  'user_type_1_label',
  'user_type_2_value',
  'user_type_2_label',
  'user_type_3_value',
  'user_type_3_label',
  'user_type_4_value',
  'user_type_4_label',

  'inquiry_type_1',
  'inquiry_type_1_value',
  'inquiry_type_1_label',
  'inquiry_type_2',
  'inquiry_type_2_value',
  'inquiry_type_2_label',
  'inquiry_type_3',
  'inquiry_type_3_value',
  'inquiry_type_3_label',
  'inquiry_type_4',
  'inquiry_type_4_value',
  'inquiry_type_4_label',
  'inquiry_type_5',
  'inquiry_type_5_value',
  'inquiry_type_5_label',
  'inquiry_type_6',
  'inquiry_type_6_value',
  'inquiry_type_6_label',
  'inquiry_type_7',
  'inquiry_type_7_value',
  'inquiry_type_7_label',
  'inquiry_type_8',
  'inquiry_type_8_value',
  'inquiry_type_8_label',

  'contact_phone_label',
  'contact_1_label',
  'contact_1_url',
  'contact_2_label',
  'contact_2_url',
  'contact_3_label',
  'contact_3_url',
  'contact_4_label',
  'contact_4_url',

  'krt',
  'event_tracking',
  'event_identify',
  'event_request',
  'field_phone',
  'field_phone_e164',
  'field_user_type',
  'field_inquiry_type',
  'field_track_id',
  'field_call_token',
  'field_call_at',
  'call_token_function',
  'availability_url',
] as const;

export type SettingName = (typeof SETTING_NAMES)[number];

/** The variables of KARTE's CSS tab; each sets the custom property `--visual-ivr-<name, with hyphens>`. */
export const STYLE_NAMES = ['accent_color', 'icon_side', 'icon_from_side', 'icon_from_bottom'] as const;

export type StyleName = (typeof STYLE_NAMES)[number];
