import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { printable, runCommand } from '../src/command-line.ts';

const COMMANDS = join(import.meta.dirname, '../bin/connect-flow-kit.cjs');

describe('every command', () => {
  it('ends in peace when its reader has seen enough', async () => {
    // Prepare
    const child = spawn(process.execPath, [COMMANDS, 'lint', '--help']);
    let said = '';
    child.stderr.on('data', (data) => {
      said += String(data);
    });
    // Act
    child.stdout.destroy();
    const [code] = await once(child, 'close');
    // Assess
    expect(said).toBe('');
    expect(code).toBe(0);
  });

  it.each([
    ['moves the cursor', '\u001b[2J', '\\u001b[2J'],
    ['is a control character of eight bits', '\u009b31m', '\\u009b31m'],
    ['goes back to the beginning of the line', 'good\rbad', 'good\\u000dbad'],
    ['turns the direction of writing', '\u202eabc\u2066', '\\u202eabc\\u2066'],
  ])('shows text that %s without letting it', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('says each of several mistakes on a line of its own, and one on one', async () => {
    // Prepare
    const { exitCode } = process;
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const failing = (message: string, more: object = {}) =>
      runCommand(async () => {
        throw Object.assign(new Error(message), { isUsersMistake: true, ...more });
      });
    // Act
    await failing('one\ntwo', { sentences: ['one', 'two,\nof two lines'] });
    await failing('three,\nof two lines');
    // Assess
    expect(said.mock.calls).toEqual([['one\ntwo, of two lines'], ['three, of two lines']]);
    expect(process.exitCode).toBe(2);
    process.exitCode = exitCode;
  });

  it('leaves everything else as it is', () => {
    const text = '「お電話」\n  👩🏽‍💻 é $.Attributes.name\n';
    expect(printable(text)).toBe(text);
  });
});
