/** Widest line, in characters; longer ones are broken between words and continue indented. */
const COLUMNS = 118;
const INDENT = ' '.repeat(11);
/** Size of the typeface, in pixels. */
const CHARACTER = 7.25;
const LINE = 18;
const MARGIN = 20;

/** A command and what it printed. */
export interface TypedCommand {
  command: string;
  output: string;
}

/** A picture of a terminal, as SVG: each command with what it printed. */
export function terminalPicture(typed: readonly TypedCommand[]): string {
  const lines = typed.flatMap(({ command, output }) => [
    { text: `$ ${command}`, colour: '#7ee787' },
    ...output
      .trimEnd()
      .split('\n')
      .flatMap(broken)
      .map((text) => ({ text, colour: colourOf(text) })),
    { text: '', colour: '' },
  ]);
  lines.pop();
  const width = Math.ceil(COLUMNS * CHARACTER) + 2 * MARGIN;
  const height = lines.length * LINE + 2 * MARGIN;
  const shown = lines.map(({ text, colour }, index) => {
    const y = MARGIN + (index + 0.75) * LINE;
    return text === ''
      ? ''
      : `<text x="${MARGIN}" y="${y}" fill="${colour}" xml:space="preserve">${escaped(text)}</text>\n`;
  });
  const commands = typed.map(({ command }) => command).join(', ');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="12">
<title>${escaped(`A terminal with ${commands}`)}</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
${shown.join('')}</svg>
`;
}

function broken(line: string): string[] {
  if (line.length <= COLUMNS) return [line];
  const at = line.lastIndexOf(' ', COLUMNS);
  return [line.slice(0, at), ...broken(`${INDENT}${line.slice(at + 1)}`)];
}

function colourOf(line: string): string {
  if (/^ {2}error /.test(line)) return '#ff7b72';
  if (/^ {2}warning /.test(line)) return '#e3b341';
  return '#e6edf3';
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
