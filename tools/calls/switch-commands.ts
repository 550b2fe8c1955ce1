import { parseArgs } from 'node:util';
import { EXIT, print } from 'connect-flow-kit/command-line';
import type { CallsCommand } from './calls-command.ts';
import { CHANGE_HELP, CHANGE_OPTIONS, changeOf, onTarget, TARGET_HELP, TARGET_OPTIONS } from './target.ts';

const switchCommand = (stopped: boolean, about: { name: string; summary: string; text: string; done: string }) =>
  ({
    summary: about.summary,
    help: `${about.text}

  npm run calls -- ${about.name} --why "…"

${CHANGE_HELP}
${TARGET_HELP}
`,
    async run(args) {
      const { values } = parseArgs({ args, options: { ...TARGET_OPTIONS, ...CHANGE_OPTIONS } });
      const change = changeOf(values);
      return onTarget(values, async ({ name, controls }) => {
        await controls.setStopped(stopped, change);
        print(`${about.done} for ${name}, by ${change.by}: ${change.why}\n`);
        return EXIT.fine;
      });
    },
  }) satisfies CallsCommand;

export const stop: CallsCommand = switchCommand(true, {
  name: 'stop',
  summary: 'stops calling: from now on nobody is called',
  text: `The emergency stop. From now on nobody is called: new requests are refused, requests that wait for an agent are sent
away, and a call that is about to go out is held back. Calls in progress go on.`,
  done: 'Calling is stopped',
});

export const resume: CallsCommand = switchCommand(false, {
  name: 'resume',
  summary: 'ends the emergency stop',
  text: `Ends the emergency stop. Requests that were refused meanwhile stay refused.`,
  done: 'Calling has resumed',
});
