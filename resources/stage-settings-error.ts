/** Mistakes in a stage's settings, a sentence each, for the author of the file. */
export class StageSettingsError extends Error {
  override readonly name = 'StageSettingsError';
  /** Commands show only its message. */
  readonly isUsersMistake = true;
  readonly sentences: readonly string[];

  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.sentences = sentences;
  }
}
