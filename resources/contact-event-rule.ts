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

/** What happens to a contact after it began. */
const LATER = ['CONNECTED_TO_SYSTEM', 'QUEUED', 'CONNECTED_TO_AGENT', 'DISCONNECTED', 'COMPLETED'];

/**
 * Which contact events trackContact is told of, as the alternatives of a rule's `$or`. A call of ours may go on as a contact that
 * began in any way. The beginning of contacts that API requests make is known to the one who asked; that of calls from outside is
 * told for the stage's own number alone, once it has one.
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
 * The instance whose contacts these are, by the end of its ARN: an existing one's id is in the settings, and CloudFormation fills in
 * that of one it makes.
 */
export const contactInstance = ({ connect: { instanceId } }: Pick<StageFile, 'connect'>): Pattern => ({
  suffix: instanceId === CREATE ? { 'Fn::Sub': `:instance/\${${logicalIds.instance}.Id}` } : `:instance/${instanceId}`,
});
