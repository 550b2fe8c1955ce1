import type { Sentence } from '../../../domain/outcome-row.ts';
import type { Place, Tone, Widget } from '../../../resources/dashboard/widget.ts';

/** Data for the dashboard page: the widgets with their values. */
export interface DashboardView {
  stage: string;
  /** How many times faster than real time calls and waits go. */
  speed: number;
  timeZone: string;
  /** Points of `lines`: start of the first in epoch milliseconds, and duration of each. */
  from: number;
  periodMs: number;
  periods: number;
  widgets: WidgetView[];
  /** Calls of today that the widgets count as reached and the board does not, as a voicemail got the agent. */
  voicemails: number;
}

export interface WidgetView extends Place, Pick<Widget, 'id' | 'title' | 'view' | 'unit'> {
  lines: LineView[];
}

export interface LineView {
  id: string;
  label: Sentence;
  /** A term of the runbook. */
  code?: string;
  tone: Tone;
  /** One per period, null without data; a single one if the widget covers the whole time. */
  points: (number | null)[];
  /** A count: for the whole time, the sum says more than the newest value. */
  isSum?: true;
  /** Measured by AWS only, with no equivalent on this machine. */
  isElsewhere?: true;
}
