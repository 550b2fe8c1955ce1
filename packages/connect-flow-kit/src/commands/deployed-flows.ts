import { UsageError } from '../command-line.ts';
import type { FlowStage } from '../config.ts';

/**
 * Asks Amazon Connect for the flows of a stage's instance: name → ARN. Throws `UsageError` if the instance cannot be
 * asked.
 *
 * @param name of the stage, for the sentence
 */
export async function deployedFlows(name: string, stage: FlowStage): Promise<Map<string, string>> {
  // Imported lazily, so that --help and usage errors are answered at once.
  const { ConnectClient, paginateListContactFlows } = await import('@aws-sdk/client-connect');
  const { region, endpoint, instanceId } = stage;
  const client = new ConnectClient({
    region,
    ...(endpoint !== undefined && { endpoint, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
  });
  try {
    const flows = new Map<string, string>();
    for await (const page of paginateListContactFlows({ client }, { InstanceId: instanceId })) {
      for (const { Name, Arn } of page.ContactFlowSummaryList ?? []) {
        if (Name !== undefined && Arn !== undefined) flows.set(Name, Arn);
      }
    }
    return flows;
  } catch (cause) {
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}`.split('\n')[0] : '';
    const what =
      stage.ifUnreachable ??
      'it takes a network that reaches AWS, and credentials (such as AWS_PROFILE) that may list its contact flows';
    throw new UsageError(`the Amazon Connect instance of stage ${name} cannot be asked (${why}): ${what}`, { cause });
  } finally {
    client.destroy();
  }
}
