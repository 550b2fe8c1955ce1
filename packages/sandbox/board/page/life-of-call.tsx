import type { RequestDetail, RequestRow } from '../protocol.ts';
import { TEXTS } from './board-texts.ts';
import { callWords } from './code-words.ts';
import { useSay } from './language.tsx';
import { lifeSteps } from './life-steps.ts';
import { Clock, Counting, Duration, ZoneName } from './times.tsx';

/** The call from the click to the hang-up. */
export function LifeOfCall({ detail }: { detail: RequestDetail }) {
  const say = useSay();
  const steps = lifeSteps(detail);
  if (steps.length === 0) return null;
  return (
    <section class="life" aria-label={say(TEXTS.lifeOfCall)}>
      <h3>
        {say(TEXTS.lifeOfCall)} (<ZoneName />)
      </h3>
      <ol>
        {steps.map(({ at, words, took }) => (
          <li key={`${at} ${words.en}`}>
            {at === undefined ? <span class="no-time" /> : <Clock iso={at} />}
            <span>
              {say(words)}
              {took && (
                <span class="took">
                  {' '}
                  {say(took.words)} <Duration ms={took.ms} />
                </span>
              )}
            </span>
          </li>
        ))}
        {detail.call && detail.call.state !== 'ended' && (
          <li class="now">
            <span class="no-time">{say(TEXTS.now)}</span>
            <GoesOn call={detail.call} />
          </li>
        )}
      </ol>
    </section>
  );
}

/** What a call is at, and for how long. */
function GoesOn({ call }: { call: NonNullable<RequestRow['call']> }) {
  const say = useSay();
  const { state, since, agent, transferred } = call;
  const about = [...(agent === undefined ? [] : [agent]), ...(transferred ? [say(TEXTS.transferred)] : [])];
  return (
    <span>
      {say(callWords(call))}
      {about.length > 0 && ` (${about.join(', ')})`}
      {state !== 'ended' && (
        <>
          {' '}
          <Counting since={since} />
        </>
      )}
    </span>
  );
}

/** How the call of a row goes, or went. */
export function CallOfRow({ row }: { row: RequestRow }) {
  const say = useSay();
  const { call, times, agentMissed, calledBack, isCallBack, voicemail } = row;
  const parts = [
    { words: TEXTS.rang, ms: times?.waited === undefined ? times?.rang : undefined },
    { words: TEXTS.waited, ms: times?.waited },
    { words: voicemail ? TEXTS.withVoicemail : TEXTS.talked, ms: times?.talked },
  ];
  return (
    <>
      {call && (
        <span class={`tag call ${call.state}`}>
          <GoesOn call={call} />
        </span>
      )}
      {parts.map(
        ({ words, ms }) =>
          ms !== undefined && (
            <span key={words.en} class="part">
              {say(words)} <Duration ms={ms} />
            </span>
          ),
      )}
      {agentMissed && <span class="tag missed-by-agent">{say(TEXTS.agentMissed)}</span>}
      {calledBack && <span class="tag">{say(TEXTS.calledBack)}</span>}
      {isCallBack && <span class="tag">{say(TEXTS.isCallBack)}</span>}
    </>
  );
}
