import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RendererObject, Tokens } from 'marked';
import { PROJECT } from '../service.ts';

const FOLDER = join(PROJECT, 'docs');

/**
 * A document of docs/ as a page, under its path in the repository, as the board, commands and alarms link it:
 * `/docs/runbook.md#no_agents_available`.
 *
 * @param file such as `runbook.md`
 * @returns a function that renders it; undefined if there is no such file
 */
export function docPage(file: string): (() => Promise<string>) | undefined {
  if (!/^[a-z-]+(?:\.ja)?\.md$/.test(file) || !existsSync(join(FOLDER, file))) return undefined;
  return () => pageOf(file);
}

/**
 * A picture that a document of docs/ shows, under the path that the document names.
 *
 * @param file such as `dashboard.png`
 * @returns reads it; undefined where there is none of that name
 */
export function docImage(file: string): (() => Buffer) | undefined {
  const path = join(FOLDER, 'images', file);
  return /^[a-z-]+(?:\.ja)?\.png$/.test(file) && existsSync(path) ? () => readFileSync(path) : undefined;
}

async function pageOf(file: string): Promise<string> {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  return `<!doctype html>
<html lang="${file.endsWith('.ja.md') ? 'ja' : 'en'}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${file} – karte-connect-call</title>
    <link rel="icon" href="/board/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/board/style.css">
  </head>
  <body>
    <main class="document">${await htmlOf(text)}</main>
  </body>
</html>
`;
}

/** The library is loaded on the first request. */
async function htmlOf(markdown: string): Promise<string> {
  const { Marked } = await import('marked');
  return new Marked({ renderer: RENDERER }).parse(markdown, { async: false });
}

const RENDERER: RendererObject = {
  heading({ tokens, depth, text }: Tokens.Heading) {
    return `<h${depth} id="${anchorOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>`;
  },
  /** This server has nothing outside docs/, so such links become plain text. */
  link({ href, tokens }: Tokens.Link) {
    const words = this.parser.parseInline(tokens);
    const opens = /^(?:https:\/\/|#|[a-z-]+(?:\.ja)?\.md(?:#|$))/.test(href);
    return opens ? `<a href="${href.replaceAll('"', '&quot;')}">${words}</a>` : words;
  },
};

/** As on GitHub: in lower case, without punctuation, a hyphen for each space. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
    .replaceAll(' ', '-');
