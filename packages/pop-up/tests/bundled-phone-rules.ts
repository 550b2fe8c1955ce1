import { join } from 'node:path';
import vm from 'node:vm';
import type { PhoneRules } from '../../../domain/phone-number.ts';
import { loadStage } from '../../../resources/load-stage.ts';
import { bundle } from '../bundle.ts';
import { stageFacts } from '../stage-facts.ts';
import type { bundled } from './phone-rules-entry.ts';

type Bundled = typeof bundled;

/** The pop-up's phone rules as they are shipped for a stage: bundled, minified, and run separately from Node's modules. */
export async function bundledPhoneRules(phoneRules: PhoneRules): Promise<Bundled> {
  const facts = { ...stageFacts(loadStage('local').file), phoneRules };
  const script = await bundle(join(import.meta.dirname, 'phone-rules-entry.ts'), facts);
  const page = vm.createContext({}) as { bundled: Bundled };
  vm.runInContext(script, page);
  return page.bundled;
}
