/** An action on the board cannot be done. The message is for the user. */
export class ActionError extends Error {
  override readonly name = 'ActionError';
}
