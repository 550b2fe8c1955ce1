/** Mistakes in a stage's settings, a sentence each. They are for the person who wrote the file. */
export class StageSettingsError extends Error {
  override readonly name = 'StageSettingsError';
  /** Commands show its message alone. */
  readonly isUsersMistake = true;
  readonly sentences: readonly string[];

  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.sentences = sentences;
  }
}
