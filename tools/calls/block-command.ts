import { parseArgs } from 'node:util';
import { EXIT, print, UsageError } from 'connect-flow-kit/command-line';
import { maskPhone } from '../../domain/masking.ts';
import { normalisePhone } from '../../domain/phone-number.ts';
import { momentIn } from '../../domain/wall-clock.ts';
import type { CallsCommand } from './calls-command.ts';
import { CHANGE_HELP, CHANGE_OPTIONS, changeOf, onTarget, TARGET_HELP, TARGET_OPTIONS, type Target } from './target.ts';

export const block: CallsCommand = {
  summary: 'blocks a number, which is then never called; without a number, lists them',
  help: `Puts a telephone number, in any form a visitor may type, on the list of numbers that are not called.

  npm run calls -- block <number> --why "…" [--opt-out]
  npm run calls -- block [--json]        lists the blocked numbers, masked

${CHANGE_HELP}
  --opt-out      the customer asked not to be called
${TARGET_HELP}
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...TARGET_OPTIONS,
        ...CHANGE_OPTIONS,
        'opt-out': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const [typed, ...more] = positionals;
    if (more.length > 0) throw new UsageError('expected one number: quote it if it contains spaces');
    if (typed === undefined) {
      // A missing number (an empty shell variable) must not look as if it had been blocked.
      const meansToBlock = values['opt-out'] || values.why !== undefined || values.by !== undefined;
      if (meansToBlock) throw new UsageError('expected a number to block: npm run calls -- block <number> --why "…"');
      return onTarget(values, (target) => list(target, values.json));
    }
    const change = changeOf(values);
    return onTarget(values, async (target) => {
      const phone = numberOf(typed, target);
      if (!values['opt-out'] && (await target.controls.blocked(phone)) === 'opted_out') {
        print(`${maskPhone(phone)} is on the list already, at the customer's request: nothing was changed.\n`);
        return EXIT.fine;
      }
      await target.controls.block({ phone, kind: values['opt-out'] ? 'opted_out' : 'blocked', ...change });
      print(`${maskPhone(phone)} is now blocked: ${target.name}.\n`);
      return EXIT.fine;
    });
  },
};

export const unblock: CallsCommand = {
  summary: 'lets a blocked number be called again',
  help: `Takes a telephone number off the list of numbers that are not called.

  npm run calls -- unblock <number> --why "…"

${CHANGE_HELP}
${TARGET_HELP}
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { ...TARGET_OPTIONS, ...CHANGE_OPTIONS },
    });
    const [typed, ...more] = positionals;
    if (typed === undefined || more.length > 0)
      throw new UsageError('expected one number: npm run calls -- unblock <number>');
    const change = changeOf(values);
    return onTarget(values, async (target) => {
      const phone = numberOf(typed, target);
      if ((await target.controls.blocked(phone)) === undefined) {
        console.error(`${maskPhone(phone)} is not blocked: nothing was changed`);
        return EXIT.problems;
      }
      await target.controls.unblock(phone, change);
      print(`${maskPhone(phone)} may be called again: ${target.name}.\n`);
      return EXIT.fine;
    });
  },
};

async function list({ name, controls, timeZone }: Target, json: boolean): Promise<number> {
  const numbers = (await controls.blockList()).map((entry) => ({ ...entry, phone: maskPhone(entry.phone) }));
  if (json) process.stdout.write(`${JSON.stringify(numbers, null, 2)}\n`);
  else if (numbers.length === 0) print(`No number is blocked: ${name}.\n`);
  else {
    const lines = numbers.map(
      ({ phone, kind, at, by, why }) => `${momentIn(at, timeZone)}  ${phone}  ${kind.padEnd(9)}  by ${by}: ${why}`,
    );
    print(`${lines.join('\n')}\n`);
  }
  return EXIT.fine;
}

/** The number as the path knows it; also one that the stage would not dial anyway, as long as it is a valid number. */
function numberOf(typed: string, { stage }: Target): string {
  const result = normalisePhone(typed, stage.file.request);
  if (result.e164 === undefined) throw new UsageError('this is not a telephone number that the stage could call');
  return result.e164;
}
