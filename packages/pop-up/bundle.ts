import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin, transform } from 'esbuild';
import { phoneMetadata } from './phone-metadata.ts';
import type { StageFacts } from './stage-facts.ts';

/**
 * The oldest browsers that natively have everything the pop-up needs: native dialogs, and style sheets created in the script,
 * which Firefox has since 101 and Safari since 16.4.
 *
 * @see https://developer.mozilla.org/en-US/docs/Web/API/Document/adoptedStyleSheets#browser_compatibility
 */
const BROWSERS = ['chrome89', 'edge89', 'firefox101', 'safari16.4'];

/** Licences of what is inside, in one line. */
const BANNER =
  '/*! karte-connect-call: MIT. Inside: libphonenumber-js (c) 2016 @catamphetamine, MIT; ' +
  'metadata of libphonenumber (c) Google, Apache-2.0 */';

/**
 * One classic script for the browser, minified, without modules or globals of its own. It is pure ASCII, so a page
 * in Shift_JIS can host it. A `.css` file is imported as its text.
 *
 * @param entry file that the script begins with
 * @param withoutPhoneRules leaves them out, to measure their size
 */
export async function bundle(
  entry: string,
  facts: StageFacts,
  { withoutPhoneRules = false }: { withoutPhoneRules?: boolean } = {},
): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: BROWSERS,
    // KARTE's older template engine may take ${…} for its own syntax, as lodash does by default.
    supported: { 'template-literal': false },
    charset: 'ascii',
    legalComments: 'none',
    banner: { js: BANNER },
    define: {
      STAGE_FACTS: JSON.stringify(facts),
      PHONE_METADATA: JSON.stringify(phoneMetadata(facts.phoneRules.countries)),
    },
    plugins: [STYLES_AS_TEXT, withoutPhoneRules ? WITHOUT_PHONE_RULES : PHONE_LIBRARY],
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

const STYLES_AS_TEXT: Plugin = {
  name: 'styles-as-text',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const style = await readFile(path, 'utf8');
      const { code } = await transform(style, { loader: 'css', minify: true, target: BROWSERS, charset: 'ascii' });
      return { contents: code.trimEnd(), loader: 'text' };
    });
  },
};

/** The rules are the server's own file; only the library they use knows less of the world. */
const PHONE_LIBRARY: Plugin = {
  name: 'phone-library',
  setup({ onResolve }) {
    const path = join(import.meta.dirname, 'browser/phone-library.ts');
    onResolve({ filter: /^libphonenumber-js\/max$/ }, () => ({ path, sideEffects: false }));
  },
};

const WITHOUT_PHONE_RULES: Plugin = {
  name: 'without-phone-rules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/phone-entry\.ts$/ }, () => ({ path: 'phone-entry', namespace: 'stub' }));
    onLoad({ filter: /.*/, namespace: 'stub' }, () => ({
      contents: 'export const readPhone = Object, formatWhileTyping = Object, formatForReading = Object;',
    }));
    onResolve({ filter: /^libphonenumber-js\/max$/ }, () => ({ external: true, sideEffects: false, path: 'phone' }));
  },
};
