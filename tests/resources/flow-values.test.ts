import { createRequire } from 'node:module';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { checkStage } from '../../resources/load-stage.ts';
import { dev } from './stage-of-dev.ts';

const contactFlows = createRequire(import.meta.url)('../../resources/contact-flows.cjs');

interface Flow {
  Properties: { Content: string | { 'Fn::Sub': [string, unknown] } };
}

/** The texts and recordings of the flows that a stage with these values deploys. */
async function deployed(flowValues: Record<string, string>): Promise<string> {
  const file = checkStage({ ...dev, connect: { ...dev.connect, flowVersions: false, flowValues } }, 'dev');
  const resolveVariable = async (name: string) => (name === 'sls:stage' ? 'dev' : { file, environment: {} });
  const { Resources } = (await contactFlows({ resolveVariable })) as { Resources: Record<string, Flow> };
  const contents = Object.values(Resources).map(({ Properties: { Content } }) =>
    typeof Content === 'string' ? Content : Content['Fn::Sub'][0],
  );
  return contents.join('\n');
}

let warned: unknown[];
beforeEach(() => {
  warned = [];
  vi.spyOn(console, 'warn').mockImplementation((...words) => void warned.push(...words));
});

const GUIDE = { CompanyName: 'KARTEサポート窓口' };
const OTHER = { CompanyName: 'みどり銀行お客様相談室', ServiceName: 'みどりダイレクト' };
const MUSIC =
  'arn:aws:connect:ap-northeast-1:123456789012:instance/00000000-0000-4000-8000-000000000001/prompt/00000000-0000-4000-8000-00000000d001';

describe('the contact flows of a stage', () => {
  it('speak the words of the guide, wait in silence and say nothing of a recording, unless told otherwise', async () => {
    const flows = await deployed(GUIDE);
    expect(flows).toContain('"いつもKARTEをご利用いただきありがとうございます。"');
    expect(flows).toContain('"KARTEの利用をご検討いただきありがとうございます。"');
    expect(flows).toContain('お電話を差し上げました。"');
    expect(flows).not.toContain('PromptId');
    expect(warned).toEqual([]);
  });

  it("speak of another company's service, in every sentence", async () => {
    const flows = await deployed(OTHER);
    expect(flows).toContain('"いつもみどりダイレクトをご利用いただきありがとうございます。"');
    expect(flows).not.toContain('KARTE');
    expect(warned).toEqual([]);
  });

  it('are told of a value that still names the firm of the guide', async () => {
    await deployed({ ...GUIDE, ServiceName: 'みどりダイレクト' });
    expect(warned).toEqual([
      expect.stringMatching(
        /^settings\/dev\.yml: connect\.flowValues\.CompanyName is "KARTEサポート窓口", and KARTE is another company's: block "Greet" of contact-flows\/call-me\.json says 「KARTEサポート窓口でございます。/,
      ),
    ]);
  });

  it("are told of the sentences that name the guide's service, where only the firm was written and is another one", async () => {
    await deployed({ CompanyName: 'みどり銀行お客様相談室' });
    expect(warned).toEqual([
      'settings/dev.yml: connect.flowValues.ServiceName is "KARTE", and KARTE is another company\'s: ' +
        'block "Thank member" of contact-flows/call-me.json says 「いつもKARTEをご利用いただきありがとうございます。」, ' +
        'block "Thank visitor" of contact-flows/call-me.json says 「KARTEの利用をご検討いただきありがとうございます。」. ' +
        'Write there what customers should hear.',
    ]);
  });

  it('are not told of a service that was written, even the one of the guide', async () => {
    await deployed({ CompanyName: 'みどり銀行お客様相談室', ServiceName: 'KARTE' });
    expect(warned).toEqual([]);
  });

  it('play the music and announce the recording of the stage', async () => {
    const flows = await deployed({ ...GUIDE, HoldMusic: MUSIC, RecordingNotice: 'この通話は録音いたします。' });
    // Two in the queue's round, one on hold, and one in each where no Japanese voice can be set.
    expect(flows.split(JSON.stringify({ PromptId: MUSIC }))).toHaveLength(8);
    expect(flows).toContain('お電話を差し上げました。この通話は録音いたします。"');
    expect(flows).toContain('窓口でございます。この通話は録音いたします。"');
  });
});
