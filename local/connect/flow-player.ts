import { messageSeconds, stepSeconds } from '../../flow-language/simulate/speech.ts';
import type { FlowStep, LoopMessage } from '../../flow-language/simulate/steps.ts';
import type { Voice } from '../../flow-language/voices.ts';

/** What happens while a flow plays. */
export interface FlowPlay {
  /** Of speech, for each character that is spoken. */
  secondsPerCharacter: number;
  /** Calls back after so many seconds of the call's life; a new wait replaces the one before. */
  wait(seconds: number, then: () => void): void;
  /** Every step, when the flow gets there. */
  took(step: FlowStep): void;
  /** Something is heard. */
  hears(text: string, block: string, voice?: Voice): void;
  /** The flow is over; `last` says how. */
  over(last: FlowStep | undefined): void;
}

/** One pass through a loop of prompts lasts at least this long, so that an empty one does not spin. */
const SHORTEST_LOOP_SECONDS = 1;

/** Plays a walk in the time of the call: each step when the one before has been heard. */
export function playFlow(walk: Iterator<FlowStep, void>, play: FlowPlay): void {
  const { secondsPerCharacter, wait, took, hears, over } = play;
  let last: FlowStep | undefined;

  /** Follows the flow to the next thing that takes time. */
  function goOn(): void {
    for (let next = walk.next(); !next.done; next = walk.next()) {
      const step = next.value;
      last = step;
      took(step);
      if (step.kind === 'say') hears(step.text, step.block, step);
      if (step.kind === 'play') hears(recording(step.recording), step.block);
      if (step.kind === 'loop') {
        playLoop(step);
        return;
      }
      const seconds = stepSeconds(step, secondsPerCharacter);
      if (seconds > 0) {
        wait(seconds, goOn);
        return;
      }
    }
    over(last);
  }

  function playLoop(loop: FlowStep & { kind: 'loop' }): void {
    const interruptAt = loop.interruptAfterSeconds ?? Number.POSITIVE_INFINITY;
    const playFrom = (index: number, elapsed: number): void => {
      const message = loop.messages[index];
      if (elapsed >= interruptAt || message === undefined) {
        goOn();
        return;
      }
      hearMessage(message, loop);
      const isLast = index === loop.messages.length - 1;
      const heard = messageSeconds(message, secondsPerCharacter);
      const seconds = Math.min(isLast ? Math.max(heard, SHORTEST_LOOP_SECONDS) : heard, interruptAt - elapsed);
      wait(seconds, () => playFrom(isLast ? 0 : index + 1, elapsed + seconds));
    };
    playFrom(0, 0);
  }

  function hearMessage(message: LoopMessage, loop: FlowStep & { kind: 'loop' }): void {
    if (message.kind === 'text' && message.text !== '') hears(message.text, loop.block, loop);
    if (message.kind === 'recording') hears(recording(message.recording), loop.block);
  }

  goOn();
}

const recording = (name: string): string => `[recording ${name}]`;
