/** Something wrong with a flow. */
export interface Finding {
  /** Rule id, such as `missing-error-branch`. */
  rule: string;
  /**
   * `error`: Amazon Connect refuses to publish the flow, or the block fails in every call. `warning`: the flow is published
   * and works, but a customer or the company suffers.
   */
  severity: 'error' | 'warning';
  /** Identifier of the block; missing if the finding is about the flow as a whole. */
  block?: string;
  /** Type of that block, such as `Compare`. */
  type?: string;
  /** What is wrong, one sentence without full stop. */
  message: string;
  /** What to do, one sentence with full stop. */
  fix: string;
}
