import type { FaultKind } from '../../connect/connect-faults.ts';
import type { Operation } from '../../connect/quotas.ts';
import type { BoardAction, WorldView } from '../protocol.ts';
import { TEXTS } from './board-texts.ts';
import { FAULT_WORDS, OPERATION_WORDS, SAMPLE_WORDS } from './code-words.ts';
import { useSay } from './language.tsx';
import { ChangedBy, Panel } from './parts.tsx';

type OnAction = (action: BoardAction) => void;

/** What is switched while it runs. */
export function Switches({ world, onAction }: { world: WorldView; onAction: OnAction }) {
  const say = useSay();
  const { karte } = world;
  return (
    <Panel id="switches" title={TEXTS.switches} help={TEXTS.switchesHelp}>
      <Stop world={world} onAction={onAction} />
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

/** The emergency stop. Anyone who switches it says why, as on the command line, for those who come after. */
function Stop({ world: { stopped, stopChange }, onAction }: { world: WorldView; onAction: OnAction }) {
  const say = useSay();
  return (
    <form
      class="stop"
      onSubmit={(event) => {
        event.preventDefault();
        const why = String(new FormData(event.currentTarget).get('why'));
        event.currentTarget.reset();
        onAction({ do: stopped ? 'resume' : 'stop', why });
      }}
    >
      <p>
        <span class={stopped ? 'tag alarm' : 'tag'}>{say(stopped ? TEXTS.stopped : TEXTS.notStopped)}</span>{' '}
        {stopChange && <ChangedBy {...stopChange} />}
      </p>
      <label>
        {say(TEXTS.why)}
        <input
          name="why"
          required
          pattern=".*\S.*"
          maxLength={500}
          placeholder={say(TEXTS.whyHint)}
          autocomplete="off"
        />
      </label>
      <button type="submit" class={stopped ? '' : 'danger'}>
        {say(stopped ? TEXTS.resume : TEXTS.stop)}
      </button>
    </form>
  );
}

/** What shall go wrong next. */
export function Faults({ faults, onAction }: { faults: WorldView['faults']; onAction: OnAction }) {
  const say = useSay();
  return (
    <Panel id="faults" title={TEXTS.faults} help={TEXTS.faultsHelp}>
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
          <input type="number" name="count" min={1} max={1000} required defaultValue="20" />
        </label>
        <button type="submit">{say(TEXTS.sendCrowd)}</button>
      </form>
    </Panel>
  );
}
