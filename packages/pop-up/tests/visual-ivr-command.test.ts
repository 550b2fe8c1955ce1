import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadStage } from '../../../resources/load-stage.ts';
import { projectCopy } from '../../../tests/project-copy.ts';
import { command, commandHere, PROJECT } from '../../../tests/run-command.ts';
import { warningsAbout } from '../warnings.ts';
import { writeTogether } from '../write-together.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'visual-ivr-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ADDRESSES = ['--availability-url', '/told/availability.json', '--consent-url', 'https://www.example.com/privacy'];

const visualIvr = (...args: string[]) => commandHere('visual-ivr', args);

describe('npm run visual-ivr -- build', () => {
  it('writes the three tabs and the file for any page, and says what goes where and what it weighs', async () => {
    // Act
    const args = ['--stage', 'local', '--out', join(folder, 'new'), ...ADDRESSES];
    const { code, stdout, stderr } = await visualIvr('build', ...args);
    // Assess
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readdirSync(join(folder, 'new')).sort()).toEqual([
      'operator.html',
      'script.js',
      'style.css',
      'template.html',
      'visual-ivr.js',
    ]);
    expect(readFileSync(join(folder, 'new/template.html'), 'utf8')).toContain('#{company}');
    const script = readFileSync(join(folder, 'new/script.js'), 'utf8');
    expect(script).toContain('"/told/availability.json"');
    expect(script).toContain('"https://www.example.com/privacy"');
    expect(stdout).toContain(`The pop-up for stage local is in ${join(folder, 'new')}.`);
    for (const tab of [
      'template.html +[\\d,]+ +[\\d,]+  HTML tab',
      'style.css .+ CSS tab',
      'script.js .+ Script tab',
      'visual-ivr.js .+ any page',
      'operator.html .+ to operators: any browser',
    ]) {
      expect(stdout).toMatch(new RegExp(`\n  ${tab}`));
    }
    expect(stdout).toMatch(
      /Without the phone rules the script is 1\d,\d{3} bytes gzipped, of at most 19,000 bytes; the phone rules are 1\d,\d{3} bytes\.\n/,
    );
    expect(stdout).toContain('Next: docs/karte-setup.md');
  });

  it('exits 1 when the script is too large, and says what to do', async () => {
    // Prepare
    const copy = projectCopy();
    const path = join(copy, 'packages/pop-up/build-pop-up.ts');
    writeFileSync(path, readFileSync(path, 'utf8').replace('SCRIPT_LIMIT = 19_000', 'SCRIPT_LIMIT = 5_000'));
    // Act
    const args = ['build', '--stage', 'local', '--out', folder, ...ADDRESSES];
    const { code, stdout, stderr } = await command('visual-ivr', args, { cwd: copy });
    rmSync(copy, { recursive: true, force: true });
    // Assess
    expect(code).toBe(1);
    expect(stdout).toContain('of at most 5,000 bytes');
    expect(stderr).toMatch(/^the script exceeds its size limit: .*SCRIPT_LIMIT.*\n$/);
  });

  it.each<[string, string[], RegExp]>([
    ['an unknown command', ['frob'], /^there is no command frob: expected build/],
    ['an unknown option', ['build', '--frob'], /--frob/],
    [
      'an address without https',
      ['build', '--availability-url', 'www.example.com'],
      /^--availability-url must be the address/,
    ],
    [
      'a privacy policy without https',
      ['build', '--consent-url', 'privacy'],
      /^--consent-url must be the address of your privacy/,
    ],
    ['something too many', ['build', 'dev'], /^expected only options after build, found dev/],
    [
      'an unknown stage',
      ['build', '--stage', 'nowhere'],
      /^there is no stage "nowhere": expected one of dev, local, prod/,
    ],
    [
      'a folder that is a file',
      ['build', '--out', join(PROJECT, 'LICENSE')],
      /^--out is .*LICENSE, where no files can be written \(EEXIST\)/,
    ],
  ])('exits 2 on %s, with one sentence', async (_, args, sentence) => {
    const { code, stdout, stderr } = await visualIvr(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
  });

  it('explains itself', async () => {
    const [asked, nothing] = await Promise.all([visualIvr('--help'), visualIvr()]);
    expect(asked).toMatchObject({ code: 0, stdout: expect.stringContaining('npm run visual-ivr -- build') });
    expect(nothing).toMatchObject({ code: 2, stdout: asked.stdout });
  });
});

describe('files that are written together', () => {
  it('replace those that are there, and leave nothing else', async () => {
    // Prepare
    writeFileSync(join(folder, 'a.js'), 'old');
    // Act
    await writeTogether('--out', folder, [
      { name: 'a.js', text: 'new' },
      { name: 'b.js', text: 'new' },
    ]);
    // Assess
    expect(readdirSync(folder).sort()).toEqual(['a.js', 'b.js']);
    expect(readFileSync(join(folder, 'a.js'), 'utf8')).toBe('new');
  });

  it('are all still the old ones when one cannot be written', async () => {
    // Prepare
    writeFileSync(join(folder, 'a.js'), 'old');
    // Act
    const writing = writeTogether('--out', folder, [
      { name: 'a.js', text: 'new' },
      { name: 'no/such/folder.js', text: 'new' },
    ]);
    // Assess
    await expect(writing).rejects.toThrow(
      `--out is ${folder}, where no files can be written (ENOENT): name another folder`,
    );
    expect(readdirSync(folder)).toEqual(['a.js']);
    expect(readFileSync(join(folder, 'a.js'), 'utf8')).toBe('old');
  });
});

describe('the notes about a stage', () => {
  const BUILT_IN = { availabilityUrl: '/availability.json', consentUrl: '/privacy' };

  it.each<[string, string, Parameters<typeof loadStage>[3], RegExp[]]>([
    ['the local stage', 'local', {}, []],
    ['a number that exists', 'dev', { connect: { sourcePhoneNumber: '+81312345678' } }, []],
    [
      'the example number',
      'dev',
      {},
      [/^connect\.sourcePhoneNumber of settings\/dev\.yml is not an existing number.*build again\.$/],
    ],
    [
      'no number yet',
      'dev',
      { connect: { sourcePhoneNumber: null } },
      [/^stage dev has no number yet .*: nobody is called, .* deploy and build again\.$/],
    ],
    [
      'tokens that are required',
      'dev',
      { connect: { sourcePhoneNumber: '+81312345678' }, signature: { mode: 'required', secretName: 'keys' } },
      [/^stage dev calls nobody without a token.*Set call_token_function .*docs\/signed-requests\.md\.$/],
    ],
    [
      'tokens that are tried',
      'dev',
      { connect: { sourcePhoneNumber: '+81312345678' }, signature: { mode: 'warn', secretName: 'keys' } },
      [],
    ],
  ])('say what would not work: %s', (_, name, overrides, expected) => {
    const found = warningsAbout(name, loadStage(name, undefined, undefined, overrides), BUILT_IN);
    expect(found).toEqual(expected.map((sentence) => expect.stringMatching(sentence)));
  });

  it('say what is missing for times, for the consent and for English labels', () => {
    // Prepare
    const stage = loadStage('local');
    const request = { ...stage.file.request, inquiryTypes: ['その他', '料金プランについて'] };
    const file = Object.assign({}, stage.file, { request, appointments: { maxDays: 7 } });

    // Act
    const found = warningsAbout('local', { ...stage, file }, {});

    // Assess
    expect(found).toEqual([
      expect.stringMatching(
        /^stage local has appointments, but .*--availability-url, or set availability_url in the page\.$/,
      ),
      expect.stringMatching(
        /^there is no link to your privacy policy .*--consent-url, or set consent_url in the page\.$/,
      ),
      expect.stringMatching(/^there is no English label for 1 of the 2 .*unless you set inquiry_type_2_label\.$/),
    ]);
    expect(warningsAbout('local', { ...stage, file }, BUILT_IN)).toHaveLength(1);
  });
});
