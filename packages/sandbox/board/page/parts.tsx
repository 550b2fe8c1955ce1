import type { ComponentChildren } from 'preact';
import { groupInquiryNumber } from '../../../../domain/inquiry-number.ts';
import type { Sentence } from '../../../../domain/outcome-row.ts';
import type { Kind } from './board-state.ts';
import { KIND_WORDS } from './code-words.ts';
import { useSay } from './language.tsx';

interface PanelProps {
  id: string;
  title: Sentence;
  /** One sentence for somebody who sees it for the first time. */
  help?: Sentence;
  /** Its place in the story, for the three that tell it. */
  step?: number;
  /** Whether it starts folded away: always, or where there is room for one column only. */
  closed?: 'always' | 'narrow';
  children: ComponentChildren;
}

const IS_NARROW = matchMedia('(max-width: 759px)').matches;

/** A part of the board with a heading; it can be folded away, which a telephone's screen needs. */
export function Panel({ id, title, help, step, closed, children }: PanelProps) {
  const say = useSay();
  return (
    <section id={id} class="panel" aria-labelledby={`${id}-title`}>
      <details open={closed !== 'always' && !(closed === 'narrow' && IS_NARROW)}>
        <summary>
          {step !== undefined && (
            <span class="step" aria-hidden="true">
              {step}
            </span>
          )}
          <h2 id={`${id}-title`}>{say(title)}</h2>
        </summary>
        {help && <p class="help">{say(help)}</p>}
        {children}
      </details>
    </section>
  );
}

/** What an event or a visitor brought: text, whatever it holds, kept apart from the writing direction around it. */
export function Foreign({ text, cut }: { text: string | undefined; cut?: number }) {
  const shown = cut !== undefined && text !== undefined && text.length > cut ? `${text.slice(0, cut)}…` : text;
  return <bdi class="foreign">{shown}</bdi>;
}

/** In two groups, as the visitor read it in the pop-up; any other text as it came. */
export function InquiryNumber({ text }: { text: string }) {
  return <Foreign text={groupInquiryNumber(text)} cut={40} />;
}

export function KindBadge({ kind }: { kind: Kind }) {
  const say = useSay();
  const words = KIND_WORDS[kind];
  return (
    <span class={`badge ${kind}`}>
      <span aria-hidden="true">{words.sign}</span> {say(words)}
    </span>
  );
}

/** A number and unit since a moment, such as `+1.234 s`. */
export const since = (start: string, iso: string): string =>
  `+${((Date.parse(iso) - Date.parse(start)) / 1_000).toFixed(3)} s`;
