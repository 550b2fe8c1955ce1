import type { RequestDetail, RequestRow, StageView } from '../protocol.ts';
import { kindOf } from './board-state.ts';
import { faultHit, TEXTS } from './board-texts.ts';
import { callWords, FAULT_WORDS, userTypeWords } from './code-words.ts';
import { errorInWords } from './error-words.ts';
import { useSay } from './language.tsx';
import { LifeOfCall } from './life-of-call.tsx';
import { Foreign, InquiryNumber, KindBadge, since } from './parts.tsx';

interface Props {
  graph: StageView['graph'];
  /** The request as the log has it: known before its detail is. */
  row: RequestRow | undefined;
  detail: RequestDetail | null;
  /** The request that was asked for by its address. */
  wanted: string | undefined;
}

/** Every decision about the request, in words. */
export function Timeline({ graph, row, detail, wanted }: Props) {
  const say = useSay();
  const request = detail ?? row;
  if (!request) {
    return <p class="empty">{say(wanted === undefined ? TEXTS.timelineEmpty : TEXTS.unknownRequest)}</p>;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="timeline" aria-label={say(TEXTS.timeline)} tabIndex={0}>
      {detail?.ending && <Ending detail={detail} />}
      {detail && <LifeOfCall detail={detail} />}
      {detail ? (
        detail.visits.length > 0 && (
          <>
            <h3>{say(TEXTS.timeline)}</h3>
            <Visits graph={graph} detail={detail} />
          </>
        )
      ) : (
        <p class="empty">{say(TEXTS.loading)}</p>
      )}
    </section>
  );
}

/** Which request it is. */
export function RequestSummary({ request }: { request: RequestRow }) {
  const { trackId, userType, inquiryType, phone } = request;
  const say = useSay();
  return (
    <p class="summary">
      <KindBadge kind={kindOf(request)} />
      {trackId !== undefined && (
        <span>
          {say(TEXTS.inquiryNumber)} <InquiryNumber text={trackId} />
        </span>
      )}
      {userType !== undefined && <Foreign text={say(userTypeWords(userType))} cut={60} />}
      {inquiryType !== undefined && <Foreign text={inquiryType} cut={120} />}
      {phone !== undefined && <span class="number">{phone}</span>}
    </p>
  );
}

function Visits({ graph, detail }: { graph: StageView['graph']; detail: RequestDetail }) {
  const say = useSay();
  const wordsOf = new Map(graph.states.map(({ name, words }) => [name, words]));
  return (
    <ol class="visits">
      {detail.visits.map(({ name, enteredAt, exitedAt, errors, faults, words }, index) => {
        const decided = say(words);
        const explained = wordsOf.get(name);
        const here = exitedAt === undefined && detail.status === 'RUNNING';
        return (
          // A state may be visited again: its place in the road is what it is known by.
          <li key={`${index} ${name}`} class={`${decided === '' ? 'silent' : ''} ${here ? 'current' : ''}`}>
            <p class="head">
              <span class="place">{index + 1}</span>
              <code>{name}</code>
              <time title={say(TEXTS.sinceRequest)} dateTime={enteredAt}>
                {since(detail.startedAt, enteredAt)}
              </time>
            </p>
            {explained && say(explained) !== decided && <p class="explained">{say(explained)}</p>}
            {decided !== '' && (
              <p class="decided">
                <Foreign text={decided} />
              </p>
            )}
            {faults.map(({ kind, operation, attempt, at }) => (
              <p key={`${at} ${attempt}`} class="fault">
                {say(faultHit(FAULT_WORDS[kind], operation, attempt))}
                <time title={say(TEXTS.sinceRequest)} dateTime={at}>
                  {since(detail.startedAt, at)}
                </time>
              </p>
            ))}
            {errors.length > 0 && (
              <p class="errors">
                {say(TEXTS.failedAttempts)}:{' '}
                <Foreign text={errors.map((error) => say(errorInWords(error))).join(', ')} cut={400} />
              </p>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Ending({ detail }: { detail: RequestDetail }) {
  const say = useSay();
  const { ending, outcome, reason, runbook, call } = detail;
  if (!ending) return null;
  // While the call goes on, more is known than the record has.
  const because = say(call ? callWords(call) : ending.reason);
  return (
    <div class={`ending ${kindOf(detail)}`}>
      <p>
        <strong>{say(ending.outcome)}</strong> {because !== say(ending.outcome) && because}
      </p>
      <p>
        <code>
          {outcome}
          {reason !== undefined && ` / ${reason}`}
        </code>
      </p>
      {runbook !== undefined && (
        <p>
          {say(TEXTS.runbook)}:{' '}
          <a href={`/${runbook}`} target="_blank" rel="noreferrer">
            <code>{inTwoParts(runbook)}</code>
          </a>
        </p>
      )}
    </div>
  );
}

/** A line that has no room for all of it ends between file and section. */
function inTwoParts(runbook: string) {
  const at = runbook.indexOf('#');
  return (
    <>
      {runbook.slice(0, at)}
      <wbr />
      {runbook.slice(at)}
    </>
  );
}
