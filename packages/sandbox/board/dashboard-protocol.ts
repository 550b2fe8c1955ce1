import type { Sentence } from '../../../domain/outcome-row.ts';
import type { Place, Tone, Widget } from '../../../resources/dashboard/widget.ts';

/** What the page of the dashboard is told: the widgets with their values. */
export interface DashboardView {
  stage: string;
  /** How many times faster than life calls and waits go. */
  speed: number;
  timeZone: string;
  /** Of the points of `lines`: the first begins here, in epoch milliseconds, and each lasts so long. */
  from: number;
  periodMs: number;
  periods: number;
  widgets: WidgetView[];
  /** Calls of today that the widgets count as reached and the board does not: a voicemail took the agent. */
  voicemails: number;
}

export interface WidgetView extends Place, Pick<Widget, 'id' | 'title' | 'view' | 'unit'> {
  lines: LineView[];
}

export interface LineView {
  id: string;
  label: Sentence;
  /** A word of the runbook. */
  code?: string;
  tone: Tone;
  /** One for each period, null where nothing was written; a single one where the widget is about the whole time. */
  points: (number | null)[];
  /** What is counted up: of the whole time, the sum says more than the newest. */
  isSum?: true;
  /** AWS counts it, and this machine has nothing of the kind. */
  isElsewhere?: true;
}
