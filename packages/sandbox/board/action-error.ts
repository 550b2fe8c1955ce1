/** What was asked for on the board cannot be done. The message is for the person who asked. */
export class ActionError extends Error {
  override readonly name = 'ActionError';
}
