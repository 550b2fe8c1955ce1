import {
  type FlowStep,
  type KeyQuestion,
  type LoopMessage,
  messageSeconds,
  SECONDS_TO_PRESS,
  stepSeconds,
  type Voice,
} from 'connect-flow-kit';

/** What happens while a flow plays. */
interface FlowPlay {
  /** Of speech, for each spoken character. */
  secondsPerCharacter: number;
  /** Calls back after this many seconds of call time; a new wait replaces the previous one. */
  wait(seconds: number, then: () => void): void;
  /** Every step, when the flow reaches it. */
  took(step: FlowStep): void;
  /** Keys are asked for from now on: `press` receives each. */
  asks(question: KeyQuestion, press: (key: string) => void): void;
  /** What the customer presses unasked; undefined if nothing. */
  pressesByItself(question: KeyQuestion): string | undefined;
  /** Keys are no longer listened for; these were pressed. */
  entered(keys: string): void;
  /** A function is invoked; the run continues when it has responded. Immediately if not given. */
  asksFunction?(question: FunctionAsked, then: () => void): void;
  /** Something is heard. */
  hears(text: string, block: string, voice?: Voice): void;
  /** The flow is over; `last` says how. */
  over(last: FlowStep | undefined): void;
}

type KeysAsked = FlowStep & { kind: 'ask' };
type FunctionAsked = FlowStep & { kind: 'ask-function' };

/** One pass through a loop of prompts lasts at least this long, so that an empty one does not spin. */
const SHORTEST_LOOP_SECONDS = 1;

/** Plays a run in call time: each step when the previous one has been heard. */
export function playFlow(walk: Iterator<FlowStep, void>, play: FlowPlay): void {
  const { secondsPerCharacter, wait, took, hears, over } = play;
  let last: FlowStep | undefined;
  /** The keys that are asked for while their prompt is heard. */
  let prompted: KeysAsked | undefined;

  /** Follows the flow to the next thing that takes time. */
  function goOn(): void {
    for (let next = walk.next(); !next.done; next = walk.next()) {
      const step = next.value;
      if (step.kind === 'ask') {
        listen(step);
        if (!step.prompt) {
          waitForKeys(step);
          return;
        }
        prompted = step;
        continue;
      }
      if (step.kind === 'ask-function') {
        if (!play.asksFunction) continue;
        play.asksFunction(step, goOn);
        return;
      }
      last = step;
      took(step);
      if (step.kind === 'say') hears(step.text, step.block, step);
      if (step.kind === 'play') hears(recording(step.recording), step.block);
      if (step.kind === 'loop') {
        playLoop(step);
        return;
      }
      if (step.kind === 'keys') continue;
      const seconds = stepSeconds(step, secondsPerCharacter);
      if (prompted) {
        const question = prompted;
        prompted = undefined;
        if (isHeard(step)) {
          wait(seconds, () => waitForKeys(question));
          return;
        }
        play.entered('');
      }
      if (seconds > 0) {
        wait(seconds, goOn);
        return;
      }
    }
    over(last);
  }

  /** From now on a key counts immediately, even in the middle of the prompt. */
  function listen(question: KeysAsked): void {
    let pressed = '';
    play.asks(question, (key) => {
      pressed += key;
      wait(question.isEnough(pressed) ? 0 : question.secondsBetween, () => enter(pressed));
    });
  }

  function waitForKeys(question: KeysAsked): void {
    const byItself = play.pressesByItself(question);
    wait(byItself === undefined ? question.seconds : SECONDS_TO_PRESS, () => enter(byItself ?? ''));
  }

  function enter(keys: string): void {
    play.entered(keys);
    goOn();
  }

  function playLoop(loop: FlowStep & { kind: 'loop' }): void {
    const interruptAt = loop.interruptAfterSeconds ?? Number.POSITIVE_INFINITY;
    const { message: first, seconds: heardBefore } = loop.from ?? { message: 0, seconds: 0 };
    const playFrom = (index: number, elapsed: number, skipped = 0): void => {
      const message = loop.messages[index];
      if (elapsed >= interruptAt || message === undefined) {
        goOn();
        return;
      }
      if (skipped === 0) hearMessage(message, loop);
      const isLast = index === loop.messages.length - 1;
      const heard = messageSeconds(message, secondsPerCharacter) - skipped;
      const seconds = Math.min(isLast ? Math.max(heard, SHORTEST_LOOP_SECONDS) : heard, interruptAt - elapsed);
      wait(seconds, () => playFrom(isLast ? 0 : index + 1, elapsed + seconds));
    };
    playFrom(first, 0, heardBefore);
  }

  function hearMessage(message: LoopMessage, loop: FlowStep & { kind: 'loop' }): void {
    if (message.kind === 'text' && message.text !== '') hears(message.text, loop.block, loop);
    if (message.kind === 'recording') hears(recording(message.recording), loop.block);
  }

  goOn();
}

/** A prompt that contains only breaks is a silence. */
const isHeard = ({ kind }: FlowStep): boolean => kind === 'say' || kind === 'play' || kind === 'wait';

const recording = (name: string): string => `[recording ${name}]`;
