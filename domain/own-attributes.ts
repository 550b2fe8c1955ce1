/** Contact attributes the path sets itself; a visitor's content cannot set them. Contact flows may rely on them. */
export const OWN_ATTRIBUTES = new Set([
  'user_type',
  'inquiry_type',
  'has_inquiry_type',
  'has_short_inquiry',
  'track_id',
  'track_id_spoken',
  'has_track_id',
  'press_to_connect',
  'request_id',
  'queue_arn',
  'call_back_after',
  // Set by the contact flow: why it ended the call.
  'call_result',
  // Set by the contact flow for inbound calls: the request of our unanswered call to that number (recognised-caller.ts).
  'called_back',
  'called_back_request_id',
  'called_back_user_type',
  'called_back_has_short_track_id',
  'called_back_track_id',
  'called_back_track_id_spoken',
]);
