import { describe, expect, it } from 'vitest';
import type { CallDifference } from '../src/diff/compare-calls.ts';
import { compareTexts } from '../src/diff/compare-texts.ts';
import type { DiffReport } from '../src/diff/diff-report.ts';
import { code, diffBlock } from '../src/diff/markdown.ts';
import { renderReport } from '../src/diff/render-report.ts';
import { blockIn, changed, compare, flowOf, greeting, hangUp, renamed, say, type WrittenFlow } from './diff-support.ts';

const NO_CALLS = { compared: 0, different: [], outdated: [] };

const reportOn = (before: WrittenFlow, after: WrittenFlow, calls: DiffReport['calls'] = NO_CALLS): string =>
  renderReport(
    {
      flows: [
        {
          path: 'contact-flows/greet.json',
          status: 'compared',
          difference: compare(before, after),
          leftOut: { before: 0, after: 0 },
        },
      ],
      settings: [],
      calls,
    },
    'npx flows',
  );

/** What GitHub would read as Markdown: everything that stands neither in a code block nor in a code span. */
function outsideOfCode(markdown: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const ticks = /^ {0,3}(`{3,})/.exec(line)?.[1];
    if (fence === undefined && ticks !== undefined) fence = ticks;
    else if (fence !== undefined && new RegExp(`^ {0,3}\`{${fence.length},} *$`).test(line)) fence = undefined;
    else if (fence === undefined) lines.push(line);
  }
  expect(fence).toBeUndefined();
  return lines.join('\n').replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
}

const call = (scenario: string, before: string[], after: string[]): CallDifference => ({
  flow: 'greet',
  scenario,
  before: { lines: before, end: 'agent', because: 'An agent talks to the customer at once.' },
  after: { lines: after, end: 'agent', because: 'An agent talks to the customer at once.' },
});

it('cuts a name where that saves something', () => {
  const name = (length: number) => 'x'.repeat(length);
  expect(code(name(240))).toBe(`\`${name(240)}\``);
  expect(code(name(300))).toBe(`\`${name(120)}… (180 more)\``);
});

describe('the summary', () => {
  it.each<[string, (flow: WrittenFlow) => unknown, string]>([
    [
      'nothing',
      () => {},
      'Nothing that a call could tell has changed: at most layout, notes, or the order of the blocks in the file.',
    ],
    [
      'two prompts and a branch',
      (flow) => {
        blockIn(flow, 'Apologise').Parameters = { Text: 'すみません。' };
        blockIn(flow, 'Thank member').Parameters = { SSML: '<speak>はい</speak>' };
        blockIn(flow, 'Set queue').Transitions.NextAction = 'Hang up';
      },
      '2 prompts changed, 1 branch rerouted.',
    ],
    [
      'one voice in two parameters',
      (flow) => {
        blockIn(flow, 'Set voice').Parameters = { TextToSpeechVoice: 'Takumi', TextToSpeechEngine: 'Standard' };
      },
      '1 voice changed.',
    ],
  ])('counts %s', (_, change, sentence) => {
    expect(reportOn(greeting(), changed(greeting(), change)).split('\n')[2]).toBe(sentence);
  });

  it('counts flows that came, went or cannot be read, and scenarios that sound different', () => {
    // Prepare
    const report: DiffReport = {
      flows: [
        { path: 'a.json', status: 'added', blocks: 1 },
        { path: 'b.json', status: 'removed', blocks: 3 },
        { path: 'c.json', status: 'unreadable', version: 'after', because: 'is not JSON: x' },
      ],
      settings: [],
      calls: { ...NO_CALLS, compared: 12, different: [call('one', ['「はい」'], ['「いいえ」'])] },
    };
    // Act
    const [, , summary, ...details] = renderReport(report, 'npx flows').split('\n');
    // Assess
    expect(summary).toBe(
      '1 file cannot be read, 1 flow added, 1 flow removed. **1 of 12 scenarios sounds different.**',
    );
    expect(details).toContain('A new flow of one block.');
    expect(details).toContain('The flow is gone; it had 3 blocks.');
    expect(details).toContain('The new version `is not JSON: x`, so there is nothing to compare.');
  });

  it('says that scenarios sound as before, or cannot be used', () => {
    expect(reportOn(greeting(), greeting(), { ...NO_CALLS, compared: 12 })).toContain(
      'All 12 scenarios sound as before.',
    );
    const unusable = reportOn(greeting(), greeting(), { ...NO_CALLS, unusable: 'greet.yml: flow: found nothing.' });
    expect(unusable).toContain('The scenarios cannot be used.');
    expect(unusable).toContain('- greet.yml: flow: found nothing.');
  });
});

describe('the details', () => {
  it('show a prompt sentence by sentence, before and after', () => {
    // Prepare
    const [before, after] = [
      '申し訳ございません。混み合っております。',
      '申し訳ございません。ただいま混み合っております。',
    ].map((text) => flowOf(say('Apologise', text, 'Hang up'), hangUp()));
    // Act, Assess
    expect(reportOn(before ?? flowOf(), after ?? flowOf())).toContain(`**Prompts**

- Play prompt \`Apologise\`, \`Text\`:

\`\`\`diff
  申し訳ございません。
- 混み合っております。
+ ただいま混み合っております。
\`\`\`
`);
  });

  it('show a short setting on one line, whether changed, new or gone', () => {
    const queue = (parameters: object) =>
      changed(greeting(), (flow) => Object.assign(blockIn(flow, 'Set queue'), { Parameters: parameters }));
    expect(reportOn(queue({ QueueId: 'a', Old: '1' }), queue({ QueueId: 'b', New: '2' }))).toContain(`**Settings**

- Set working queue \`Set queue\`, \`Old\`, gone: \`1\`

- Set working queue \`Set queue\`, \`QueueId\`: \`a\` → \`b\`

- Set working queue \`Set queue\`, \`New\`, new: \`2\`
`);
  });

  it('name the places of a rerouted branch, by what the block does where the name tells nothing', () => {
    // Prepare
    const after = changed(greeting(), (flow) => {
      blockIn(flow, 'Set queue').Transitions.NextAction = 'Apologise';
    });
    // Act, Assess
    expect(reportOn(greeting(), after)).toContain('- Set working queue `Set queue`, next: `Transfer` → `Apologise`');
    expect(reportOn(greeting(), renamed(after))).toContain(
      '- `Set working queue queue_arn`, next: `Transfer to queue` → `prompt "申し訳ございません。"`',
    );
  });

  it('tell of an added block what it says, what leads to it, and what it leads to', () => {
    // Prepare
    const after = changed(greeting(), (flow) => {
      blockIn(flow, 'Set voice').Transitions.NextAction = 'Announce';
      flow.Actions.push(say('Announce', '通話を録音いたします。', 'Check type', 'Check type'));
    });
    // Act, Assess
    expect(reportOn(greeting(), after)).toContain(`**Added**

- Play prompt \`Announce\`, after \`Set voice\` (next); leads on: next, \`NoMatchingError\` → \`Check type\`

\`\`\`diff
+ 通話を録音いたします。
\`\`\`
`);
    expect(reportOn(after, greeting())).toContain(
      '- Play prompt `Announce`, was after `Set voice` (next); led on: next, `NoMatchingError` → `Check type`',
    );
  });

  it('tell once of scenarios that differ in the same way, with a few lines around', () => {
    // Prepare
    const lines = ['一', '二', '三', '四', '五'];
    const different = ['a', 'b'].map((name) => call(name, lines, lines.with(4, '六')));
    // Act, Assess
    expect(reportOn(greeting(), greeting(), { ...NO_CALLS, compared: 2, different })).toContain(`#### What is heard

\`\`\`diff
  …
  三
  四
- 五
+ 六
\`\`\`

<details><summary>In 2 scenarios</summary>

- \`greet\`: \`a\`
- \`greet\`: \`b\`

</details>
`);
  });

  it('tell of another end', () => {
    const { before, ...rest } = call('a', ['一'], ['一']);
    const different = [{ ...rest, before: { ...before, end: 'silence' as const, because: 'The call is dropped.' } }];
    expect(reportOn(greeting(), greeting(), { ...NO_CALLS, compared: 1, different })).toContain(
      'The call ended with **silence** (`The call is dropped.`), and now with **agent** (`An agent talks to the customer at once.`)',
    );
  });

  it('warn of parts that could not be compared', () => {
    const report: DiffReport = {
      flows: [
        {
          path: 'a.json',
          status: 'compared',
          difference: compare(greeting(), greeting()),
          leftOut: { before: 0, after: 2 },
        },
      ],
      settings: [],
      calls: NO_CALLS,
    };
    expect(renderReport(report, 'npx flows')).toContain(
      '**2 parts of the new version have not the form of a flow and could not be compared:** `npx flows lint` names them.',
    );
  });
});

describe('texts of a flow in Markdown', () => {
  const HOSTILE = [
    '@octocat please look',
    '<img src=x onerror=alert(1)> <!-- hidden',
    '</details></code></pre><script>',
    '[click](https://example.com/) ![x](https://example.com/x.png) https://example.com',
    '#1 owner/repo#2 GH-3 0123456789abcdef0123456789abcdef01234567',
    'a | b\n--- | ---\n| c |',
    '` `` ``` ```` @octocat',
    '```',
    '```\n# Heading @octocat\n```',
    '  ```\n@octocat',
    '~~~\n@octocat\n~~~',
    '`@octocat',
    '@octocat`',
    '\n\n# @octocat',
    '\r@octocat\u2028@octocat\u0085@octocat',
    '<!-- contact-flow-review -->',
    '$`x`$ $$@octocat$$',
    ' ',
  ];

  it.each(HOSTILE)('are nothing but text: %j', (text) => {
    // Prepare
    const before = flowOf(
      say('Say', 'はい。', 'Hang up'),
      { ...hangUp('Check'), Type: 'Compare', Parameters: { ComparisonValue: 'x' } },
      hangUp(),
    );
    const after = flowOf(
      say('Say', text, text),
      {
        Identifier: 'Check',
        Type: 'Compare',
        Parameters: { ComparisonValue: text, [text]: text },
        Transitions: {
          Conditions: [{ NextAction: text, Condition: { Operator: text, Operands: [text] } }],
          Errors: [{ NextAction: 'Check', ErrorType: text }],
        },
      },
      { Identifier: text, Type: text, Parameters: { [text]: { [text]: [text] } }, Transitions: {} },
      hangUp(),
    );
    const calls: DiffReport['calls'] = {
      compared: 1,
      different: [
        {
          ...call(text, [], [text, `${text}2`, '@octocat']),
          flow: text,
          before: { lines: [text, '@octocat'], end: 'silence' as const, because: text },
          stage: text,
        },
        { ...call(`${text}1`, [text], []), flow: text },
        { ...call(`${text}2`, [text], []), flow: text },
      ],
      outdated: [
        { path: text, name: text },
        { path: text, name: text, now: text },
      ],
    };
    const flows: DiffReport['flows'] = [
      { path: text, status: 'compared', difference: compare(before, after), leftOut: { before: 0, after: 0 } },
      { path: text, status: 'unreadable', version: 'after', because: text },
    ];
    const settings = [{ path: text, changes: [{ token: text, before: text, after: undefined }] }];
    // Act
    const markdown = renderReport({ flows, settings, calls }, 'npx flows');
    // Assess
    const own = /^(<details><summary>[\w ,]+<\/summary>|<\/details>)$/gm;
    expect(outsideOfCode(markdown).replace(own, '')).not.toMatch(
      /@|<|\]\(|https?:|#\d|GH-|[0-9a-f]{40}|\||`|~|\$|Heading/,
    );
    expect(markdown).not.toMatch(/[\r\u2028\u0085]/);
  });

  it('show what cannot be seen', () => {
    expect(code('a\u202Eb\u200Bc\u0007')).toBe('`a⟨U+202E⟩b⟨U+200B⟩c⟨U+0007⟩`');
    expect(code('a\nb')).toBe('`a⏎b`');
    expect(diffBlock([{ mark: '+', text: 'はい。 \u3000' }])).toBe('```diff\n+ はい。␠␠\n```');
    expect(code('\uD800')).toBe('`⟨U+D800⟩`');
  });

  it('keep Japanese and emoji as they are', () => {
    expect(code('「お電話」〜（ﾃｽﾄ）☎️📞')).toBe('`「お電話」〜（ﾃｽﾄ）☎️📞`');
  });

  it('are code spans that begin and end with no backtick of their own', () => {
    expect(code('`')).toBe('`` ` ``');
    expect(code('a``b')).toBe('```a``b```');
    expect(code('')).toBe('`  `');
  });

  it('are cut where they are longer than any name or prompt may be', () => {
    expect(code('あ'.repeat(1_000)).length).toBeLessThan(200);
    expect(diffBlock(compareTexts('あ'.repeat(100_000), 'い。'.repeat(100_000))).length).toBeLessThan(30_000);
  });
});
