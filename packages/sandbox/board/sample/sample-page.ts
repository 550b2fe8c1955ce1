import type { SettingName } from '../../../pop-up/browser/setting-names.ts';

/** What the sample page is like at this moment. */
interface SamplePageOptions {
  language: 'ja' | 'en';
  /** Is anybody there to answer? Otherwise the pop-up offers the form instead. */
  open: boolean;
  /** Where the stage tells the pop-up itself whether somebody is there; undefined if it does not. */
  availabilityUrl: string | undefined;
  /** What the company calls itself on the telephone; the page's own name for it where it does not. */
  company: string | undefined;
  /** Must the company's back end sign for each request? */
  signed: boolean;
}

/**
 * A page of a firm that does not exist, with the pop-up on it, as a firm would embed it: the tag of KARTE, one element with
 * the settings, one script.
 */
export function samplePage({ language, open, availabilityUrl, company, signed }: SamplePageOptions): string {
  const texts = TEXTS[language];
  const settings = {
    language,
    company: company ?? texts.company,
    ...(availabilityUrl !== undefined ? { availability_url: availabilityUrl } : !open && { open: 'no' }),
    contact_1_label: texts.form,
    contact_1_url: '#contact',
    ...(signed && { call_token_function: 'callToken' }),
  } satisfies Partial<Record<SettingName, string>>;
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${texts.site}</title>
    <link rel="icon" href="/board/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/sample/style.css">
    <script src="/sample/krt.js" defer></script>
    <script src="/sample/visual-ivr.js" defer></script>
  </head>
  <body>
    <header>
      <p class="site">${texts.site}</p>
      <p class="notice">${texts.notice}</p>
    </header>
    <main>
      <h1>${texts.heading}</h1>
      <p>${unbroken(texts.intro)}</p>
      <ul>
${texts.points.map(([title, text]) => `        <li><h2>${title}</h2><p>${unbroken(text)}</p></li>`).join('\n')}
      </ul>
      <section id="contact">
        <h2>${texts.form}</h2>
        <p>${unbroken(texts.formNote)}</p>
      </section>
    </main>
    <div data-visual-ivr hidden>
${Object.entries(settings)
  .map(([name, value]) => `      <span data-setting="${name}">${escaped(value)}</span>`)
  .join('\n')}
    </div>
  </body>
</html>
`;
}

/** Browsers that break Japanese between phrases break this word, too. */
const unbroken = (text: string): string => text.replace(/お?問い合わせ/g, '<span class="whole">$&</span>');

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

interface Texts {
  site: string;
  company: string;
  notice: string;
  heading: string;
  intro: string;
  points: readonly (readonly [title: string, text: string])[];
  form: string;
  formNote: string;
}

const TEXTS: Readonly<Record<SamplePageOptions['language'], Texts>> = {
  ja: {
    site: 'サンプルサイト',
    company: 'サンプルサイト お客様窓口',
    notice: 'このページは見本です。どこにも電話はかかりません。',
    heading: 'ご利用についてのご案内',
    intro:
      'ご不明な点は、右下の電話のボタンからお問い合わせください。お電話番号をご入力いただくと、窓口からお電話いたします。',
    points: [
      ['お問い合わせの流れ', 'お問い合わせ内容をお選びいただき、お電話番号をご入力ください。'],
      ['問い合わせ番号', '画面に表示される番号を、電話口でオペレーターにお伝えください。'],
      ['受付時間外のとき', 'お電話の代わりに、お問い合わせフォームをご案内します。'],
    ],
    form: 'お問い合わせフォーム',
    formNote: 'ここにお問い合わせフォームがあるものとしてご覧ください。',
  },
  en: {
    site: 'Sample site',
    company: 'Sample site support',
    notice: 'This page is a sample. No telephone rings anywhere.',
    heading: 'How to reach us',
    intro: 'Any questions? Press the telephone at the bottom right and enter your number: we will call you.',
    points: [
      ['How it works', 'Choose what it is about, and enter your telephone number.'],
      ['Inquiry number', 'Tell the agent the number that you see on the screen.'],
      ['Outside opening hours', 'Instead of a call you are offered our contact form.'],
    ],
    form: 'Contact form',
    formNote: 'Imagine a contact form here.',
  },
};
