import { useEffect, useState } from 'preact/hooks';
import { addressOf } from '../../page/address.ts';
import { kindOf } from '../../page/board-state.ts';
import { userTypeWords } from '../../page/code-words.ts';
import { useSay } from '../../page/language.tsx';
import { LifeOfCall } from '../../page/life-of-call.tsx';
import { Foreign, KindBadge } from '../../page/parts.tsx';
import { Moment, ZoneContext } from '../../page/times.tsx';
import type { OperatorAnswer, RequestDetail } from '../../protocol.ts';
import { OPERATOR_TEXTS as TEXTS } from './operator-texts.ts';

/** What goes on is asked for again so often, in milliseconds. */
const AGAIN_MS = 3_000;

/** The requests of one inquiry number, the latest first. */
export function FoundRequests({ digits }: { digits: string }) {
  const say = useSay();
  const [answer, setAnswer] = useState<OperatorAnswer | 'lost'>();

  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function ask(): Promise<void> {
      const found = await requestsOf(digits);
      if (isOver) return;
      setAnswer(found);
      timer = setTimeout(() => void ask(), AGAIN_MS);
    }
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [digits]);

  if (answer === undefined) return <p class="dim">{say(TEXTS.looking)}</p>;
  if (answer === 'lost') return <p role="alert">{say(TEXTS.lost)}</p>;
  return (
    <ZoneContext.Provider value={answer.timeZone}>
      {answer.requests.length === 0 ? (
        <section class="panel">
          <p>{say(TEXTS.none)}</p>
        </section>
      ) : (
        answer.requests.map((request, index) => (
          <FoundRequest key={request.execution} request={request} isLatest={index === 0} />
        ))
      )}
    </ZoneContext.Provider>
  );
}

async function requestsOf(digits: string): Promise<OperatorAnswer | 'lost'> {
  try {
    const response = await fetch(`/operator/requests?number=${digits}`);
    return response.ok ? ((await response.json()) as OperatorAnswer) : 'lost';
  } catch {
    return 'lost';
  }
}

function FoundRequest({ request, isLatest }: { request: RequestDetail; isLatest: boolean }) {
  const say = useSay();
  const { requestId, startedAt, userType, inquiryType, phone, words, ending, record } = request;
  const because = ending && say(ending.reason) !== say(ending.outcome) ? say(ending.reason) : '';
  return (
    <section class="panel">
      <h2>{say(isLatest ? TEXTS.found : TEXTS.callAgain)}</h2>
      <p class="result">
        <KindBadge kind={kindOf(request)} /> <strong>{say(words)}</strong> {because}
      </p>
      <dl class="search">
        <div>
          <dt>{say(TEXTS.askedAt)}</dt>
          <dd>
            <Moment iso={record?.requestedAt ?? startedAt} />
          </dd>
        </div>
        {record?.callAt !== undefined && (
          <div>
            <dt>{say(TEXTS.promised)}</dt>
            <dd>
              <Moment iso={record.callAt} />
            </dd>
          </div>
        )}
        <TextRow name={say(TEXTS.about)} text={userType === undefined ? undefined : say(userTypeWords(userType))} />
        <TextRow name={say(TEXTS.inquiry)} text={inquiryType} />
        <TextRow name={say(TEXTS.phone)} text={phone} />
      </dl>
      <LifeOfCall detail={request} />
      <p>
        <a href={addressOf(requestId)}>{say(TEXTS.more)}</a>
      </p>
    </section>
  );
}

function TextRow({ name, text }: { name: string; text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Foreign text={text} cut={200} />
      </dd>
    </div>
  );
}
