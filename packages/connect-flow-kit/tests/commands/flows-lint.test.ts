import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../src/command-line.ts';
import { lint } from '../../src/commands/lint-command.ts';
import { openProject, type Project } from '../../src/commands/open-project.ts';
import { block, type ExampleFlow, exampleText, next, say } from '../../src/lint/example.ts';

let folder: string;
let project: Project;
const printed = { out: '', err: '' };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flows-'));
  project = await openProject(folder);
  printed.out = '';
  printed.err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.out += String(text);
    return true;
  });
  vi.spyOn(console, 'error').mockImplementation((text) => {
    printed.err += `${String(text)}\n`;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function write(name: string, content: ExampleFlow | string): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : exampleText(content));
  return path;
}

const contactFlow = (...blocks: object[]): ExampleFlow => ({ blocks, document: { Metadata: { type: 'contactFlow' } } });
const greets = (text: string) => say('Greet', text, 'Hang up');
const sets = (attribute: string, then: string) =>
  block(
    'Set',
    'UpdateContactAttributes',
    { Attributes: { [attribute]: 'Kobe' } },
    next(then, { NoMatchingError: 'Apologise' }),
  );
const handsOver = (flow: string) =>
  block('On', 'TransferToFlow', { ContactFlowId: flow }, next('Apologise', { NoMatchingError: 'Apologise' }));

describe('flows lint', () => {
  it("looks at the project's own flows, and knows the attributes that its config names", async () => {
    // Prepare
    mkdirSync(join(folder, 'contact-flows'));
    write('contact-flows/odd.json', contactFlow(greets('This is $.Attributes.shop in $.Attributes.town.')));
    const stranger = write('stranger.json', contactFlow(greets('This is $.Attributes.shop.')));
    project = { ...project, attributes: ['shop'] };
    // Act
    await lint.run([], project);
    await lint.run([stranger], project);
    // Assess
    expect(printed.out.match(/^\S+\.json$|reads \S+,|in \d flows?$/gm)).toEqual([
      'contact-flows/odd.json',
      'reads $.Attributes.town,',
      'in 1 flow',
      stranger,
      'reads $.Attributes.shop,',
      'in 1 flow',
    ]);
  });

  it('asks for a file where the project has no flows', async () => {
    await expect(lint.run([], project)).rejects.toThrow(
      new UsageError(
        "there is no folder contact-flows here: give a flow's JSON file, or name the folder in connect-flow-kit.config.ts",
      ),
    );
  });

  it('prints the findings of each file under its name, and how many there are', async () => {
    // Prepare
    const broken = write('broken.json', contactFlow(greets('')));
    const fine = write('fine.json', contactFlow(greets('Good morning.')));
    const odd = write('odd.json', contactFlow(greets('This is $.Attributes.shop.')));
    // Act
    const code = await lint.run([broken, fine, odd], project);
    // Assess
    expect(code).toBe(1);
    expect(printed.out).toBe(
      [
        broken,
        '  error    block "Greet" (MessageParticipant): empty-text: Text is empty. Write something, or leave Text out.',
        `           at ${broken}:1:92`,
        '',
        odd,
        '  warning  block "Greet" (MessageParticipant): unset-attribute: it reads $.Attributes.shop, which nothing sets. ' +
          'Set it with UpdateContactAttributes, or name it with --attributes shop if whatever starts the call sets it.',
        `           at ${odd}:1:92, see https://docs.aws.amazon.com/connect/latest/adminguide/connect-attrib-list.html`,
        '',
        '1 error, 1 warning in 3 flows',
        '',
      ].join('\n'),
    );
  });

  it('is content with warnings', async () => {
    expect(await lint.run([write('odd.json', contactFlow(greets('This is $.Attributes.shop.')))], project)).toBe(0);
    expect(printed.out).toContain('0 errors, 1 warning in 1 flow\n');
  });

  it('prints one JSON document', async () => {
    const file = write('broken.json', contactFlow(greets('')));
    await lint.run(['--json', file], project);
    expect(JSON.parse(printed.out)).toEqual({
      files: [
        {
          file,
          findings: [
            {
              rule: 'empty-text',
              severity: 'error',
              block: 'Greet',
              type: 'MessageParticipant',
              message: 'Text is empty',
              fix: 'Write something, or leave Text out.',
              line: 1,
              column: 92,
            },
          ],
          silenced: [],
        },
      ],
      errors: 1,
      warnings: 0,
      silenced: 0,
    });
  });

  it.each([
    ['no JSON', '{"Version":', 'is not JSON: '],
    ['no object', '[]', 'is no flow: expected a JSON object with Version and Actions'],
    ['the older export format', '{"modules": []}', "is in the flow designer's export format from before 2021"],
  ])('names a file that holds %s, and looks at the others', async (_, text, sentence) => {
    // Prepare
    const unusable = write('unusable.json', text);
    const broken = write('broken.json', contactFlow(greets('')));
    // Act
    const code = await lint.run([unusable, broken], project);
    // Assess
    expect(code).toBe(2);
    expect(printed.err).toContain(`${unusable} ${sentence}`);
    expect(printed.out).toContain('1 error, 0 warnings in 1 flow\n');
  });

  it('tells programs of a file that is not there, too', async () => {
    const file = join(folder, 'nowhere.json');
    expect(await lint.run([file, '--json'], project)).toBe(2);
    expect(JSON.parse(printed.out)).toEqual({
      files: [
        { file, findings: [], silenced: [], unusable: `${file} cannot be read: give the path of a flow's JSON file` },
      ],
      errors: 0,
      warnings: 0,
      silenced: 0,
    });
  });

  it('takes the type of flows that tell none from --type', async () => {
    const file = write('whisper.json', { blocks: [greets('Good morning.')] });
    expect(await lint.run([file], project)).toBe(0);
    expect(await lint.run([file, '--type', 'AGENT_WHISPER'], project)).toBe(1);
    expect(await lint.run([file, '--type', 'agentWhisper'], project)).toBe(1);
    const typed = write('typed.json', contactFlow(greets('Good morning.')));
    expect(await lint.run([typed, '--type', 'AGENT_WHISPER'], project)).toBe(0);
    await expect(lint.run([file, '--type', 'WHISPER'], project)).rejects.toThrow(UsageError);
  });

  it.each<[string, (file: string) => string[]]>([
    ['--attributes names it', (file) => [file, '--attributes', 'town,shop']],
    ['another flow of the run sets it', (file) => [file, write('sets.json', contactFlow(sets('shop', 'Apologise')))]],
  ])('knows an attribute where %s', async (_, args) => {
    const file = write('odd.json', contactFlow(greets('This is $.Attributes.shop.')));
    await lint.run(args(file), project);
    expect(printed.out).toContain('0 errors, 0 warnings');
  });

  it('does not take what a flow sets itself for known from outside', async () => {
    const reads = block(
      'Announce',
      'MessageParticipant',
      { Text: 'A call from $.Attributes.town.' },
      next('Resume', { NoMatchingError: 'Resume' }),
    );
    const document = { Metadata: { type: 'agentWhisper' } };
    await lint.run([write('whisper.json', { blocks: [sets('shop', 'Announce'), reads], document })], project);
    expect(printed.out).not.toContain('unset-attribute');
  });

  it('does not take a flow that leads to itself for one that another flow leads to', async () => {
    const again = say('Greet', 'お電話ありがとうございます。', 'On');
    await lint.run([write('again.json', contactFlow(again, handsOver('${AgainContactFlow}')))], project);
    expect(printed.out).toContain('japanese-text-foreign-voice');
  });

  it('takes the voice for set where another flow of the run hands the call over', async () => {
    const second = write('second.json', contactFlow(greets('お電話ありがとうございます。')));
    const first = write('first.json', contactFlow(handsOver('${SecondContactFlow}')));
    await lint.run([second], project);
    expect(printed.out).toContain('japanese-text-foreign-voice');
    printed.out = '';
    await lint.run([first, second], project);
    expect(printed.out).not.toContain('japanese-text-foreign-voice');
  });
});
