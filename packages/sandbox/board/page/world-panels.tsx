import { Fragment } from 'preact';
import type { Sentence } from '../../../../domain/outcome-row.ts';
import type { AgentStatus } from '../../connect/agents.ts';
import type { BoardAction, WorldView } from '../protocol.ts';
import { fromHours, hoursInWords, TEXTS, weekInWords } from './board-texts.ts';
import { STATUS_WORDS } from './code-words.ts';
import { useSay } from './language.tsx';
import { Panel } from './parts.tsx';
import { ZoneName } from './times.tsx';

type OnAction = (action: BoardAction) => void;

/** Who takes calls. */
export function Agents({ agents, onAction }: { agents: WorldView['agents']; onAction: OnAction }) {
  const say = useSay();
  return (
    <Panel id="agents" title={TEXTS.agents} help={TEXTS.agentsHelp}>
      {agents.length === 0 && <p class="empty">{say(TEXTS.agentsEmpty)}</p>}
      <ul class="cards">
        {agents.map(({ id, name, status, contactId, isTalking, afterCallWork }) => (
          <li key={id} class={`agent ${contactId === undefined ? status : 'busy'}`}>
            <span class="name">{name}</span>
            {contactId !== undefined && <span class="tag">{say(afterCallWork ? TEXTS.afterCall : TEXTS.onCall)}</span>}
            <select
              aria-label={`${name}: ${say(TEXTS.status)}`}
              value={status}
              onChange={({ currentTarget: { value } }) =>
                onAction({ do: 'set-agent', agent: id, status: value as AgentStatus })
              }
            >
              {Object.entries(STATUS_WORDS).map(([value, words]) => (
                <option key={value} value={value}>
                  {say(words)}
                </option>
              ))}
            </select>
            {isTalking && contactId !== undefined && (
              <button
                type="button"
                class="quiet"
                aria-label={`${name}: ${say(TEXTS.transfer)}`}
                onClick={() => onAction({ do: 'transfer', contact: contactId })}
              >
                {say(TEXTS.transfer)}
              </button>
            )}
            <button
              type="button"
              class="quiet"
              aria-label={`${name}: ${say(TEXTS.remove)}`}
              onClick={() => onAction({ do: 'remove-agent', agent: id })}
            >
              {say(TEXTS.remove)}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => onAction({ do: 'add-agent' })}>
        {say(TEXTS.addAgent)}
      </button>
    </Panel>
  );
}

/** Where requests and calls wait, and when that is open. */
export function Queues({ world, onAction }: { world: Pick<WorldView, 'queues' | 'callingHours'>; onAction: OnAction }) {
  const say = useSay();
  const { queues, callingHours } = world;
  return (
    <Panel id="queues" title={TEXTS.queues} help={TEXTS.queuesHelp}>
      <p class="calling-hours">
        {say(TEXTS.callingHours)}: <strong>{say(fromHours(callingHours.start, callingHours.end))}</strong> <ZoneName />{' '}
        <span class="tag">{say(callingHours.openNow ? TEXTS.mayRing : TEXTS.mayNotRing)}</span>
      </p>
      <ul class="cards">
        {queues.map((queue) => (
          <QueueCard key={queue.id} queue={queue} onAction={onAction} />
        ))}
      </ul>
    </Panel>
  );
}

function QueueCard({ queue, onAction }: { queue: WorldView['queues'][number]; onAction: OnAction }) {
  const say = useSay();
  const { id, name, enabled, open, week, otherDays, changed, contactsWaiting, requestsWaiting } = queue;
  // The form sets the same hours for every day.
  const daily = week.length === 1 && week[0]?.hours.length === 1 ? week[0].hours[0] : undefined;
  return (
    <li class="queue">
      <h3>
        {name} <span class="tag">{say(stateOf(queue))}</span>{' '}
        {changed && <span class="tag changed-now">{say(TEXTS.changedNow)}</span>}
      </h3>
      <p class="waiting">
        {say(TEXTS.requestsWaiting)} <strong>{requestsWaiting}</strong> / {say(TEXTS.contactsWaiting)}{' '}
        <strong>{contactsWaiting}</strong>
      </p>
      <label>
        <input
          type="checkbox"
          checked={enabled}
          onChange={({ currentTarget: { checked } }) => onAction({ do: 'set-queue', queue: id, enabled: checked })}
        />
        {say(TEXTS.enabled)}
      </label>
      <label>
        <input
          type="checkbox"
          checked={open}
          onChange={({ currentTarget: { checked } }) => onAction({ do: 'set-queue', queue: id, open: checked })}
        />
        {say(TEXTS.open)}
      </label>
      <form
        class="hours"
        aria-label={`${name}: ${say(TEXTS.hours)}`}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const [start, end] = [String(form.get('start')), String(form.get('end'))];
          onAction({ do: 'set-queue', queue: id, hours: { start, end } });
        }}
      >
        <span>
          {say(TEXTS.hours)}: <strong>{say(weekInWords(week))}</strong>
          {otherDays.map(({ date, hours }) => (
            <Fragment key={date}>
              {' '}
              / {date} <strong>{say(hoursInWords(hours))}</strong>
            </Fragment>
          ))}
          {(week.length > 0 || otherDays.length > 0) && (
            <>
              {' '}
              <ZoneName />
            </>
          )}
          {!open && <span class="dim"> {say(TEXTS.notKept)}</span>}
        </span>
        <TimeField name="start" label={say(TEXTS.hoursFrom)} value={daily?.start ?? '09:00'} />
        <TimeField name="end" label={say(TEXTS.hoursTo)} value={daily?.end ?? '18:00'} />
        <button type="submit" class="quiet">
          {say(TEXTS.setHours)}
        </button>
        {week.length > 0 && (
          <button type="button" class="quiet" onClick={() => onAction({ do: 'set-queue', queue: id, hours: null })}>
            {say(TEXTS.aroundTheClock)}
          </button>
        )}
      </form>
      <button type="button" class="quiet" onClick={() => onAction({ do: 'call-in', queue: id })}>
        {say(TEXTS.callIn)}
      </button>
    </li>
  );
}

function stateOf({ enabled, openNow }: WorldView['queues'][number]): Sentence {
  if (!enabled) return TEXTS.isDisabled;
  return openNow ? TEXTS.isOpen : TEXTS.isClosed;
}

/** A time of day as settings have it: `24:00` is the end of the day, which a browser's own field does not know. */
function TimeField({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <label>
      {label}
      <input
        name={name}
        defaultValue={value}
        required
        pattern="([01]\d|2[0-3]):[0-5]\d|24:00"
        placeholder="09:00"
        size={5}
        inputMode="numeric"
      />
    </label>
  );
}
