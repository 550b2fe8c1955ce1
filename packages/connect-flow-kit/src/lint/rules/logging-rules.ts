import { reachable } from '../circles.ts';
import { block, next } from '../example.ts';
import type { Block } from '../linted-flow.ts';
import type { Rule } from '../rule.ts';

const SETS_LOGGING = 'UpdateFlowLoggingBehavior';
const logging = (id: string, FlowLoggingBehavior: string, then: string) =>
  block(id, SETS_LOGGING, { FlowLoggingBehavior }, next(then));
const askForCard = block(
  'Ask',
  'GetParticipantInput',
  {
    Text: 'Please enter your card number.',
    StoreInput: 'True',
    InputTimeLimitSeconds: '10',
    InputValidation: { CustomValidation: { MaximumLength: '16' } },
  },
  next('Apologise', { NoMatchingError: 'Apologise' }),
);

const secretIsLogged: Rule = {
  id: 'secret-is-logged',
  severity: 'warning',
  title: 'A customer types a card number or a secret while the flow is logged',
  why: 'What a customer types is logged as plain digits, and the log is kept and read by people who must not see them. Nothing is reported if the input is encrypted.',
  source: {
    kind: 'doc',
    note: 'https://aws.amazon.com/blogs/contact-center/using-agent-workspace-guides-to-handle-sensitive-information',
  },
  example: {
    failing: { blocks: [logging('Log', 'Enabled', 'Ask'), askForCard] },
    fixed: { blocks: [logging('Log', 'Enabled', 'Hush'), logging('Hush', 'Disabled', 'Ask'), askForCard] },
  },
  check: ({ blocks }) => {
    const setsTo = (value: string) => (one: Block) =>
      one.type === SETS_LOGGING && one.parameters.FlowLoggingBehavior === value;
    const isOff = setsTo('Disabled');
    const logged = reachable(blocks.filter(setsTo('Enabled')), (one) =>
      isOff(one) ? [] : one.exits.map(({ to }) => to),
    );
    return blocks
      .filter((one) => logged.has(one) && asksForSecret(one))
      .map((one) => ({
        block: one,
        message: 'it asks for a secret, and a call can reach it while it is logged',
        fix: `Put an ${SETS_LOGGING} with Disabled before it, or encrypt the input (InputEncryption).`,
      }));
  },
};

/** Does it store in plain digits what only the customer and a bank may know? */
const asksForSecret = ({ parameters, texts }: Block): boolean =>
  Object.hasOwn(parameters, 'InputValidation') &&
  !Object.hasOwn(parameters, 'InputEncryption') &&
  texts.some(({ path, text }) => /(^|\.)(Text|SSML)$/.test(path) && SECRET.test(text));

const SECRET =
  /\b(credit|debit|bank) ?card\b|\bcard number\b|\bsecurity code\b|\bcvv|\bcvc\b|\bpin\b|\bpass(word|code)\b|\bsocial security\b|カード番号|クレジットカード|暗証番号|セキュリティコード|パスワード/i;

export const LOGGING_RULES: readonly Rule[] = [secretIsLogged];
