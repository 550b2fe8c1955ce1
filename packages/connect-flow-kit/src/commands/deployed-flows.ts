import { forgetAwsOfShell } from '../../../../resources/aws-of-the-shell.ts';
import { type LoadedStage, loadStage, SERVICE, StageSettingsError } from '../../../../resources/load-stage.ts';
import { UsageError } from '../command-line.ts';
import { deployedFlowName } from '../files/contact-flow-files.ts';

/** A stage as a command names it. A name that is none is a user's mistake. */
export function stageNamed(name: string): LoadedStage {
  try {
    return loadStage(name, Number(process.env.PORT ?? 4545));
  } catch (error) {
    if (error instanceof StageSettingsError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/** What the flow of this file is called on the instance. */
export const deployedName = (stage: string, flow: string): string => deployedFlowName(SERVICE, stage, flow);

/**
 * Asks Amazon Connect for the flows of a stage's instance: name → ARN. The stage `local` is the running `npm start`.
 * Throws `UsageError` where the instance cannot be asked.
 */
export async function deployedFlows(stage: string, { file, environment }: LoadedStage): Promise<Map<string, string>> {
  // Loaded late: --help and a mistake are answered at once.
  const { ConnectClient, paginateListContactFlows } = await import('@aws-sdk/client-connect');
  const endpoint = environment.AWS_ENDPOINT_URL_CONNECT;
  if (stage === 'local') forgetAwsOfShell();
  const client = new ConnectClient({
    region: file.region,
    ...(endpoint && { endpoint, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
  });
  try {
    const flows = new Map<string, string>();
    for await (const page of paginateListContactFlows({ client }, { InstanceId: file.connect.instanceId })) {
      for (const { Name, Arn } of page.ContactFlowSummaryList ?? []) {
        if (Name !== undefined && Arn !== undefined) flows.set(Name, Arn);
      }
    }
    return flows;
  } catch (cause) {
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}`.split('\n')[0] : '';
    const what =
      stage === 'local'
        ? 'start the local stack with npm start (and give the same PORT)'
        : 'it takes a network that reaches AWS, and credentials (such as AWS_PROFILE) that may list its contact flows';
    throw new UsageError(`the Amazon Connect instance of stage ${stage} cannot be asked (${why}): ${what}`, { cause });
  } finally {
    client.destroy();
  }
}
