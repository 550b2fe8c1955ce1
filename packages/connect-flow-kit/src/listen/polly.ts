import { UsageError } from '../command-line.ts';
import type { Prompt } from './prompt.ts';

/** Amazon Polly's result for a prompt: MP3 and how many characters it charged, or why it cannot speak this one. */
type Answer = { prompt: Prompt; mp3: Uint8Array; characters: number } | { prompt: Prompt; refused: string };

/** Due to the text, not to the voice or the account: the next prompt may work. */
const REFUSED_TEXTS = ['InvalidSsmlException', 'TextLengthExceededException', 'LanguageNotSupportedException'];

/**
 * Has Amazon Polly speak prompts one by one, each with its voice and engine. Throws `UsageError` if it cannot
 * be reached or does not have the voice.
 *
 * @param region of the Amazon Connect instance, whose voices these are; undefined: as configured in the shell
 * @see https://docs.aws.amazon.com/polly/latest/dg/API_SynthesizeSpeech.html
 */
export async function* askPolly(prompts: readonly Prompt[], region: string | undefined): AsyncGenerator<Answer> {
  // Imported lazily: --help, mistakes and calls that were spoken before do not need it.
  const [{ PollyClient, SynthesizeSpeechCommand }, { NodeHttpHandler }] = await Promise.all([
    import('@aws-sdk/client-polly'),
    import('@smithy/node-http-handler'),
  ]);
  // By default, this client speaks HTTP/2, for bidirectional streams; not every proxy does.
  const requestHandler = new NodeHttpHandler();
  const client = new PollyClient({ requestHandler, ...(region !== undefined && { region }) });
  type Input = ConstructorParameters<typeof SynthesizeSpeechCommand>[0];
  try {
    for (const prompt of prompts) {
      const { voice, engine, text, ssml } = prompt;
      const input = {
        VoiceId: voice as Input['VoiceId'],
        Engine: engine.toLowerCase() as Input['Engine'],
        OutputFormat: 'mp3' as const,
        TextType: ssml === undefined ? ('text' as const) : ('ssml' as const),
        Text: ssml ?? text,
      };
      try {
        const { AudioStream, RequestCharacters = 0 } = await client.send(new SynthesizeSpeechCommand(input));
        const mp3 = await AudioStream?.transformToByteArray();
        if (mp3 === undefined || mp3.length === 0) throw new Error('the response contains no audio');
        yield { prompt, mp3, characters: RequestCharacters };
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        if (!REFUSED_TEXTS.includes(error.name))
          throw new UsageError(complaint(error, prompt, region), { cause: error });
        yield { prompt, refused: `Amazon Polly: ${firstLine(error)}` };
      }
    }
  } finally {
    client.destroy();
  }
}

function complaint(error: Error, { voice, engine }: Prompt, region = 'the region of your shell'): string {
  const why = `${error.name}: ${firstLine(error)}`;
  if (/Engine|voice/.test(why) && /EngineNotSupported|Validation/.test(error.name)) {
    return `Amazon Polly cannot speak as ${voice} (${engine}) in ${region} (${why}): set a voice in the flow that this region has, or give --stage of another region`;
  }
  return `Amazon Polly cannot be asked (${why}): ${adviceOn(error)}; what it has spoken so far is kept, and --speak has a program of yours speak in its place`;
}

function adviceOn({ name, message }: Error): string {
  if (/Throttl|TooManyRequests/.test(name)) {
    return 'it was asked too often, so run this again in a minute';
  }
  if (/AccessDenied/.test(name)) return 'your credentials must allow polly:SynthesizeSpeech';
  if (/Region is missing/.test(message)) return 'say which region, by --stage or AWS_REGION';
  return 'it takes a network that reaches AWS, and credentials (such as AWS_PROFILE) that allow polly:SynthesizeSpeech';
}

const firstLine = ({ message }: Error): string => message.split('\n')[0] ?? '';
