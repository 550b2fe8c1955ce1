import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type LoadedStage, loadStage } from '../../resources/load-stage.ts';
import { bundle } from './bundle.ts';
import { checkTabs, type KarteTabs } from './karte-tabs.ts';
import { type BuiltInAddresses, stageFacts } from './stage-facts.ts';

/** Maximum size of the script without the phone rules, with eight inquiry types of the stage: bytes, gzip level 9. */
export const SCRIPT_LIMIT = 19_000;

/** The pop-up, built for a stage. */
export interface VisualIvr extends KarteTabs {
  /** One file for any page: the same script, which takes its settings from the page or the defaults. */
  embed: string;
  /** Bytes, gzip level 9. */
  sizes: {
    script: number;
    scriptWithoutPhoneRules: number;
    embed: number;
    /** How much reading, checking and formatting telephone numbers adds to the script. */
    phoneRules: number;
  };
}

/**
 * Builds the pop-up for a stage: KARTE's three tabs and the file for any other page. Throws `KarteTabError` if the
 * sources contain what KARTE would misread, `StageSettingsError` if the stage does.
 *
 * @param stage its name, or its settings
 * @param addresses what pages find there, unless they say otherwise
 */
export async function buildVisualIvr(
  stage: string | LoadedStage,
  addresses: BuiltInAddresses = {},
): Promise<VisualIvr> {
  const { file } = typeof stage === 'string' ? loadStage(stage) : stage;
  const facts = stageFacts(file, addresses);
  const [template, style, script, withoutPhoneRules] = await Promise.all([
    readFile(source('karte/template.html'), 'utf8'),
    readFile(source('karte/style.css'), 'utf8'),
    bundle(source('browser/main.ts'), facts),
    bundle(source('browser/main.ts'), facts, { withoutPhoneRules: true }),
  ]);
  checkTabs({ template, style, script });
  const whole = gzipSize(script);
  const bare = gzipSize(withoutPhoneRules);
  const sizes = { script: whole, scriptWithoutPhoneRules: bare, embed: whole, phoneRules: whole - bare };
  return { template, style, script, embed: script, sizes };
}

const source = (path: string): string => join(import.meta.dirname, path);

/** Size of a text as a web server sends it compressed, in bytes. */
export const gzipSize = (text: string): number => gzipSync(text, { level: 9 }).length;
