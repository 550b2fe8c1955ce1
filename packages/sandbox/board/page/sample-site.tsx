import { useEffect, useRef, useState } from 'preact/hooks';
import type { KarteView, RequestMade, Switched } from '../protocol.ts';
import { TEXTS } from './board-texts.ts';
import { type Language, useSay } from './language.tsx';
import { Foreign, Panel } from './parts.tsx';
import { Clock } from './times.tsx';

interface Props {
  karte: KarteView;
  /** Changes when somebody switches a queue or all calling on or off. */
  switches: string;
  language: Language;
  /** A request that the visitor in the frame has made. */
  onRequest(requestId: string): void;
}

/** The visitor's side: a page with the pop-up, and what KARTE made of it. */
export function SampleSite({ karte, switches, language, onRequest }: Props) {
  const say = useSay();
  const frame = useRef<HTMLIFrameElement>(null);
  const [loads, setLoads] = useState(0);

  useEffect(() => {
    function listen({ origin, source, data }: MessageEvent<unknown>): void {
      if (origin !== location.origin || source !== frame.current?.contentWindow) return;
      const requestId = (data as Partial<RequestMade> | null)?.requestId;
      if (typeof requestId === 'string') onRequest(requestId);
    }
    addEventListener('message', listen);
    return () => removeEventListener('message', listen);
  }, [onRequest]);

  const known = useRef(switches);
  useEffect(() => {
    if (known.current === switches) return;
    known.current = switches;
    frame.current?.contentWindow?.postMessage({ switched: true } satisfies Switched, location.origin);
  }, [switches]);

  return (
    <Panel id="sample" title={TEXTS.sampleTitle} help={TEXTS.sampleHelp} step={1}>
      <div class="handset browser">
        <iframe ref={frame} key={loads} src={`/sample?lang=${language}`} title={say(TEXTS.sampleFrame)} />
      </div>
      <button type="button" class="quiet" onClick={() => setLoads(loads + 1)}>
        {say(TEXTS.reload)}
      </button>
      <h3>{say(TEXTS.krtCalls)}</h3>
      {karte.calls.length === 0 ? <p class="empty">{say(TEXTS.krtNone)}</p> : <KrtCalls calls={karte.calls} />}
    </Panel>
  );
}

function KrtCalls({ calls }: Pick<KarteView, 'calls'>) {
  const say = useSay();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <ol class="krt" aria-label={say(TEXTS.krtCalls)} tabIndex={0}>
      {calls.toReversed().map(({ at, event, values, did }) => (
        <li key={`${at} ${event}`}>
          <Clock iso={at} />{' '}
          <code>
            <Foreign text={event} cut={80} />
          </code>
          <dl>
            {Object.entries(values).map(([name, value]) => (
              <div key={name}>
                <dt>
                  <Foreign text={name} cut={80} />
                </dt>
                <dd>
                  <Foreign text={value} cut={200} />
                </dd>
              </div>
            ))}
          </dl>
          <p>{say(did)}</p>
        </li>
      ))}
    </ol>
  );
}
