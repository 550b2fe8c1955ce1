import type { BoardState } from './board-state.ts';
import { agentsFree, TEXTS, timesFaster } from './board-texts.ts';
import { freeAgents } from './free-agents.ts';
import { type Language, LanguageSwitch, useSay } from './language.tsx';
import { PageLinks } from './page-links.tsx';

interface Props extends Pick<BoardState, 'connection' | 'stage' | 'world'> {
  language: Language;
  onLanguage(language: Language): void;
}

/** What runs here, and how it is. */
export function Header({ connection, stage, world, language, onLanguage }: Props) {
  const say = useSay();
  return (
    <header class="top">
      <div class="name">
        <h1>
          <a href="/">
            karte-connect-call <span>{say(TEXTS.title)}</span>
          </a>
        </h1>
      </div>
      <dl class="facts">
        {stage && (
          <>
            <Fact name={say(TEXTS.stage)} value={stage.name} />
            <Fact name={say(TEXTS.speed)} value={say(timesFaster(stage.speed))} />
          </>
        )}
        {world && <Fact name={say(TEXTS.freeAgents)} value={say(agentsFree(freeAgents(world)))} />}
        {world && <Fact name={say(TEXTS.callsAtOnce)} value={String(world.callsAtOnce)} />}
      </dl>
      <p class={`connection ${connection}`}>{say(connection === 'live' ? TEXTS.live : TEXTS.connecting)}</p>
      <PageLinks from="board" />
      <LanguageSwitch language={language} onLanguage={onLanguage} />
    </header>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
