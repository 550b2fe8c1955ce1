import type { FaultKind } from '../../connect/connect-faults.ts';
import type { Answer } from '../../connect/live-call.ts';
import type { Operation } from '../../connect/quotas.ts';
import type { BoardAction, WorldView } from '../protocol.ts';
import { TEXTS } from './board-texts.ts';
import { ANSWER_WORDS, FAULT_WORDS, OPERATION_WORDS, SAMPLE_WORDS } from './code-words.ts';
import { useSay } from './language.tsx';
import { Panel } from './parts.tsx';

type OnAction = (action: BoardAction) => void;

/** What is switched while it runs. */
export function Switches({ world, onAction }: { world: WorldView; onAction: OnAction }) {
  const say = useSay();
  const { stopped, answer, karte } = world;
  return (
    <Panel id="switches" title={TEXTS.switches} help={TEXTS.switchesHelp} closed="narrow">
      <p class="switch">
        <span class={stopped ? 'tag alarm' : 'tag'}>{say(stopped ? TEXTS.stopped : TEXTS.notStopped)}</span>
        <button
          type="button"
          class={stopped ? '' : 'danger'}
          onClick={() => onAction({ do: stopped ? 'resume' : 'stop' })}
        >
          {say(stopped ? TEXTS.resume : TEXTS.stop)}
        </button>
      </p>
      <fieldset>
        <legend>{say(TEXTS.answerMode)}</legend>
        {Object.entries(ANSWER_WORDS).map(([value, words]) => (
          <label key={value}>
            <input
              type="radio"
              name="answer"
              checked={answer === value}
              onChange={() => onAction({ do: 'set-answer', answer: value as Answer })}
            />
            {say(words)}
          </label>
        ))}
      </fieldset>
      <label>
        <input
          type="checkbox"
          checked={karte.oncePerAccess}
          aria-describedby="once-per-access"
          onChange={({ currentTarget: { checked } }) => onAction({ do: 'set-karte', oncePerAccess: checked })}
        />
        {say(TEXTS.oncePerAccess)}
      </label>
      <p id="once-per-access" class="dim">
        {say(TEXTS.oncePerAccessHelp)}
      </p>
    </Panel>
  );
}

/** What shall go wrong next. */
export function Faults({ faults, onAction }: { faults: WorldView['faults']; onAction: OnAction }) {
  const say = useSay();
  return (
    <Panel id="faults" title={TEXTS.faults} help={TEXTS.faultsHelp} closed="narrow">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          onAction({
            do: 'add-fault',
            kind: form.get('kind') as FaultKind,
            operation: form.get('operation') as Operation,
            times: Number(form.get('times')),
          });
        }}
      >
        <label>
          {say(TEXTS.faultKind)}
          <select name="kind">
            {Object.entries(FAULT_WORDS).map(([value, words]) => (
              <option key={value} value={value}>
                {say(words)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say(TEXTS.operation)}
          <select name="operation">
            {Object.entries(OPERATION_WORDS).map(([value, words]) => (
              <option key={value} value={value}>
                {value} ({say(words)})
              </option>
            ))}
          </select>
        </label>
        <label>
          {say(TEXTS.times)}
          <input type="number" name="times" min={1} max={1000} required defaultValue="1" />
        </label>
        <button type="submit">{say(TEXTS.addFault)}</button>
      </form>
      {faults.length === 0 ? (
        <p class="empty">{say(TEXTS.noFaults)}</p>
      ) : (
        <>
          <ul class="faults">
            {faults.map(({ kind, operation, times }, index) => (
              <li key={`${index} ${kind}`}>
                {say(FAULT_WORDS[kind])} – <code>{operation}</code> × {times}
              </li>
            ))}
          </ul>
          <button type="button" class="quiet" onClick={() => onAction({ do: 'clear-faults' })}>
            {say(TEXTS.clearFaults)}
          </button>
        </>
      )}
    </Panel>
  );
}

/** Events to send without a visitor. */
export function TryOut({ onAction }: { onAction: OnAction }) {
  const say = useSay();
  return (
    <Panel id="try-out" title={TEXTS.tryOut} help={TEXTS.tryOutHelp}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onAction({ do: 'send-sample', name: String(new FormData(event.currentTarget).get('name')) });
        }}
      >
        <label>
          {say(TEXTS.sample)}
          <select name="name">
            {Object.entries(SAMPLE_WORDS).map(([value, words]) => (
              <option key={value} value={value}>
                {say(words)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">{say(TEXTS.send)}</button>
      </form>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onAction({ do: 'crowd', count: Number(new FormData(event.currentTarget).get('count')) });
        }}
      >
        <label>
          {say(TEXTS.crowd)}
          <input type="number" name="count" min={1} max={200} required defaultValue="20" />
        </label>
        <button type="submit">{say(TEXTS.sendCrowd)}</button>
      </form>
    </Panel>
  );
}
