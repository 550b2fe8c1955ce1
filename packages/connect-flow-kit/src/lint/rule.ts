import type { Source } from '../catalogue/spec.ts';
import type { ExampleFlow } from './example.ts';
import type { Finding } from './finding.ts';
import type { Block, LintedFlow } from './linted-flow.ts';

/** One rule of the linter. Its section of the page of rules is generated from it, and the tests run its example. */
export interface Rule {
  /** Kebab case; never reused for something else. */
  id: string;
  severity: Finding['severity'];
  /** What is wrong with a flow that breaks the rule, a sentence without a full stop. */
  title: string;
  /** The consequences, one or two sentences. */
  why: string;
  source: Source;
  /** The failing flow breaks this rule and no other; the fixed one does not break it. */
  example: { failing: ExampleFlow; fixed: ExampleFlow };
  check(flow: LintedFlow): Complaint[];
}

/** What a rule reports about one block, or about the flow as a whole. */
export interface Complaint {
  block?: Pick<Block, 'id' | 'type'>;
  /** One sentence without full stop. */
  message: string;
  /** One sentence with full stop. */
  fix: string;
}
