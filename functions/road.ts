import { dynamoCallsTable } from '../adapters/calls-table.ts';
import { amazonConnect } from '../adapters/connect.ts';
import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { measure } from '../adapters/measure.ts';
import { dynamoSharedState, REAL_CLOCK } from '../adapters/shared-state/shared-state.ts';
import { onStage, stageIds } from '../adapters/stage-ids.ts';
import { dynamoWaitingRoom } from '../adapters/waiting-room.ts';
import type { StageSettings } from '../domain/stage-settings.ts';
import { lastStep, type RoadDependencies, road, stepOf } from './road-steps.ts';
import { connectReadings } from './shared/connect-readings.ts';

const { settings, idsParameter, callsTable, guardsTable, leasesTable, waitingRoomTable } = readEnvironment();
const documents = dynamoDocuments();
const shared = dynamoSharedState({ guardsTable, leasesTable, keptDays: settings.recordRetentionDays }, documents);
const ids = stageIds(idsParameter);
const now = () => new Date();

/** What a request needs to end; everything else depends on ids that may be unreadable. */
const ending = {
  stage: settings,
  wholeStage: () => ids.complete(settings),
  calls: dynamoCallsTable(callsTable, documents),
  shared,
  room: dynamoWaitingRoom(waitingRoomTable, documents),
  now,
  log: logger,
  measure,
};

function dependenciesOf(stage: StageSettings): RoadDependencies {
  const connect = amazonConnect(stage.connect);
  return {
    ...ending,
    stage,
    connect,
    centre: connectReadings(connect, shared.readings, stage, now),
    ids,
    pause: REAL_CLOCK.pause,
  };
}

const end = lastStep(ending);
const runStep = onStage(settings, ids, (stage) => road(dependenciesOf(stage)));

/** The steps of an admitted request, in one function, so that it is warm for the next step. */
export const handler = lambdaHandler(stepOf, async function onRoad(input: unknown, context) {
  return stepOf(input) === 'RecordOutcome' ? end(input) : runStep(input, context);
});
