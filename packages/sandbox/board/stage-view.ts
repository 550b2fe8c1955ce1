import type { Stack } from '../stack.ts';
import { graphOf } from './graph-layout.ts';
import type { StageView } from './protocol.ts';

/** The stage as it is for as long as the stack is up. @param speed how many times faster than real time it runs */
export function stageView({ service }: Pick<Stack, 'service'>, speed: number): StageView {
  const { connect, routing, ...file } = service.stage.file;
  const { agents, callingHours, limits, offerCallBack, pacing, request, retryUnanswered, signature, whenClosed } = file;
  const { sourcePhoneNumber, ringTimeoutSeconds, pressToConnect } = connect;
  return {
    name: 'local',
    speed,
    graph: graphOf(service.stateMachine.definition),
    settings: {
      agents,
      callingHours,
      limits,
      offerCallBack,
      pacing,
      request,
      retryUnanswered,
      routing: routing as StageView['settings']['routing'],
      signature,
      whenClosed,
      connect: { sourcePhoneNumber, ringTimeoutSeconds, pressToConnect },
    },
  };
}
