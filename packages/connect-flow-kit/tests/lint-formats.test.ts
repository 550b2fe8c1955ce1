import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { lintGithub } from '../src/lint/formats/lint-github.ts';
import { type LintedFile, lintReport, type PlacedFinding } from '../src/lint/formats/lint-report.ts';
import { lintSarif } from '../src/lint/formats/lint-sarif.ts';
import { lintText } from '../src/lint/formats/lint-text.ts';

const FINDING: PlacedFinding = {
  rule: 'empty-text',
  severity: 'error',
  block: 'Greet',
  type: 'MessageParticipant',
  message: 'Text is empty',
  fix: 'Write something.',
  line: 7,
  column: 5,
  url: 'docs/rules.md#empty-text',
};
const WARNING: PlacedFinding = {
  rule: 'flow-size',
  severity: 'warning',
  message: 'it is big',
  fix: 'Split it.',
  line: 1,
  column: 1,
};

const file = (change: Partial<LintedFile>): LintedFile => ({
  file: 'flows/a.json',
  findings: [],
  silenced: [],
  ...change,
});
const UNUSABLE = file({ file: 'flows/b.json', unusable: 'flows/b.json is not JSON: 100% so' });
const SILENCED = file({ file: 'flows/c.json', silenced: [{ ...FINDING, reason: 'It is filled in.' }] });

describe('a report as text', () => {
  it('shows each finding with its place, and where to read about its rule', () => {
    expect(lintText(lintReport([file({ findings: [FINDING, WARNING] }), SILENCED, UNUSABLE], []))).toBe(`flows/a.json
  error    block "Greet" (MessageParticipant): empty-text: Text is empty. Write something.
           at flows/a.json:7:5, see docs/rules.md#empty-text
  warning  flow-size: it is big. Split it.
           at flows/a.json:1:1

1 error, 1 warning in 2 flows, 1 finding silenced
`);
  });

  it('shows what is wrong with lint.yml, which is no flow', () => {
    const own = file({ file: 'flows/lint.yml', findings: [{ ...WARNING, rule: 'unused-silence', line: 3 }] });
    expect(lintText(lintReport([SILENCED], [own]))).toMatch(
      /^flows\/lint\.yml\n {2}warning {2}unused-silence: .*\n {11}at flows\/lint\.yml:3:1\n\n0 errors, 1 warning in 1 flow, 1 finding silenced\n$/,
    );
  });
});

describe('a report for GitHub', () => {
  it('has a workflow command for each finding and each file that is none', () => {
    expect(lintGithub(lintReport([file({ findings: [FINDING, WARNING] }), SILENCED, UNUSABLE], []))).toBe(
      [
        '::error file=flows/a.json,line=7,col=5,title=empty-text::block "Greet" (MessageParticipant): empty-text: Text is empty. Write something. See docs/rules.md#empty-text',
        '::warning file=flows/a.json,line=1,col=1,title=flow-size::flow-size: it is big. Split it.',
        '::error file=flows/b.json,title=unusable::flows/b.json is not JSON: 100%25 so',
        '1 error, 1 warning in 2 flows, 1 finding silenced',
        '',
      ].join('\n'),
    );
  });

  it('keeps a name or a text from being read as another command', () => {
    const odd = file({ file: 'C:\\a,b%.json', findings: [{ ...FINDING, block: 'x\n::error::y\r' }] });
    const [first, ...rest] = lintGithub(lintReport([odd], [])).split('\n');
    expect(first).toContain('::error file=C%3A/a%2Cb%25.json,line=7,');
    expect(first).toContain('block "x%0A::error::y%0D" (');
    expect(rest).toEqual(['1 error, 0 warnings in 1 flow', '']);
  });
});

describe('a report in SARIF', () => {
  // It is of draft 4 by name; what it says means the same in draft 7, which is the oldest that Ajv knows.
  const {
    $schema: _,
    id: __,
    ...schema
  } = JSON.parse(readFileSync(join(import.meta.dirname, 'sarif-schema-2.1.0.json'), 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const isSarif = ajv.compile(schema);
  const sarif = (files: LintedFile[], rulesPage?: string) =>
    JSON.parse(lintSarif(lintReport(files, []), '1.2.3', rulesPage));

  it.each([
    ['of nothing', []],
    [
      'of findings, silenced ones and files that are none',
      [file({ findings: [FINDING, WARNING] }), SILENCED, UNUSABLE],
    ],
    [
      'of odd paths',
      ['/tmp/a b.json', 'C:\\a\\b.json', '<stdin>', '受付.json', './a#b?.json'].map((name) =>
        file({ file: name, findings: [FINDING] }),
      ),
    ],
  ])('%s is valid by the schema of OASIS', (_, files) => {
    expect(isSarif(sarif(files, 'docs/rules.md')), JSON.stringify(isSarif.errors)).toBe(true);
    expect(isSarif(sarif(files, 'https://example.com/rules')), JSON.stringify(isSarif.errors)).toBe(true);
    expect(isSarif({ ...sarif(files), runs: [{}] })).toBe(false);
  });

  it('tells of each finding what it is, how bad, and where', () => {
    const [run] = sarif([file({ findings: [FINDING] })]).runs;
    const [result] = run.results;
    expect(result).toEqual({
      ruleId: 'empty-text',
      ruleIndex: expect.any(Number),
      level: 'error',
      message: { text: 'block "Greet" (MessageParticipant): empty-text: Text is empty. Write something.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'flows/a.json', uriBaseId: '%SRCROOT%' },
            region: { startLine: 7, startColumn: 5 },
          },
          logicalLocations: [{ name: 'Greet', kind: 'MessageParticipant' }],
        },
      ],
    });
    expect(run.tool.driver).toMatchObject({ name: 'connect-flow-kit', semanticVersion: '1.2.3' });
    expect(run.tool.driver.rules[result.ruleIndex]).toMatchObject({
      id: 'empty-text',
      defaultConfiguration: { level: 'error' },
    });
  });

  it('says why a silenced finding is silenced', () => {
    const [run] = sarif([SILENCED]).runs;
    expect(run.results).toMatchObject([
      {
        ruleId: 'empty-text',
        suppressions: [{ kind: 'external', status: 'accepted', justification: 'It is filled in.' }],
      },
    ]);
  });

  it('says that a run was none where a file could not be read', () => {
    expect(sarif([UNUSABLE]).runs[0].invocations).toMatchObject([
      { executionSuccessful: false, toolExecutionNotifications: [{ message: { text: UNUSABLE.unusable } }] },
    ]);
    expect(sarif([SILENCED]).runs[0].invocations[0].executionSuccessful).toBe(true);
  });

  it('links each rule to its part of the page of rules, or else to the page of AWS that it is from', () => {
    const linkOf = (rulesPage?: string) =>
      sarif([], rulesPage).runs[0].tool.driver.rules.find(({ id }: { id: string }) => id === 'unset-attribute').helpUri;
    expect(linkOf('https://example.com/rules')).toBe('https://example.com/rules#unset-attribute');
    expect(linkOf('docs/rules.md')).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  });

  it('has both pages in the help of a rule, as text and as Markdown', () => {
    const helpOf = (rulesPage?: string) =>
      sarif([], rulesPage).runs[0].tool.driver.rules.find(({ id }: { id: string }) => id === 'unset-attribute').help;
    const { text, markdown } = helpOf('docs/rules.md');
    expect(text).toMatch(/\nAbout the rule: docs\/rules\.md#unset-attribute\nWhere it is from: https:\/\/docs\.aws\./);
    expect(markdown).toMatch(
      /\n\n\[About the rule\]\(docs\/rules\.md#unset-attribute\)\n\n\[Where it is from\]\(https:\/\/docs\.aws\./,
    );
    expect(helpOf().text).not.toContain('About the rule');
  });

  it.each([
    ['a b/受付.json', 'a%20b/%E5%8F%97%E4%BB%98.json'],
    ['./a.json', 'a.json'],
    ['a\\b.json', 'a/b.json'],
    ['/tmp/a#.json', 'file:///tmp/a%23.json'],
    ['C:\\a.json', 'file:///C:/a.json'],
  ])('writes the path %s as %s', (path, uri) => {
    const [result] = sarif([file({ file: path, findings: [FINDING] })]).runs[0].results;
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
  });
});
