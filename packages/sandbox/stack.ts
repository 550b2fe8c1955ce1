import type { Controls } from '../../adapters/shared-state/controls.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import type { Activity } from './board/activity.ts';
import type { ConnectModel } from './connect/model.ts';
import type { MetricStore } from './dashboard/metric-store.ts';
import type { Delivery, Event, LocalEventBus } from './event-bus.ts';
import type { Karte } from './karte-model.ts';
import type { KarteTrackApi } from './karte-track-api.ts';
import type { LocalFunctions } from './local-functions.ts';
import type { Service } from './service.ts';
import type { LocalQueues } from './sqs-queues.ts';
import type { Execution, LocalStateMachine } from './state-machine.ts';

/** The whole path on this machine. `close()` leaves nothing behind. */
export interface Stack {
  url: string;
  service: Service;
  connect: ConnectModel;
  bus: LocalEventBus;
  stateMachine: LocalStateMachine;
  functions: LocalFunctions;
  queues: LocalQueues;
  karte: Karte;
  /** Reports to KARTE, in a stage that sends them. */
  trackApi: KarteTrackApi;
  /** The board's view of the requests. */
  activity: Activity;
  /** Metrics of the functions, and those that AWS would have counted. */
  metrics: MetricStore;
  /** Secrets of AWS Secrets Manager, by name. */
  secrets: Readonly<Record<string, string>>;
  /** Switches at run time. */
  controls: Controls;
  /** Puts an event on the bus. */
  put(event: Event): Delivery;
  /** Hands a notification to acceptSnsNotification, and returns the executions it started or found. */
  notify(notification: unknown): Promise<Execution[]>;
  /** Invalidates the functions' readings of the queues, after a change on this machine. */
  forgetReadings(): Promise<void>;
  records(): Promise<CallRecord[]>;
  record(requestId: string): Promise<CallRecord | undefined>;
  /** Runs a function that has a schedule in serverless.yml now. Rejects with the function's own error. */
  runScheduled(functionName: string): Promise<void>;
  /** Resolves when no execution runs, no call is going on, and what they told has been heard; a scheduled run too. */
  idle(): Promise<void>;
  close(): Promise<void>;
}
