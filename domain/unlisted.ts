/** `inquiry_type` of whatever the stage's list does not name, where it has one. */
export const OTHER_INQUIRY_TYPE = 'other';
