import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '../src/document.ts';
import { END, errors, flowOf, say, setHook, setQueue, setVoice, TRANSFER } from '../src/flow-builder.ts';
import { reviewPage } from '../src/review/review-page.ts';
import { coverageOf } from '../src/scenarios/coverage.ts';
import { parseScenarios } from '../src/scenarios/parse-scenarios.ts';
import { runScenario } from '../src/scenarios/run-scenario.ts';
import { findIn } from './simulate-support.ts';

const FLOWS: Record<string, FlowDocument> = {
  entry: flowOf(
    setVoice('Kazuha', 'Neural', {
      Identifier: 'Set voice',
      Transitions: { Errors: errors({ NoMatchingError: 'Set hook' }) },
    }),
    { ...setHook('AgentWhisper', 'whisper'), Identifier: 'Set hook' },
    say('$.Attributes.user_type|様 <b>', {
      Identifier: 'Greet',
      Transitions: { Errors: errors({ NoMatchingError: 'Sorry' }) },
    }),
    setQueue('q'),
    { ...TRANSFER, Transitions: { Errors: errors({ QueueAtCapacity: 'Sorry' }) } },
    say('申し訳ございません。ただいま大変混み合っております。', { Identifier: 'Sorry' }),
  ),
  unheard: flowOf({ Type: 'MessageParticipant', Parameters: { SSML: '<speak>はい。</speak>' } }),
  whisper: flowOf(setVoice('Takumi', 'Neural'), say('会員です。', { Identifier: 'Greet' }), END),
};

const SCENARIOS = `
flow: entry
scenarios:
  - name: a <member> reaches an agent
    attributes: { user_type: member }
    hears: ["member|様 <b>"]
    ends: agent
  - name: a step fails
    eachFails:
      - { Set voice: NoMatchingError }
      - { entry/Set voice: NoMatchingError }
      - { entry/Greet: NoMatchingError }
      - { Set hook: NoMatchingError }
    hearsNot: [member]
    ends: goodbye
`;

const entry = { name: 'entry', document: FLOWS.entry ?? flowOf() };
const results = parseScenarios(SCENARIOS, 'a.yml').scenarios.flatMap((scenario) =>
  runScenario(scenario, entry, findIn(FLOWS)),
);

const pageOf = (name: string, findings: Parameters<typeof reviewPage>[0]['findings'] = []): string => {
  const flow = { name, document: { ...(FLOWS[name] ?? flowOf()), Metadata: { description: 'Says *who* it is.' } } };
  const [coverage = { flow: name, taken: 0, total: 0, missing: [] }] = coverageOf(
    [flow],
    results.flatMap(({ call }) => call.taken),
  );
  return reviewPage({ command: 'npx flows', flow, type: 'CONTACT_FLOW', results, coverage, findings });
};

/** A section of the page, by its heading. */
const section = (page: string, heading: string): string =>
  page
    .split(/^#+ /m)
    .find((part) => part.startsWith(`${heading}\n`))
    ?.slice(heading.length)
    .trim() ?? '';

describe('a review page', () => {
  const page = pageOf('entry');

  it('says by which command it is written', () => {
    expect(page).toContain('<!-- Written by `npx flows review`; changes made here are lost. -->');
  });

  it('begins with name, type and description, and shows the diagram', () => {
    expect(page).toMatch(
      /^# entry\n\n<!-- .* -->\n\nA flow of type `CONTACT_FLOW`\.\n\nSays \\\*who\\\* it is\.\n\n## The way through\n\n```mermaid\n%%\{init/,
    );
    expect(section(page, 'The way through')).toContain('-->');
  });

  it('says where failures lead', () => {
    expect(section(page, 'When a block fails')).toBe(`| the call continues at | after a failure of |
| --- | --- |
| the next block, as if it had worked | Set voice |
| Sorry | Greet |`);
  });

  it('lists every prompt with the voices in which the scenarios hear it', () => {
    expect(section(page, 'What is said')).toBe(`| block | voice | text |
| --- | --- | --- |
| Greet | Kazuha, Neural; Joanna, Standard | \`$.Attributes.user_type\`\\|様 &lt;b&gt; |
| Sorry | Kazuha, Neural | 申し訳ございません。ただいま大変混み合っております。 |`);
    expect(section(pageOf('unheard'), 'What is said')).toBe(`| block | voice | text |
| --- | --- | --- |
| block 1 | not heard in any scenario | \`<speak>はい。</speak>\` |`);
  });

  it('folds a transcript for each scenario, and a table where its calls differ by what fails', () => {
    expect(section(page, 'Scenarios')).toBe(`<details>
<summary>a &lt;member&gt; reaches an agent</summary>

\`user_type: member\`

- *The customer answers.*
- flow \`entry\`:
- Kazuha: 「member\\|様 &lt;b&gt;」
- *The customer waits in the queue.*
- *An agent takes the call.*
- flow \`whisper\`:
- Takumi to the agent: 「会員です。」
- *The customer and the agent talk.*
- **agent**: An agent talks to the customer at once.

</details>

<details>
<summary>a step fails (4 calls) — FAILS</summary>

| what fails | what is heard | end |
| --- | --- | --- |
| Set voice, entry/Set voice | Joanna: 「\\|様 &lt;b&gt;」 Takumi to the agent: 「会員です。」 | agent |
| entry/Greet | Kazuha: 「申し訳ございません。ただいま大変混み合っておりま…」 | goodbye |
| Set hook | nothing | silence |

</details>`);
  });

  it('points from the page of a flow to the scenarios of others that come through it', () => {
    expect(section(pageOf('whisper'), 'Scenarios')).toBe(`Scenarios of other flows that go through this one:

- [entry](entry.md): a &lt;member&gt; reaches an agent
- [entry](entry.md): a step fails`);
    expect(section(pageOf('unheard'), 'Scenarios')).toBe('None.');
  });

  it('tells blocks that are named by a UUID by what they do, wherever it names one', () => {
    // Prepare
    const id = (number: number): string => `00000000-0000-4000-8000-00000000000${number}`;
    const document = flowOf(
      { ...setQueue('BasicQueue'), Identifier: id(1), Transitions: { Errors: errors({ NoMatchingError: id(2) }) } },
      say('Thank you for calling.', { Identifier: id(2) }),
      { ...END, Identifier: id(3) },
    );
    const flow = { name: 'exported', document };
    const finding = { rule: 'some-rule', severity: 'error', block: id(2), message: 'is odd', fix: 'Fix it.' } as const;
    const [coverage = { flow: '', taken: 0, total: 0, missing: [] }] = coverageOf([flow], []);
    // Act
    const page = reviewPage({ command: 'x', flow, type: undefined, results: [], coverage, findings: [finding] });
    // Assess
    expect(page).not.toContain('00000000-');
    expect(section(page, 'When a block fails')).toContain('as if it had worked | Set working queue BasicQueue |');
    expect(section(page, 'What is said')).toContain('| prompt "Thank you for calling." | not heard');
    expect(section(page, 'Transitions taken by the scenarios')).toContain(
      '- Set working queue BasicQueue on NoMatchingError → prompt "Thank you for calling."',
    );
    expect(section(page, 'Findings of the linter')).toContain('in prompt "Thank you for calling.": is odd');
  });

  it('shows the notes of the flow designer, where there are some', () => {
    // Prepare
    const Annotations = [
      { content: 'Asked for by *law*.', actionId: 'Greet' },
      { content: 'To do:\nmusic.', actionId: '' },
      { content: ' ', actionId: '' },
    ];
    const flow = { name: 'noted', document: { ...(FLOWS.whisper ?? flowOf()), Metadata: { Annotations } } };
    const coverage = { flow: 'noted', taken: 0, total: 0, missing: [] };
    // Act
    const noted = reviewPage({ command: 'x', flow, type: undefined, results: [], coverage, findings: [] });
    // Assess
    expect(section(noted, 'Notes')).toBe(`| block | note |
| --- | --- |
| Greet | Asked for by \\*law\\*. |
| none | To do: music. |`);
    expect(page).not.toContain('## Notes');
  });

  it('names the transitions that no scenario takes, and what the linter finds', () => {
    const withFindings = pageOf('entry', [
      { rule: 'some-rule', severity: 'warning', block: 'Greet', message: 'the prompt is <odd>', fix: 'Fix it.' },
      { rule: 'other-rule', severity: 'error', message: 'the flow is too long', fix: 'Cut it.' },
    ]);
    expect(section(page, 'Transitions taken by the scenarios')).toBe(`87 %: 7 of 8.

- "block 5" on QueueAtCapacity → "Sorry"`);
    expect(section(page, 'Findings of the linter')).toBe('None.');
    expect(
      section(withFindings, 'Findings of the linter'),
    ).toBe(`- warning \`some-rule\` in Greet: the prompt is &lt;odd&gt;. Fix it.
- error \`other-rule\`: the flow is too long. Cut it.`);
  });
});
