import { dynamoCallsTable } from '../adapters/calls-table.ts';
import { amazonConnect } from '../adapters/connect.ts';
import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { countOutcome } from '../adapters/metrics.ts';
import { dynamoSharedState, REAL_CLOCK } from '../adapters/shared-state/shared-state.ts';
import { dynamoWaitingRoom } from '../adapters/waiting-room.ts';
import { type RoadDependencies, road, stepOf } from './road-steps.ts';
import { connectReadings } from './shared/connect-readings.ts';

const { stage, callsTable, guardsTable, leasesTable, waitingRoomTable } = readEnvironment();
const documents = dynamoDocuments();
const shared = dynamoSharedState({ guardsTable, leasesTable, keptDays: stage.recordRetentionDays }, documents);
const connect = amazonConnect(stage.connect);
const now = () => new Date();

const dependencies: RoadDependencies = {
  stage,
  calls: dynamoCallsTable(callsTable, documents),
  connect,
  centre: connectReadings(connect, shared.readings, stage, now),
  shared,
  room: dynamoWaitingRoom(waitingRoomTable, documents),
  now,
  pause: REAL_CLOCK.pause,
  log: logger,
  count: countOutcome,
};

/** The steps of a request that was admitted: whatever runs one of them is warm for the next. */
export const handler = lambdaHandler(stepOf, road(dependencies));
