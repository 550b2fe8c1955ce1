import { describe, expect, it } from 'vitest';
import { secretsManagerKeys } from '../../adapters/signing-keys.ts';

const CURRENT = 'an-example-key-that-signs-no-real-request';
const PREVIOUS = 'the-example-key-before-it-signs-nothing-too';

/** A secret that can be changed, a clock that can be moved, and how often the secret was read. */
function prepare(secret: string | undefined) {
  const world = { secret, now: Date.parse('2026-11-22T03:00:00Z'), reads: [] as string[], isDown: false };
  const keys = secretsManagerKeys(
    'signing-keys-of-the-tests',
    () => new Date(world.now),
    async (name) => {
      world.reads.push(name);
      if (world.isDown) throw new Error('Secrets Manager does not answer');
      return world.secret;
    },
  );
  return { world, keys };
}

const messageOf = async (secret: string | undefined): Promise<string> => {
  const { keys } = prepare(secret);
  return keys.read().then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : 'no error'),
  );
};

describe('signing keys', () => {
  it('are the two of the secret', async () => {
    // Prepare
    const { world, keys } = prepare(JSON.stringify({ current: CURRENT, previous: PREVIOUS }));

    // Act
    const read = await keys.read();

    // Assess
    expect(read).toEqual({ current: CURRENT, previous: PREVIOUS });
    expect(world.reads).toEqual(['signing-keys-of-the-tests']);
  });

  it('are read from a file that Windows began with a byte order mark', async () => {
    const { keys } = prepare(`\uFEFF${JSON.stringify({ current: CURRENT })}`);
    expect(await keys.read()).toEqual({ current: CURRENT });
  });

  it.each([
    ['left out', { current: CURRENT }],
    ['null', { current: CURRENT, previous: null }],
    ['an empty text', { current: CURRENT, previous: '' }],
  ])('are one where the key before is %s', async (_name, secret) => {
    const { keys } = prepare(JSON.stringify(secret));
    expect(await keys.read()).toEqual({ current: CURRENT });
  });

  it('are read anew after five minutes, and not before', async () => {
    // Prepare
    const { world, keys } = prepare(JSON.stringify({ current: CURRENT }));
    await keys.read();
    world.secret = JSON.stringify({ current: PREVIOUS });

    // Act
    world.now += 5 * 60_000 - 1;
    const before = await keys.read();
    world.now += 1;
    const after = await keys.read();

    // Assess
    expect(before).toEqual({ current: CURRENT });
    expect(after).toEqual({ current: PREVIOUS });
    expect(world.reads).toHaveLength(2);
  });

  it('are not used any longer when they cannot be read anew', async () => {
    const { world, keys } = prepare(JSON.stringify({ current: CURRENT }));
    await keys.read();
    world.now += 5 * 60_000;
    world.isDown = true;
    await expect(keys.read()).rejects.toThrow('does not answer');
    world.isDown = false;
    await expect(keys.read()).resolves.toEqual({ current: CURRENT });
  });

  it.each([
    ['a key by itself', CURRENT],
    ['a JSON text', JSON.stringify(CURRENT)],
    ['a list', JSON.stringify([CURRENT])],
    ['null', 'null'],
    ['an empty text', ''],
    ['bytes instead of text', undefined],
    ['another field', JSON.stringify({ key: CURRENT })],
    ['a number', JSON.stringify({ current: 1 })],
    ['a short key', JSON.stringify({ current: 'short-key-0123456789' })],
    ['a short key before', JSON.stringify({ current: CURRENT, previous: 'short-key-0123456789' })],
  ])('are refused with a sentence that shows nothing of the secret: %s', async (_name, secret) => {
    // Act
    const message = await messageOf(secret);

    // Assess
    expect(message).toContain('SigningKeysError: the secret signing-keys-of-the-tests is not of the form {"current"');
    expect(message).not.toContain('example-key');
    expect(message).not.toContain('short-key');
  });
});
