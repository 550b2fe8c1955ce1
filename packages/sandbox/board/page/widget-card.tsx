import type { DashboardView, LineView, WidgetView } from '../dashboard-protocol.ts';
import { DASHBOARD_TEXTS } from './dashboard-texts.ts';
import { useSay } from './language.tsx';
import { axisEnd, DRAWING, figureOf, newestOf, pathThrough, valueInWords } from './widget-values.ts';

type Time = Pick<DashboardView, 'from' | 'periodMs' | 'periods' | 'timeZone'>;
type Props = { widget: WidgetView };

/** One widget of the dashboard, at the place that it has in CloudWatch. */
export function WidgetCard({ widget, time }: Props & { time: Time }) {
  const say = useSay();
  const { id, title, view, x, y, width, height } = widget;
  const place = { '--x': x + 1, '--y': y + 1, '--width': width, '--height': height };
  return (
    <section class={`widget ${view}`} style={place} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{say(title)}</h2>
      {(view === 'now' || view === 'total') && <Numbers widget={widget} />}
      {view === 'bars' && <Bars widget={widget} />}
      {view === 'table' && <Reasons widget={widget} />}
      {view === 'lines' && <Lines widget={widget} time={time} />}
    </section>
  );
}

function Numbers({ widget: { lines, unit } }: Props) {
  const say = useSay();
  return (
    <dl class="values">
      {lines.map((line) => (
        <div key={line.id} class={line.tone}>
          <dt>{say(line.label)}</dt>
          <dd>{say(valueInWords(newestOf(line), unit))}</dd>
        </div>
      ))}
    </dl>
  );
}

const WHOLE = 100;

function Bars({ widget: { lines, unit } }: Props) {
  const say = useSay();
  const most = Math.max(1, ...lines.map((line) => newestOf(line) ?? 0));
  return (
    <dl class="rows">
      {lines.map((line) => (
        <div key={line.id} class={line.tone}>
          <dt>{say(line.label)}</dt>
          <dd>
            <svg viewBox={`0 0 ${WHOLE} 10`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
              <rect class="whole" width={WHOLE} height="10" />
              <rect width={((newestOf(line) ?? 0) / most) * WHOLE} height="10" />
            </svg>
            <span>{say(valueInWords(newestOf(line) ?? 0, unit))}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Reasons({ widget: { lines, unit } }: Props) {
  const say = useSay();
  if (lines.length === 0) return <p class="empty">{say(DASHBOARD_TEXTS.noneOfKind)}</p>;
  return (
    <div class="scrolled">
      <table>
        <thead class="unseen">
          <tr>
            <th scope="col">{say(DASHBOARD_TEXTS.reason)}</th>
            <th scope="col">{say(DASHBOARD_TEXTS.count)}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id} class={line.tone}>
              <th scope="row">
                {say(line.label)} <code>{line.code}</code>
              </th>
              <td>{say(valueInWords(newestOf(line), unit))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Lines({ widget: { lines, unit }, time }: Props & { time: Time }) {
  const say = useSay();
  const there = lines.filter(({ isElsewhere }) => !isElsewhere);
  const isEmpty = there.every((line) => newestOf(line) === null);
  const end = axisEnd(
    there.flatMap(({ points }) => points),
    unit,
  );
  return (
    <>
      {isEmpty ? (
        <p class="empty">{say(DASHBOARD_TEXTS.none)}</p>
      ) : (
        <div class="chart">
          <span class="axis">{say(valueInWords(end, unit))}</span>
          <svg
            viewBox={`0 0 ${DRAWING.width} ${DRAWING.height}`}
            preserveAspectRatio="none"
            aria-hidden="true"
            focusable="false"
          >
            <path class="grid" d={`M0 0H${DRAWING.width}M0 50H${DRAWING.width}M0 100H${DRAWING.width}`} />
            {there.map((line) => (
              <path key={line.id} class={`line ${line.tone}`} d={pathThrough(line.points, end)} />
            ))}
          </svg>
          <TimeAxis time={time} />
        </div>
      )}
      <Legend lines={lines} unit={unit} />
    </>
  );
}

/** What each line is, with its sum or its newest value, for anyone who does not see the drawing too. */
function Legend({ lines, unit }: Pick<WidgetView, 'unit'> & { lines: readonly LineView[] }) {
  const say = useSay();
  return (
    <dl class="legend">
      {lines.map((line) => (
        <div key={line.id} class={line.tone}>
          <dt>{say(line.label)}</dt>
          <dd>{line.isElsewhere ? say(DASHBOARD_TEXTS.elsewhere) : say(valueInWords(figureOf(line), unit))}</dd>
        </div>
      ))}
    </dl>
  );
}

function TimeAxis({ time: { from, periodMs, periods, timeZone } }: { time: Time }) {
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone });
  const whole = periodMs * periods;
  return (
    <p class="times">
      {[0, whole / 2, whole].map((after) => (
        <span key={after}>{clock.format(from + after)}</span>
      ))}
    </p>
  );
}
