import { render } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { BoardAction, WorldView } from '../protocol.ts';
import { addressOf } from './address.ts';
import { type BoardState, NOTHING_YET, withNews } from './board-state.ts';
import { TEXTS } from './board-texts.ts';
import { CallLog } from './call-log.tsx';
import { Faults, Switches, TryOut } from './controls-panel.tsx';
import { Figures } from './figures-panel.tsx';
import { Header } from './header.tsx';
import { firstLanguage, type Language, LanguageContext, useSay } from './language.tsx';
import { Numbers } from './numbers.tsx';
import { ChangedBy, Panel } from './parts.tsx';
import { Phone } from './phone.tsx';
import { CallRecordPanel } from './record-panel.tsx';
import { SampleSite } from './sample-site.tsx';
import { useSelection } from './selection.ts';
import { act } from './send-action.ts';
import { StageSettingsPanel } from './settings-panel.tsx';
import { StateGraph } from './state-graph.tsx';
import { listen } from './stream.ts';
import { Tabs } from './tabs.tsx';
import { RequestSummary, Timeline } from './timeline-panel.tsx';
import { ZoneContext } from './times.tsx';
import { Agents, Queues } from './world-panels.tsx';

function App() {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${TEXTS.title[language]} – karte-connect-call`;
  }, [language]);

  return (
    <LanguageContext.Provider value={language}>
      <Board language={language} onLanguage={setLanguage} />
    </LanguageContext.Provider>
  );
}

/** The whole page: how it stands, the story of one request in three columns, and below it the log and all the rest. */
function Board({ language, onLanguage }: { language: Language; onLanguage(language: Language): void }) {
  const say = useSay();
  const [state, setState] = useState(NOTHING_YET);
  const [problem, setProblem] = useState<string>();
  const { selected, view, go, select, show } = useSelection();
  const shown = useFollowed(selected, state);

  useEffect(
    () =>
      listen(shown, {
        news: (news) => setState((before) => withNews(before, news)),
        lost: () => setState((before) => ({ ...before, connection: 'lost' })),
      }),
    [shown],
  );

  const onAction = useCallback(
    (action: BoardAction) => {
      act(action).then(
        ({ requestId }) => {
          setProblem(undefined);
          if (requestId !== undefined) select(addressOf(requestId));
        },
        (error: Error) => setProblem(error.message),
      );
    },
    [select],
  );
  // Anyone who asked for the call still looks at the sample page: nothing moves.
  const onRequest = useCallback((requestId: string) => go(addressOf(requestId), location.search), [go]);

  const { stage, world, figures, rows } = state;
  const isShown = ({ requestId, execution }: { requestId: string; execution: string }) =>
    shown === requestId || shown === execution;
  const detail = state.detail && isShown(state.detail) ? state.detail : null;
  // A redelivery has the request's id, too: the request's page shows the first.
  const row = detail ?? rows.findLast(isShown);

  return (
    <ZoneContext.Provider value={stage?.settings.callingHours.timeZone ?? 'UTC'}>
      <Header {...state} language={language} onLanguage={onLanguage} />
      {state.connection === 'lost' && (
        <p class="banner" role="alert">
          {say(TEXTS.lost)}
        </p>
      )}
      {state.world?.stopped && (
        <p class="banner" role="status">
          {say(TEXTS.stopped)} {state.world.stopChange && <ChangedBy {...state.world.stopChange} />}
        </p>
      )}
      {problem !== undefined && (
        <p class="banner" role="alert">
          {problem}{' '}
          <button type="button" class="quiet" onClick={() => setProblem(undefined)}>
            {say(TEXTS.close)}
          </button>
        </p>
      )}
      {stage && world && figures ? (
        <main>
          {rows.length === 0 && <p class="intro">{say(TEXTS.intro)}</p>}
          <Numbers world={world} figures={figures} inLine={detail?.inLine} />
          <div class="story">
            <SampleSite karte={world.karte} switches={switchesOf(world)} language={language} onRequest={onRequest} />
            <Panel id="path" title={TEXTS.pathTitle} step={2}>
              <div class="shown">
                <p>{selected === undefined ? say(TEXTS.following) : <a href="/">{say(TEXTS.follow)}</a>}</p>
                {row && <RequestSummary request={row} />}
              </div>
              <div class="path">
                <StateGraph graph={stage.graph} detail={detail} running={world.running} />
                <Timeline graph={stage.graph} row={row} detail={detail} wanted={selected} />
              </div>
            </Panel>
            <Phone answer={world.answer} row={row} contact={detail?.contact ?? null} onAction={onAction} />
          </div>
          <Tabs shown={view.tab} onTab={(tab) => show({ tab })}>
            {{
              log: <CallLog rows={rows} queues={world.queues} selected={row?.execution} view={view} onView={show} />,
              record: view.tab === 'record' && <CallRecordPanel detail={detail} />,
              centre: (
                <>
                  <Agents agents={world.agents} onAction={onAction} />
                  <Queues world={world} onAction={onAction} />
                </>
              ),
              trials: (
                <>
                  <TryOut onAction={onAction} />
                  <Switches world={world} onAction={onAction} />
                  <Faults faults={world.faults} onAction={onAction} />
                </>
              ),
              figures: view.tab === 'figures' && <Figures figures={figures} />,
              settings: view.tab === 'settings' && (
                <StageSettingsPanel settings={stage.settings} limits={world.limits} />
              ),
            }}
          </Tabs>
        </main>
      ) : (
        <main>
          <p class="empty">{say(TEXTS.connecting)}</p>
        </main>
      )}
    </ZoneContext.Provider>
  );
}

/** What decides whether anybody would be called now. */
const switchesOf = ({ stopped, queues }: WorldView): string =>
  JSON.stringify([stopped, queues.map(({ enabled, openNow }) => enabled && openNow)]);

/** What follows the newest request does not run after each one of a crowd. */
const FOLLOW_MILLISECONDS = 800;

/** The request on show: the selected one, else the newest. */
function useFollowed(selected: string | undefined, { rows }: BoardState): string | undefined {
  const newest = rows[0]?.execution;
  const [followed, setFollowed] = useState<{ execution: string | undefined; at: number }>({
    execution: undefined,
    at: 0,
  });
  useEffect(() => {
    if (selected !== undefined || newest === followed.execution) return;
    const pause = Math.max(0, followed.at + FOLLOW_MILLISECONDS - Date.now());
    const timer = setTimeout(() => setFollowed({ execution: newest, at: Date.now() }), pause);
    return () => clearTimeout(timer);
  }, [selected, newest, followed]);
  return selected ?? followed.execution;
}

render(<App />, document.body);
