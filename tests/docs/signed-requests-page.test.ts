import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { issueCallToken, verifyCallToken } from '../../domain/call-signature.ts';
import { OUTCOMES } from '../../domain/outcomes.ts';

const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
const PAGES = ['docs/signed-requests.md', 'docs/signed-requests.ja.md'];

/** The fenced blocks of a page, language first. */
const blocksOf = (page: string) =>
  [...read(page).matchAll(/```(\w+)\n([\s\S]*?)```/g)]
    .map(([, language = '', code = '']) => ({ language, code }))
    .filter(({ language }) => language !== 'mermaid');

/** The second column of the table of the test vector. */
const vectorOf = (page: string) => {
  const [phone = '', key = '', expiry = '', nonce = '', token = ''] = [
    ...read(page).matchAll(/^\| [^|]+ \| `([^`]+)` \|$/gm),
  ].map(([, value = '']) => value);
  return { phone, key, expiry, nonce, token };
};

describe.each(PAGES)('%s', (page) => {
  it('has a test vector that the project itself computes', async () => {
    const { phone, key, expiry, nonce, token } = vectorOf(page);
    const expiresAt = new Date(Number(expiry) * 1000);
    expect(await issueCallToken({ phone, key, expiresAt, nonce })).toBe(token);
  });

  it('shows a function for Node that computes it too, and whose tokens are accepted', async () => {
    // Prepare
    const { phone, key, expiry, nonce, token } = vectorOf(page);
    const code = blocksOf(page).find(({ code }) => code.includes('createHmac'))?.code ?? '';
    const { callToken } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

    // Act
    const fresh: unknown = callToken(phone, key);

    // Assess
    expect(callToken(phone, key, Number(expiry), nonce)).toBe(token);
    expect(await verifyCallToken(fresh, phone, { current: key }, new Date())).toMatchObject({ ok: true });
  });

  it('explains every reason a signature is refused for', () => {
    const explained = [...read(page).matchAll(/^\| `(\w+)` \| [^|]+ \|$/gm)].map(([, reason]) => reason);
    expect(explained).toEqual(expect.arrayContaining(Object.keys(OUTCOMES.signature_refused.reasons)));
  });
});

it('both languages show the same code and the same vector', () => {
  const [english = '', japanese = ''] = PAGES;
  const shown = (page: string) =>
    blocksOf(page).filter(({ language }) => ['js', 'python', 'php', 'sh', 'yaml', 'json'].includes(language));
  expect(shown(japanese)).toEqual(shown(english));
  expect(vectorOf(japanese)).toEqual(vectorOf(english));
});
