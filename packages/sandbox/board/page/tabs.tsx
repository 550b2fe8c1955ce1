import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { TABS, type Tab } from './address.ts';
import { TAB_WORDS, TEXTS } from './board-texts.ts';
import { useSay } from './language.tsx';

interface Props {
  shown: Tab;
  onTab(tab: Tab): void;
  children: Record<Tab, ComponentChildren>;
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

/** What is below the story, one part at a time. A part that is not shown keeps what was typed in it. */
export function Tabs({ shown, onTab, children }: Props) {
  const say = useSay();
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    const next = step === undefined ? undefined : TABS[(TABS.indexOf(shown) + step + TABS.length) % TABS.length];
    if (next === undefined) return;
    event.preventDefault();
    onTab(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  }

  return (
    <section id="tabs" class="tabs" aria-label={say(TEXTS.tabs)}>
      <div ref={list} role="tablist" aria-label={say(TEXTS.tabs)} onKeyDown={onKeyDown}>
        {TABS.map((tab) => (
          <button
            key={tab}
            id={`tab-${tab}`}
            type="button"
            role="tab"
            aria-selected={tab === shown}
            aria-controls={`tab-of-${tab}`}
            tabIndex={tab === shown ? 0 : -1}
            onClick={() => onTab(tab)}
          >
            {say(TAB_WORDS[tab])}
          </button>
        ))}
      </div>
      {TABS.map((tab) => (
        <div
          key={tab}
          id={`tab-of-${tab}`}
          class={`tab of-${tab}`}
          role="tabpanel"
          aria-labelledby={`tab-${tab}`}
          hidden={tab !== shown}
        >
          {children[tab]}
        </div>
      ))}
    </section>
  );
}
