/** A page of the board; its program renders everything. @param folder of program and style */
const pageOf = (folder: string): string => `<!doctype html>
<html lang="ja">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>karte-connect-call</title>
    <link rel="icon" href="/board/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/${folder}/style.css">
    <script src="/${folder}/app.js" defer></script>
  </head>
  <body>
    <noscript>この画面には JavaScript が必要です。 This page needs JavaScript.</noscript>
  </body>
</html>
`;

export const BOARD_PAGE = pageOf('board');
export const DASHBOARD_PAGE = pageOf('dashboard');

/** Its icon: a handset. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="8" fill="#0b6b5d"/>
  <path d="M9.5 7.5c1.5-1.5 3.200-.9 4 .6l1.300 2.700c.5 1 .2 2-.6 2.700l-1 .8c1 2 2.5 3.5 4.5 4.5l.8-1c.7-.8 1.700-1.100 2.700-.6l2.700 1.300c1.500.8 2.1 2.5.6 4-2 2-4.500 2.300-7.500.7-3.500-1.900-6.300-4.700-8.200-8.200-1.600-3-1.300-5.500.7-7.500z" fill="#fff"/>
</svg>
`;
