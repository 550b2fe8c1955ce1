import type { VisualIvr } from './harness.ts';

/**
 * What KARTE does with a custom template, as far as its manuals tell:
 *
 * 1. `#{name}` is replaced in all three tabs by the value the marketer has given. A variable without a value leaves an empty
 *    text; a variable that KARTE does not know stays as it is. Both are tried.
 * 2. In the HTML tab, a value is escaped, so that it is text; in the others, it is inserted as it is.
 * 3. The HTML is inserted somewhere in a page that KARTE does not know and that has its own styles: at the end of the body, or
 *    within another element.
 * 4. The style is inserted into that page as a style element, each selector within the class of the element that holds the HTML:
 *    what the script moves out of that element loses the style.
 * 5. The script runs after both, with a variable `tracker`; and again when the action is delivered again.
 *
 * @see https://support.karte.io/post/3TPVVSzxiA6U3MYNRj25JJ
 * @see https://developers.karte.io/docs/understand-css-modules
 */
export interface Delivery {
  /** Values by name; variables that are not among them become `otherwise`. */
  values?: Readonly<Record<string, string>>;
  otherwise?: 'empty' | 'left as it is';
  /** Style sheet of the page. */
  pageStyle?: string;
  /** Puts the HTML into a small element that is rotated and clips, not at the end of the body. */
  nested?: boolean;
}

/** KARTE generates such a name for each action. */
const CONTAINER = '_karte-g__o4ar1_';

const VARIABLE = /#\{([^}]*)\}/g;

/** Names of the variables in any of the tabs. */
export const variablesOf = ({ template, style, script }: VisualIvr): string[] => [
  ...new Set([template, style, script].flatMap((tab) => [...tab.matchAll(VARIABLE)].map(([, name = '']) => name))),
];

/** A page into which KARTE delivers the action when its function `deliver` is called. */
export function kartePage(built: VisualIvr, delivery: Delivery): string {
  const { values = {}, otherwise = 'empty', pageStyle = '', nested = false } = delivery;
  const replaced = (tab: string, write: (value: string) => string) =>
    tab.replace(VARIABLE, (variable, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value !== undefined) return write(value);
      return otherwise === 'empty' ? '' : variable;
    });
  const tabs = {
    template: `<div class="${CONTAINER}">${replaced(built.template, escapeHtml)}</div>`,
    style: `.${CONTAINER} { ${replaced(built.style, (value) => value)} }`,
    script: replaced(built.script, (value) => value),
  };
  return `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>サンプルサイト</title>
<style>${pageStyle} .box { width: 80px; height: 60px; overflow: hidden; transform: rotate(20deg) scale(0.3); }</style>
</head><body><main><h1>サンプルサイト</h1><div class="box" id="box"></div></main>
<script>
window.recorded = { sent: [], tokensAskedFor: [], complaints: [] };
window.addEventListener('error', (event) => recorded.complaints.push(event.message));
window.addEventListener('unhandledrejection', (event) => recorded.complaints.push(String(event.reason)));
window.deliver = () => {
  const tabs = ${JSON.stringify(tabs).replaceAll('<', '\\u003c')};
  const place = ${nested} ? document.getElementById('box') : document.body;
  place.insertAdjacentHTML('beforeend', tabs.template);
  document.head.append(Object.assign(document.createElement('style'), { textContent: tabs.style }));
  new Function('tracker', tabs.script)({ track: (event, values) => recorded.sent.push({ event, values }) });
};
deliver();
</script></body></html>`;
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
