import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { LoadedStage } from '../../resources/load-stage.ts';
import { textsIn } from './browser/default-texts.ts';
import { type BuiltInAddresses, stageFacts } from './stage-facts.ts';

/** What would not work with a stage although its pop-up can be built: one sentence each, with what to do. */
export function warningsAbout(name: string, { file }: LoadedStage, addresses: BuiltInAddresses): string[] {
  const { connect, signature } = file;
  const { inquiryTypes, offersTimes, availabilityUrl, consentUrl } = stageFacts(file, addresses);
  const found: string[] = [];
  if (signature.mode === 'required') {
    found.push(
      `stage ${name} calls nobody without a token of your own back end (signature.mode: required). Set call_token_function ` +
        'to the name of the function of your page that gets one: docs/signed-requests.md.',
    );
  }
  if (connect.sourcePhoneNumber === null) {
    found.push(
      `stage ${name} has no number yet (connect.sourcePhoneNumber is null): nobody is called, although the pop-up promises ` +
        'a call. Add the number, deploy and build again.',
    );
  } else if (name !== 'local' && !parsePhoneNumberFromString(connect.sourcePhoneNumber)?.isValid()) {
    found.push(
      `connect.sourcePhoneNumber of settings/${name}.yml is not an existing number, but the pop-up says that it will call. ` +
        'Put in your own and build again.',
    );
  }
  if (offersTimes && availabilityUrl === '') {
    found.push(
      `stage ${name} has appointments, but the pop-up offers no times without availability.json: build it with ` +
        '--availability-url, or set availability_url in the page.',
    );
  }
  if (consentUrl === '') {
    found.push(
      'there is no link to your privacy policy next to the consent that visitors give with their number: build it with ' +
        '--consent-url, or set consent_url in the page.',
    );
  }
  const labelled = textsIn('en').inquiryTypes.map(({ value }) => value);
  const withoutLabel = inquiryTypes.flatMap((value, at) => (labelled.includes(value) ? [] : [at + 1]));
  if (withoutLabel.length > 0) {
    found.push(
      `there is no English label for ${withoutLabel.length} of the ${inquiryTypes.length} request.inquiryTypes: an English pop-up ` +
        `shows them as they are, unless you set ${withoutLabel.map((at) => `inquiry_type_${at}_label`).join(', ')}.`,
    );
  }
  return found;
}
