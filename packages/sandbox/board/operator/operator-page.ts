import { createHash } from 'node:crypto';
import { bundled } from '../assets.ts';

/** The page for operators on the local stack, which looks up requests. */
export const OPERATOR_PAGE = page(`
    <link rel="icon" href="/board/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/operator/style.css">
    <script src="/operator/app.js" defer></script>`);

/**
 * The page as one file, for any browser and without a server: checks the number, and shows what to search for in KARTE. Its
 * content security policy only allows its own script, and no requests.
 */
export async function operatorFile(): Promise<string> {
  const [script, style] = await Promise.all([
    bundled('operator/page/alone.tsx'),
    bundled('operator/page/operator.css'),
  ]);
  const inTag = script.replaceAll('</script', '<\\/script');
  const policy = `default-src 'none'; script-src '${hashOf(inTag)}'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'`;
  return page(
    `
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <style>${style}</style>`,
    `<script>${inTag}</script>`,
  );
}

/** @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy#hash_algorithm-hash_value */
const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

function page(head: string, body = ''): string {
  return `<!doctype html>
<html lang="ja">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>問い合わせ番号の確認</title>${head}
  </head>
  <body>
    <noscript>この画面には JavaScript が必要です。 This page needs JavaScript.</noscript>
    ${body}
  </body>
</html>
`;
}
