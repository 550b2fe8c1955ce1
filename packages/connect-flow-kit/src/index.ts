// The library: everything here is pure, without files or network.
export type { FlowKitConfig, FlowStage } from './config.ts';
export { compareFlows } from './diff/compare-flows.ts';
export { type FlowAction, type FlowDocument, type NamedFlow, readFlow } from './document.ts';
export { lintFlow } from './lint/lint.ts';
export { rulesPage } from './lint/rules-page.ts';
export type { CallCase } from './simulate/call-case.ts';
export type { FlowStep, LoopMessage } from './simulate/flow-steps.ts';
export { type FlowWorld, type KeyQuestion, newContact, type QueueNow } from './simulate/flow-world.ts';
export { SECONDS_TO_PRESS } from './simulate/input-blocks.ts';
export { bufferKeys } from './simulate/key-buffer.ts';
export { simulateCall } from './simulate/simulate-call.ts';
export { messageSeconds, SECONDS_PER_CHARACTER, stepSeconds } from './simulate/speech.ts';
export { walkFlow } from './simulate/walk-flow.ts';
export type { Voice } from './voices.ts';
