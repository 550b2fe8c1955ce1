/** `inquiry_type` of everything that is not in the stage's list, if it has one. */
export const OTHER_INQUIRY_TYPE = 'other';
