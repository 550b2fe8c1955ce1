import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Less than half a second of a tone by a real encoder: 24 kHz, one channel, as Amazon Polly's MP3 is. */
const TONE = readFileSync(new URL('tone.mp3', import.meta.url));

/** What SynthesizeSpeech is asked for. */
interface SpeechRequest {
  VoiceId: string;
  Engine: string;
  TextType: string;
  Text: string;
  OutputFormat: string;
}

interface PollyDouble {
  /** Environment of a command that is to ask it. */
  env: Record<string, string>;
  seen: SpeechRequest[];
  /** Region of each request, by its signature. */
  regions: string[];
  /** Errors of the next requests, oldest first, by name and message; then everything is spoken. */
  errors: { name: string; message?: string }[];
  /** Speaks everything with this. */
  mp3: Buffer;
  close(): Promise<void>;
}

/** Amazon Polly for the real SDK, over HTTP. It says everything by one tone. */
export async function startPolly(): Promise<PollyDouble> {
  const seen: SpeechRequest[] = [];
  const regions: string[] = [];
  const errors: PollyDouble['errors'] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push(JSON.parse(body) as SpeechRequest);
    regions.push(/Credential=\w+\/\d+\/([\w-]+)\/polly\//.exec(request.headers.authorization ?? '')?.[1] ?? 'none');
    const error = errors.shift();
    if (error) {
      response.writeHead(400, { 'content-type': 'application/json', 'x-amzn-errortype': error.name });
      response.end(JSON.stringify({ message: error.message ?? 'no' }));
      return;
    }
    const characters = String([...(seen.at(-1)?.Text ?? '').replace(/<[^>]*>/g, '')].length);
    response.writeHead(200, { 'content-type': 'audio/mpeg', 'x-amzn-requestcharacters': characters });
    response.end(TONE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      AWS_ENDPOINT_URL_POLLY: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_REGION: 'ap-northeast-1',
    },
    seen,
    regions,
    errors,
    mp3: TONE,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
