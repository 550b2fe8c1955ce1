import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { LoadedStage } from '../../resources/load-stage.ts';

/** What would not work with a stage although its pop-up can be built: one sentence each, with what to do. */
export function warningsAbout(name: string, { file: { connect, signature } }: LoadedStage): string[] {
  const found: string[] = [];
  if (signature.mode === 'required') {
    found.push(
      `stage ${name} calls nobody without a token of your own back end (signature.mode: required). Set call_token_function ` +
        'to the name of the function of your page that gets one: docs/signed-requests.md.',
    );
  }
  if (name !== 'local' && !parsePhoneNumberFromString(connect.sourcePhoneNumber)?.isValid()) {
    found.push(
      `connect.sourcePhoneNumber of settings/${name}.yml is no number that exists, and the pop-up says that it will ring. ` +
        'Put in your own and build again.',
    );
  }
  return found;
}
