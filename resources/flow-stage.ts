import type { FlowStage } from 'connect-flow-kit';
import { parse } from 'yaml';
import * as z from 'zod';
import { FLOW_VALUES } from '../domain/stage-file.ts';
import { forgetAwsOfShell } from './aws-of-the-shell.ts';
import { checkStage, type LoadedStage, loadStage, SERVICE } from './load-stage.ts';

/** Values for the contact flows from a stage's settings. */
export function flowStage(stage: string, { file, environment }: Pick<LoadedStage, 'file' | 'environment'>): FlowStage {
  const isLocal = stage === 'local';
  const { flowValues: written } = file.connect;
  return {
    region: file.region,
    instanceId: file.connect.instanceId,
    endpoint: environment.AWS_ENDPOINT_URL_CONNECT,
    queues: file.connect.queues,
    defaultQueue: file.routing.default,
    flowValues: { ...FLOW_VALUES, ...written },
    functions: {
      RecognizeCallerFunction: file.recognizeCaller === null ? null : `${SERVICE}-${stage}-recognizeCaller`,
    },
    foreignNames: isOfTheGuide(written) ? [] : [FLOW_VALUES.ServiceName],
    valuesAt: { setting: 'connect.flowValues', file: `settings/${stage}.yml` },
    deployedName: (flow) => `${SERVICE}-${stage}-${flow}`,
    ...(isLocal && { ifUnreachable: 'start the local stack with npm start (and give the same PORT)' }),
    ifNotDeployed: isLocal ? 'restart npm start' : `deploy the stage first, npx sls deploy --stage ${stage}`,
  };
}

/** These flows were written for the company in the guide. A stage counts as customised if its service, or else its company, differs. */
const isOfTheGuide = ({ ServiceName, CompanyName }: FlowStage['flowValues']): boolean =>
  (ServiceName ?? CompanyName)?.includes(FLOW_VALUES.ServiceName) ?? true;

/** The same for a stage of settings/. Throws `StageSettingsError`. */
export function flowStageNamed(stage: string): FlowStage {
  if (stage === 'local') forgetAwsOfShell();
  return flowStage(stage, loadStage(stage, Number(process.env.PORT ?? 4545)));
}

/** The flow values of an older version of a stage file; if today's checks refuse it, those written in it. */
export function flowValuesIn(text: string, stage: string): FlowStage['flowValues'] {
  let content: unknown;
  try {
    content = parse(text);
    return { ...FLOW_VALUES, ...checkStage(content, stage).connect.flowValues };
  } catch {
    const written = WrittenValues.safeParse(content);
    return written.success ? written.data.connect.flowValues : {};
  }
}

const WrittenValues = z.object({ connect: z.object({ flowValues: z.record(z.string(), z.string()) }) });
