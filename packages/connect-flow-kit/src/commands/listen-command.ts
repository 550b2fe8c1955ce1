import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { EXIT, print, UsageError } from '../command-line.ts';
import { isObject } from '../document.ts';
import { type HeardLine, heardLines } from '../listen/call-lines.ts';
import { listenPage } from '../listen/listen-page.ts';
import { askPolly } from '../listen/polly.ts';
import { priceInWords } from '../listen/polly-price.ts';
import { type Audio, type Prompt, promptKey, type SpokenPrompts } from '../listen/prompt.ts';
import { speechCache } from '../listen/speech-cache.ts';
import { speechProgram } from '../listen/speech-program.ts';
import { unheardIn } from '../listen/unheard.ts';
import type { FlowsCommand } from './flows-command.ts';
import { type Project, stageNamed } from './open-project.ts';
import type { FlowLibrary } from './repository.ts';
import { CALL_OPTIONS, callHelp, makeCall, unknownFlows } from './simulate-command.ts';

/** Pages are written here, next to the cache; git ignores it. */
const FOLDER = 'spoken-calls';

function help({ command, stages }: Project): string {
  return `Writes an HTML page with a call as it sounds: every prompt spoken, with one player for the whole call. It works offline.

  ${command} listen <flow> [options]

${callHelp(stages)}

Who speaks
  --yes                      has Amazon Polly speak what is not in ${FOLDER}/cache without asking you first
  --speak 'PROGRAM {text} {out.wav}'
                             has a program of yours speak instead, which writes WAV; on macOS:
                             'say -v Kyoko --data-format=LEI16@22050 -o {out.wav} {text}'
  --out FILE                 the page (default ${FOLDER}/<flow>.html)
  --help                     this text

Amazon Polly speaks with the flow's voices in the region of the stage. It requires credentials that allow polly:SynthesizeSpeech.

Exit code: 0 the page is written, 1 it is not because you said no, 2 the input cannot be used.
`;
}

export const listen: FlowsCommand = {
  summary: 'writes a page that plays one call as it sounds',
  help,
  async run(args, project) {
    const { values, positionals } = parseArgs({
      args,
      options: {
        ...CALL_OPTIONS,
        speak: { type: 'string' },
        out: { type: 'string' },
        yes: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    // Loading a stage that is this machine may discard the shell's AWS settings, which Amazon Polly still needs.
    const shell = { ...process.env };
    const { entry, library, call, unknown } = await makeCall('listen', positionals, values, project);
    const lines = heardLines(call, (flow, block) => hasPrompt(library, flow, block));
    const prompts = promptsIn(lines);

    const region = await regionOf(values.stage, project);
    restoreEnvironment(shell);
    const cache = join(project.root, FOLDER, 'cache');
    const spoken =
      values.speak === undefined
        ? await spokenByPolly(prompts, { region, cache, agreed: values.yes })
        : await spokenByProgram(prompts, values.speak);
    if (spoken === undefined) return EXIT.problems;

    const notKnown = [...unknownFlows(unknown, library)];
    const unheard = [...unheardIn(lines, spoken), ...(notKnown.length > 0 ? ['flows that are not known here'] : [])];
    const path = resolve(project.root, values.out ?? join(FOLDER, `${entry.name}.html`));
    const page = listenPage({
      command: `${project.command} listen ${args.map(shellWord).join(' ')}`,
      flow: entry.name,
      because: call.because,
      speaker:
        values.speak === undefined
          ? 'Amazon Polly speaks.'
          : "A program speaks, without the flow's voices and without the pauses within its prompts.",
      lines,
      spoken,
      unheard,
    });
    if (values.out === undefined) makeFolder(dirname(path));
    writePage(path, page);
    print([...report(relative(process.cwd(), path) || path, unheard), ...notKnown, ''].join('\n'));
    return EXIT.fine;
  },
};

/** A word as it is typed on a shell. */
const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

function restoreEnvironment(before: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) {
    if (!(name in before)) delete process.env[name];
  }
  Object.assign(process.env, before);
}

/** Does any block of a flow speak? */
function hasPrompt({ flows }: FlowLibrary, flow: string, block: string): boolean {
  const actions = flows.find(({ name }) => name === flow)?.document.Actions ?? [];
  const parameters = actions.find(({ Identifier }) => Identifier === block)?.Parameters;
  return isObject(parameters) && ['Text', 'SSML', 'PromptId', 'Media', 'Messages'].some((name) => name in parameters);
}

/** Each prompt once. */
function promptsIn(lines: readonly HeardLine[]): Prompt[] {
  const prompts = lines.flatMap((line) => (line.kind === 'speech' ? [line.prompt] : []));
  return [...new Map(prompts.map((prompt) => [promptKey(prompt), prompt])).values()];
}

async function regionOf(stage: string | undefined, project: Project): Promise<string | undefined> {
  const name = stage ?? project.stages?.default;
  return name === undefined ? undefined : (await stageNamed(project, name)).region;
}

async function spokenByProgram(prompts: readonly Prompt[], command: string): Promise<SpokenPrompts> {
  const speak = speechProgram(command);
  const spoken = new Map<string, Audio>();
  for (const prompt of prompts) spoken.set(promptKey(prompt), await speak(prompt));
  return spoken;
}

/** Undefined if the user does not want to pay for it. */
async function spokenByPolly(
  prompts: readonly Prompt[],
  { region, cache, agreed }: { region: string | undefined; cache: string; agreed: boolean },
): Promise<SpokenPrompts | undefined> {
  const { find, keep } = speechCache(cache);
  const spoken = new Map<string, Audio | string>();
  for (const prompt of prompts) {
    const audio = find(prompt);
    if (audio !== undefined) spoken.set(promptKey(prompt), audio);
  }
  const missing = prompts.filter((prompt) => !spoken.has(promptKey(prompt)));
  if (missing.length === 0) return spoken;

  print(`Not spoken yet: ${priceInWords(missing)}.\n`);
  if (!agreed && !(await agrees('Ask Amazon Polly? [y/N] '))) return undefined;
  makeFolder(dirname(cache));
  let characters = 0;
  for await (const answer of askPolly(missing, region)) {
    const key = promptKey(answer.prompt);
    if ('refused' in answer) spoken.set(key, answer.refused);
    else {
      keep(answer.prompt, answer.mp3);
      spoken.set(key, answer.mp3);
      characters += answer.characters;
    }
  }
  print(`Amazon Polly charged ${characters} characters.\n`);
  return spoken;
}

/** Asks whoever sits at the terminal. Throws `UsageError` if nobody does. */
async function agrees(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new UsageError('Amazon Polly costs money and nobody is here to agree: give --yes, or --speak with a program');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}

/** The folder of pages and cache: it contains what customers said and heard, which does not belong in a repository. */
function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.gitignore'), '*\n');
}

function writePage(path: string, page: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, page);
  } catch (cause) {
    throw new UsageError(`${path} cannot be written: give another --out`, { cause });
  }
}

function report(path: string, unheard: readonly string[]): string[] {
  const written = `${path} has the call as it sounds: open it in a browser.`;
  if (unheard.length === 0) return [written];
  return [written, 'Nobody has heard:', ...unheard.map((part) => `  ${part}`)];
}
