import type { ComponentChildren } from 'preact';
import { groupInquiryNumber } from '../../../../domain/inquiry-number.ts';
import type { Sentence } from '../../../../domain/outcome-row.ts';
import type { Kind } from './board-state.ts';
import { KIND_WORDS } from './code-words.ts';
import { foreignText } from './foreign-text.ts';
import { useSay } from './language.tsx';
import { Clock, ZoneName } from './times.tsx';

interface PanelProps {
  id: string;
  title: Sentence;
  /** One sentence for somebody who sees it for the first time. */
  help?: Sentence;
  /** Its place in the story, for the three that tell it. */
  step?: number;
  children: ComponentChildren;
}

/** A part of the board with a heading. */
export function Panel({ id, title, help, step, children }: PanelProps) {
  const say = useSay();
  return (
    <section id={id} class="panel" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        {step !== undefined && (
          <span class="step" aria-hidden="true">
            {step}
          </span>
        )}
        {say(title)}
      </h2>
      {help && <p class="help">{say(help)}</p>}
      {children}
    </section>
  );
}

/** What an event or a visitor brought: text, whatever it holds, kept apart from the writing direction around it. */
export function Foreign({ text, cut }: { text: string | undefined; cut?: number }) {
  const { shown, whole } = foreignText(text ?? '', cut);
  return (
    <bdi class="foreign" title={whole}>
      {shown}
    </bdi>
  );
}

/** In two groups, as the visitor read it in the pop-up; any other text as it came. */
export function InquiryNumber({ text }: { text: string }) {
  const grouped = groupInquiryNumber(text);
  // A line that ends between its two groups would show half a number.
  return grouped === text ? <Foreign text={text} cut={40} /> : <bdi class="inquiry-number">{grouped}</bdi>;
}

/** Who switched something last, when and why. */
export function ChangedBy({ at, by, why }: { at: string; by: string; why: string }) {
  return (
    <span class="changed-by">
      <Clock iso={at} /> <ZoneName /> <Foreign text={by} cut={40} />: <Foreign text={why} cut={120} />
    </span>
  );
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
