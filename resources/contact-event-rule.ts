import { createRequire } from 'node:module';
import { CREATE } from '../domain/created-ids.ts';
import type { StageFile } from '../domain/stage-file.ts';

const { logicalIds } = createRequire(import.meta.url)('./connect-references.cjs') as {
  logicalIds: { instance: string };
};

/** A pattern of Amazon EventBridge, or a part of one. */
type Pattern = Readonly<Record<string, unknown>>;

/** Letter case varies in Amazon Connect's own samples. */
const anyCase = (...names: readonly string[]) => names.map((name) => ({ 'equals-ignore-case': name }));
const noneOf = (...names: readonly string[]) => [{ 'anything-but': { 'equals-ignore-case': names } }];

/** Events of a contact after its start. */
const LATER = ['CONNECTED_TO_SYSTEM', 'QUEUED', 'CONNECTED_TO_AGENT', 'DISCONNECTED', 'COMPLETED'];

/**
 * Which contact events go to trackContact, as the alternatives of a rule's `$or`. A call of ours may continue as a contact that
 * was initiated in any way. The start of contacts created by API requests is already known to the requester; the start of inbound
 * calls is only sent for the stage's own number, once it has one.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function contactEvents({ connect, callLog }: Pick<StageFile, 'connect' | 'callLog'>): Pattern[] {
  return [
    { eventType: anyCase(...LATER), initiationMethod: noneOf('INBOUND', 'OUTBOUND', 'MONITOR') },
    { eventType: anyCase('INITIATED'), initiationMethod: noneOf('API', 'INBOUND', 'OUTBOUND', 'MONITOR') },
    ...(connect.sourcePhoneNumber === null
      ? []
      : [
          {
            eventType: anyCase('INITIATED', ...LATER),
            initiationMethod: anyCase('INBOUND'),
            tags: { 'aws:connect:systemEndpoint': [connect.sourcePhoneNumber] },
          },
        ]),
    ...(callLog.agentCalls
      ? [{ eventType: anyCase('INITIATED', ...LATER), initiationMethod: anyCase('OUTBOUND') }]
      : []),
  ];
}

/**
 * The instance of these contacts, by the end of its ARN: the id of an existing one is in the settings, and CloudFormation fills in
 * that of one it creates.
 */
export const contactInstance = ({ connect: { instanceId } }: Pick<StageFile, 'connect'>): Pattern => ({
  suffix: instanceId === CREATE ? { 'Fn::Sub': `:instance/\${${logicalIds.instance}.Id}` } : `:instance/${instanceId}`,
});
