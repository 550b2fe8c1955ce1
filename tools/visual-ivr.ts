import { parseArgs } from 'node:util';
import { complain, EXIT, print, runCommand, UsageError } from 'connect-flow-kit/command-line';
import type { BuiltInAddresses } from '../packages/pop-up/stage-facts.ts';
import { warningsAbout } from '../packages/pop-up/warnings.ts';
import { writeTogether } from '../packages/pop-up/write-together.ts';
import { loadStage } from '../resources/load-stage.ts';

const HELP = `Builds the pop-up that asks for a call: packages/pop-up/.

  npm run visual-ivr -- build [--stage NAME --out FOLDER --availability-url URL --consent-url URL]

  --stage NAME   the stage whose telephone numbers the pop-up accepts, and whose number it announces (default dev)
  --out FOLDER   where the files go (default visual-ivr/dist)
  --availability-url URL
                 where pages find the stage's availability.json (docs/availability.md), unless their setting
                 availability_url says otherwise; without either, the pop-up promises nothing
  --consent-url URL
                 your privacy policy, linked where visitors type their number, unless the setting consent_url of the page
                 says otherwise
  --help         this text

Writes template.html, style.css and script.js for the three tabs of a KARTE action, visual-ivr.js for any page, and
operator.html for operators: it checks the inquiry number that a customer reads out.
docs/karte-setup.md leads through KARTE.
`;

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      stage: { type: 'string', default: 'dev' },
      out: { type: 'string', default: 'visual-ivr/dist' },
      'availability-url': { type: 'string', default: '' },
      'consent-url': { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, ...more] = positionals;
  if (values.help || command === undefined) {
    process.stdout.write(HELP);
    return values.help ? EXIT.fine : EXIT.unusable;
  }
  if (command !== 'build') throw new UsageError(`there is no command ${command}: expected build`);
  if (more.length > 0) throw new UsageError(`expected only options after build, found ${more[0]}`);
  return build(values.stage, values.out, {
    availabilityUrl: checkedAddress('--availability-url', values['availability-url'], 'availability.json'),
    consentUrl: checkedAddress('--consent-url', values['consent-url'], 'your privacy policy'),
  });
}

/** An address that a page can fetch or link to; a mistake would only show in the browser. */
function checkedAddress(option: string, address: string, of: string): string {
  if (address === '' || /^(https?:\/)?\/[^\s"'<>\\]+$/.test(address)) return address;
  throw new UsageError(`${option} must be the address of ${of}: https://… or /…`);
}

async function build(stageName: string, folder: string, addresses: BuiltInAddresses): Promise<number> {
  const stage = loadStage(stageName);
  // Imported lazily, so that --help and usage errors are answered at once.
  const { buildVisualIvr, gzipSize, SCRIPT_LIMIT } = await import('../packages/pop-up/build-pop-up.ts');
  const { operatorFile } = await import('../packages/sandbox/board/operator/operator-page.ts');
  const [{ template, style, script, embed, sizes }, operator] = await Promise.all([
    buildVisualIvr(stage, addresses),
    operatorFile(),
  ]);
  const files: BuiltFile[] = [
    { name: 'template.html', text: template, goes: 'HTML tab of the KARTE action' },
    { name: 'style.css', text: style, goes: 'CSS tab of the same action' },
    { name: 'script.js', text: script, goes: 'Script tab of the same action' },
    {
      name: 'visual-ivr.js',
      text: embed,
      goes: 'instead of the three: any page, by <script src="…/visual-ivr.js" defer></script>',
    },
    { name: 'operator.html', text: operator, goes: 'to operators: any browser opens it, no server needed' },
  ];
  await writeTogether('--out', folder, files);

  const weighs = `Without the phone rules the script is ${bytes(sizes.scriptWithoutPhoneRules)} gzipped, of at most ${bytes(SCRIPT_LIMIT)}`;
  print(`The pop-up for stage ${stageName} is in ${folder}.

${table([
  ['file', 'bytes', 'gzip', 'goes where'],
  ...files.map(({ name, text, goes }) => [name, count(Buffer.byteLength(text)), count(gzipSize(text)), goes]),
])}

${weighs}; the phone rules are ${bytes(sizes.phoneRules)}.
If you write your own confirm_note and done_note, do not promise an immediate call: nobody may be there to take it.
Next: docs/karte-setup.md leads through KARTE (日本語: docs/karte-setup.ja.md).
`);
  for (const warning of warningsAbout(stageName, stage, addresses)) complain(`Note: ${warning}`);
  if (sizes.scriptWithoutPhoneRules <= SCRIPT_LIMIT) return EXIT.fine;
  complain(
    'the script exceeds its size limit: make it smaller, or raise SCRIPT_LIMIT in packages/pop-up/build-pop-up.ts',
  );
  return EXIT.problems;
}

interface BuiltFile {
  name: string;
  text: string;
  /** Where it is pasted or put. */
  goes: string;
}

const count = (number: number): string => number.toLocaleString('en');
const bytes = (number: number): string => `${count(number)} bytes`;

/** Columns as wide as their widest text; numbers are right-aligned. */
function table(rows: readonly (readonly string[])[]): string {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const [name, size, packed] = [width(0), width(1), width(2)];
  return rows
    .map(
      ([file = '', raw = '', gzip = '', goes = '']) =>
        `  ${file.padEnd(name)}  ${raw.padStart(size)}  ${gzip.padStart(packed)}  ${goes}`,
    )
    .join('\n');
}

await runCommand(main, (error) =>
  error instanceof Error && error.name === 'KarteTabError' ? error.message : undefined,
);
