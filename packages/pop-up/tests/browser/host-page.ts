/** What a page that hosts the pop-up is like. */
export interface HostPage {
  /** Texts of the settings element, by name; without any, the page has no such element. */
  settings?: Readonly<Record<string, string>>;
  /** A page whose own style sheet spoils whatever is put into it. */
  hostile?: boolean;
  /**
   * What it offers for sending events: the tag, the `tracker` of a KARTE action script, or neither; `blocked` is a tag
   * whose script does not load unless `karteComes()` is called.
   */
  sends?: 'krt' | 'tracker' | 'nothing' | 'blocked';
  /** Which calls of `krt` throw, counted from 1. */
  krtFailsAt?: readonly number[];
  /** What its function `callToken` does: responds; fails in three ways, then responds; or waits for `answerToken()`. */
  token?: 'answers' | 'fails in all ways' | 'waits';
  /** The page as it is without the pop-up. */
  withoutPopUp?: boolean;
  /** The script is run twice, as KARTE does when an action is delivered again. */
  twice?: boolean;
}

/** What the recording stub of a page keeps, in the order in which it happened. */
export interface Recorded {
  sent: { event: string; values: Record<string, unknown> }[];
  tokensAskedFor: unknown[];
  /** Violations of the Content-Security-Policy and uncaught errors. */
  complaints: string[];
}

/** The strictest policy possible for a page with a script and a style sheet of its own. */
export const STRICT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'";

/** The host page; `base` is its address, below which its files are. */
export function hostHtml({ settings, twice, withoutPopUp }: HostPage, base: string): string {
  const spans = Object.entries(settings ?? {}).map(
    ([name, text]) => `<span data-setting="${name}">${escapeHtml(text)}</span>`,
  );
  const embed = '<script src="/visual-ivr.js"></script>';
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>サンプルサイト</title>
<link rel="stylesheet" href="${base}/host.css">
<script src="${base}/host.js"></script>
</head>
<body>
<main id="own">
<h1>サンプルサイト</h1>
<p>ご利用中のお客様へのお知らせです。<a href="#own">詳しくはこちら</a></p>
<label>お名前 <input id="own-input"></label>
<button type="button" id="own-button">保存する</button>
<dialog id="own-dialog"><p>ページのダイアログ</p></dialog>
</main>
<section class="moved"><div>${settings === undefined ? '' : `<div data-visual-ivr hidden>${spans.join('')}</div>`}</div></section>
${withoutPopUp ? '' : embed}${twice ? embed : ''}
</body>
</html>`;
}

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** The page's own script: the recording stub, set up before anything else runs. It may run again for another host page. */
export function hostScript({ sends = 'krt', krtFailsAt = [], token }: HostPage): string {
  return `(() => {
if (window.recorded === undefined) {
  document.addEventListener('securitypolicyviolation', (event) => {
    recorded.complaints.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample);
  });
  window.addEventListener('error', (event) => recorded.complaints.push(event.message));
  window.addEventListener('unhandledrejection', (event) => recorded.complaints.push(String(event.reason)));
}
window.recorded = { sent: [], tokensAskedFor: [], complaints: [] };
let calls = 0;
function record(event, values) {
  calls += 1;
  if (${JSON.stringify(krtFailsAt)}.includes(calls)) throw new Error('the tag is not ready');
  recorded.sent.push({ event, values: { ...values } });
}
for (const name of ['krt', 'krtAlt', 'recordingTracker', 'callToken', 'karteComes']) delete window[name];
${sends === 'krt' ? "window.krt = (method, event, values) => { if (method === 'send') record(event, values); };" : ''}
${sends === 'blocked' ? BLOCKED_TAG : ''}
${sends === 'tracker' ? 'window.recordingTracker = { track: record };' : ''}
${token === undefined ? '' : tokenFunction(token)}
})();`;
}

/** As KARTE's tag does: it keeps what it receives until its script has loaded. */
const BLOCKED_TAG = `
window.krt = (...told) => (krt.x ? krt.x(...told) : krt.q.push(told));
krt.q = [];
window.karteComes = () => {
  krt.x = (method, event, values) => record(event, values);
  for (const told of krt.q.splice(0)) krt.x(...told);
};`;

const tokenFunction = (does: NonNullable<HostPage['token']>): string => `
window.callToken = (phone) => {
  recorded.tokensAskedFor.push(phone);
  ${
    {
      answers: "return 'a-token-for-' + phone;",
      'fails in all ways': `switch (recorded.tokensAskedFor.length) {
        case 1: throw new Error('no session');
        case 2: return Promise.reject(new Error('no session'));
        case 3: return undefined;
        default: return Promise.resolve('a-token');
      }`,
      waits: 'return new Promise((resolve) => { window.answerToken = () => resolve("a-token"); });',
    }[does]
  }
};`;

/** What a KARTE action script sees: a variable of its own, which is not a property of the window. */
export const withTracker = (script: string): string => `(function (tracker) {${script}\n})(window.recordingTracker);`;

const OWN_STYLE = `
body { margin: 0; font: 16px/1.6 serif; }
main { max-width: 720px; margin: 0 auto; padding: 24px; }
`;

/** Every rule here has been seen on a real site, in one form or another; all of them at once have not. */
const HOSTILE_STYLE = `
html { font-size: 40px !important; }
body { direction: rtl; line-height: 5; letter-spacing: 1em; text-transform: uppercase; transform: translateX(30px); text-align: right; word-spacing: 2em; }
* { box-sizing: content-box !important; font-family: cursive !important; animation: spin 1s infinite; text-shadow: 2px 2px red; }
@keyframes spin { to { opacity: 0.2; } }
div { display: none !important; color: red !important; visibility: hidden !important; opacity: 0.3 !important; }
body > * { position: relative !important; filter: blur(2px); contain: strict; width: 40px !important; height: 40px !important; overflow: hidden !important; z-index: -1 !important; }
div, section { transform: scale(0.5) !important; clip-path: circle(10%); pointer-events: none !important; user-select: none !important; }
[data-visual-ivr], [hidden] { display: none !important; all: unset !important; margin: 99px !important; }
span, p, h1, h2 { font-size: 60px !important; text-transform: uppercase !important; }
button, input, a, label { font-size: 60px !important; transform: rotate(5deg) !important; border: 9px dotted red !important; background: lime !important; color: yellow !important; float: left; height: 300px !important; display: inline !important; appearance: none; outline: none !important; }
dialog, [role=dialog] { display: none !important; inset: 0 auto auto 0 !important; width: 10px !important; }
dialog::backdrop { display: none !important; background: red !important; }
svg { display: none !important; }
::selection { background: red; }
:focus, :focus-visible { outline: none !important; }
`;

export const hostStyle = ({ hostile = false }: HostPage): string => OWN_STYLE + (hostile ? HOSTILE_STYLE : '');
