import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { DashboardView } from '../dashboard-protocol.ts';
import { DASHBOARD_TEXTS, timesFasterHere, valuesSince, voicemailsHere } from './dashboard-texts.ts';
import { firstLanguage, LanguageContext, LanguageSwitch, useSay } from './language.tsx';
import { PageLinks } from './page-links.tsx';
import { WidgetCard } from './widget-card.tsx';

function Dashboard() {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${DASHBOARD_TEXTS.title[language]} – karte-connect-call`;
  }, [language]);

  return (
    <LanguageContext.Provider value={language}>
      <Page buttons={<LanguageSwitch language={language} onLanguage={setLanguage} />} />
    </LanguageContext.Provider>
  );
}

function Page({ buttons }: { buttons: preact.ComponentChildren }) {
  const say = useSay();
  const { view, lost } = useValues();
  return (
    <>
      <header class="top">
        <div class="name">
          <h1>
            karte-connect-call <span>{say(DASHBOARD_TEXTS.title)}</span>
          </h1>
          <p>{say(DASHBOARD_TEXTS.intro)}</p>
          {view && view.voicemails > 0 && <p>{say(voicemailsHere(view.voicemails))}</p>}
        </div>
        {view && (
          <p class="range">
            {say(valuesSince(view))}
            {view.speed > 1 && <small>{say(timesFasterHere(view.speed))}</small>}
          </p>
        )}
        <PageLinks from="dashboard" />
        {buttons}
      </header>
      {lost && (
        <p class="banner" role="status">
          {say(DASHBOARD_TEXTS.lost)}
        </p>
      )}
      <main>
        {view ? (
          <div class="widgets">
            {view.widgets.map((widget) => (
              <WidgetCard key={widget.id} widget={widget} time={view} />
            ))}
          </div>
        ) : (
          <p class="empty">{say(DASHBOARD_TEXTS.loading)}</p>
        )}
      </main>
    </>
  );
}

/** What happens in a stack is seen soon enough by this. */
const EVERY_MS = 2_000;

/** The newest values, asked for again and again while the page is seen. */
function useValues(): { view: DashboardView | undefined; lost: boolean } {
  const [state, setState] = useState<{ view: DashboardView | undefined; lost: boolean }>({
    view: undefined,
    lost: false,
  });
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    async function ask(): Promise<void> {
      if (!document.hidden) {
        try {
          const response = await fetch('/dashboard/values');
          const view = (await response.json()) as DashboardView;
          if (!isOver) setState({ view, lost: false });
        } catch {
          // The server has ended, or starts anew: the values that were there stay in sight.
          setState((before) => ({ ...before, lost: true }));
        }
      }
      if (!isOver) timer = setTimeout(() => void ask(), EVERY_MS);
    }
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
  return state;
}

render(<Dashboard />, document.body);
