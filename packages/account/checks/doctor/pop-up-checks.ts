import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS } from '../../../../resources/load-stage.ts';
import { otherStages } from '../../../../resources/other-stages.ts';
import type { DoctorCheck } from '../../check.ts';

/** Where `npm run visual-ivr` writes. */
const BUILT = join(import.meta.dirname, '../../../../visual-ivr/dist');

/** The value that the build writes into the script: packages/pop-up/stage-facts.ts. */
export const CALLER_NUMBER = /callerNumber:"(\+\d+|)"/;

/** @param folder of the built pop-up */
export const popUpChecks = (folder = BUILT): readonly DoctorCheck[] => [
  {
    id: 'pop-up-number',
    title: 'The pop-up shows the number that will call',
    problem: 'The pop-up shows a different number from the one that will call',
    permissions: [],
    async ask(_account, { name, file }) {
      if (name === 'local') return { state: 'fine', seen: 'the local stack builds it from these settings' };
      const build = `npm run visual-ivr -- build --stage ${name}`;
      const named = CALLER_NUMBER.exec(scriptIn(folder))?.[1];
      if (named === undefined) {
        return {
          state: 'unchecked',
          seen: 'no pop-up is built here, and no API tells what is in KARTE',
          nextStep: `${build}, and compare visual-ivr/dist/script.js with the Script tab of the action in KARTE.`,
        };
      }
      const number = file.connect.sourcePhoneNumber ?? '';
      if (named === number) {
        return {
          state: 'fine',
          seen: 'the pop-up last built here shows the number of the settings; no API tells whether it is the one in KARTE',
        };
      }
      const of = otherStages(name, SETTINGS).find((other) => other.file.connect.sourcePhoneNumber === named)?.name;
      return of === undefined
        ? {
            state: 'problem',
            seen: 'the pop-up last built here shows a different number from the settings',
            nextStep: `${build}, and paste it into KARTE: docs/karte-setup.md.`,
          }
        : {
            state: 'unchecked',
            seen: `the pop-up last built here is that of stage ${of}`,
            nextStep: `${build}, and compare visual-ivr/dist/script.js with the Script tab of the action in KARTE.`,
          };
    },
  },
];

/** Undefined if there is none. */
function scriptIn(folder: string): string {
  try {
    return readFileSync(join(folder, 'script.js'), 'utf8');
  } catch {
    return '';
  }
}
