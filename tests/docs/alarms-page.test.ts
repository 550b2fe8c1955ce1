import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { METRICS } from '../../domain/metrics.ts';
import { alarmsOf, type StageAlarms, WITH_EVERYTHING, watchedBy } from '../resources/stage-alarms.ts';
import { PROJECT } from '../run-command.ts';
import { alarmRow } from './alarm-row.ts';

let made: StageAlarms;
beforeAll(async () => {
  made = await alarmsOf('dev', WITH_EVERYTHING);
});

function page(): string {
  const alarms = Object.entries(made.alarms);
  const rows = alarms.map(([id, alarm]) => alarmRow(id, alarm, made.stage.file.alarms));
  const looked = alarms.reduce((sum, [, alarm]) => sum + watchedBy(alarm).length, 0);
  const always = Object.values(METRICS).filter(({ dimensions }) => dimensions[0]?.length === 0).length;
  return `# Alarms / アラーム

Written by \`npx vitest run tests/docs/alarms-page.test.ts --update\` from the deployed alarms: do not edit.

What each alarm means and what to do: [runbook.md](runbook.md#alarms--アラーム). Every alarm's text names its section, as a link if \`alarms.runbookUrl\` has the address of that page. The last column is the setting, a field of \`alarms\` in \`settings/<stage>.yml\`, with its default; null switches the alarm off. An alarm without a setting cannot be switched off.

各アラームの意味と対応は [runbook.md](runbook.md#alarms--アラーム) にあります。アラームの本文には該当する項目の場所が入り、\`alarms.runbookUrl\` にページの URL を設定すると、リンクとして開けます。設定は \`settings/<ステージ>.yml\` の \`alarms\` の項目で、表には既定値を示しています。null にするとそのアラームは作られません。設定のないアラームは、無効にできません。

| alarm | rings when | 鳴る条件 | metrics | window | setting |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

## Who is notified / 通知先

\`alarms.addresses\`: the stack makes an SNS topic, encrypted with its own key (CloudWatch cannot publish to a topic encrypted with the AWS managed key \`alias/aws/sns\`), and subscribes each address, whose owner must follow the link in the mail. You can also set a topic of your own as \`alarmTopicArn\`, instead or in addition. \`npm run calls -- alarm-test --stage dev\` shows who is notified and who has not confirmed; with \`--why\` it sets off one alarm as a test.

\`alarms.addresses\` にメールアドレスを書くと、専用の鍵で暗号化した SNS トピックをスタックが作成し、各アドレスを登録します (AWS が管理する鍵 \`alias/aws/sns\` で暗号化したトピックには、CloudWatch から送信できません)。届いたメールのリンクを開くまで、通知は届きません。お手持ちのトピックは \`alarmTopicArn\` に指定でき、併用もできます。\`npm run calls -- alarm-test --stage dev\` で通知先と未確認のアドレスを確認でき、\`--why\` を付けるとテストとしてアラームを 1 つ鳴らします。

## What it costs / 費用

These ${alarms.length} alarms watch ${looked} metrics, billed at $0.10 a month each: **$${(looked * 0.1).toFixed(2)} per month and stage** with everything switched on; the first ten in an account are free. The functions always write ${always} metrics, and one more for each outcome, reason, step and error in the hours in which it occurs, at $0.30 a month each: from $${(always * 0.3).toFixed(2)} a month. The topic's key costs $1 a month. Prices: [CloudWatch](https://aws.amazon.com/cloudwatch/pricing/) and [KMS](https://aws.amazon.com/kms/pricing/), as of November 2026. Those pages say that prices differ by region; the figures for Tokyo could not be read from them automatically, so check them before you rely on them.

アラームは ${alarms.length} 個、監視するメトリクスは延べ ${looked} 個です。1 個あたり月 0.10 ドルで、すべて有効にした場合は **1 ステージあたり月 ${(looked * 0.1).toFixed(2)} ドル** です (アカウントで最初の 10 個は無料)。関数が常に書き込むメトリクスは ${always} 個で、結果・理由・処理・エラーごとのメトリクスは発生した時間帯だけ加わります。1 個あたり月 0.30 ドル、合計は月 ${(always * 0.3).toFixed(2)} ドルからです。トピックの鍵は月 1 ドルです。料金は 2026 年 11 月時点のもので、リージョンにより異なります。東京の単価は公式ページから機械的に読み取れなかったため、ご利用前に [CloudWatch](https://aws.amazon.com/cloudwatch/pricing/) と [KMS](https://aws.amazon.com/kms/pricing/) の料金ページをご確認ください。
`;
}

it('is the page of the alarms that are deployed', async () => {
  await expect(page()).toMatchFileSnapshot(join(PROJECT, 'docs/alarms.md'));
});
