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

/** The whole path on this machine. Nothing of it is left after `close()`. */
export interface Stack {
  url: string;
  service: Service;
  connect: ConnectModel;
  bus: LocalEventBus;
  stateMachine: LocalStateMachine;
  functions: LocalFunctions;
  queues: LocalQueues;
  karte: Karte;
  /** What KARTE is told of requests and calls, in a stage that reports to it. */
  trackApi: KarteTrackApi;
  /** What the board knows of the requests. */
  activity: Activity;
  /** What the functions measured, and what AWS would have counted beside them. */
  metrics: MetricStore;
  /** Secrets of AWS Secrets Manager, by name. */
  secrets: Readonly<Record<string, string>>;
  /** What people switch at run time. */
  controls: Controls;
  /** Puts an event on the bus. */
  put(event: Event): Delivery;
  /** Hands a notification to acceptSnsNotification, and returns the executions it started or found. */
  notify(notification: unknown): Promise<Execution[]>;
  /** What functions have read of the queues counts no more: somebody at this machine has changed them. */
  forgetReadings(): Promise<void>;
  records(): Promise<CallRecord[]>;
  record(requestId: string): Promise<CallRecord | undefined>;
  /** Runs a function that has a schedule in serverless.yml now. Rejects with the function's own error. */
  runScheduled(functionName: string): Promise<void>;
  /** Resolves when no execution runs, no call is going on, and what they told has been heard; a scheduled run too. */
  idle(): Promise<void>;
  close(): Promise<void>;
}
