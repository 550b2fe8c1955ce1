import { dashboardWidgets } from '../../../resources/dashboard/dashboard-widgets.ts';
import { widgetView, windowOf } from '../dashboard/dashboard-view.ts';
import { measureQueues } from '../dashboard/own-metrics-of-aws.ts';
import type { Stack } from '../stack.ts';
import type { DashboardView } from './dashboard-protocol.ts';
import type { StageView } from './protocol.ts';

/** The dashboard of the local stack: the widgets of CloudWatch, with the stack's measurements so far. */
export function dashboardOf(stack: Stack, { name, speed }: Pick<StageView, 'name' | 'speed'>): () => DashboardView {
  const { environment, file } = stack.service.stage;
  const widgets = dashboardWidgets({
    namespace: environment.POWERTOOLS_METRICS_NAMESPACE ?? '',
    service: environment.POWERTOOLS_SERVICE_NAME ?? '',
    functions: Object.keys(stack.service.functions),
  });
  return () => {
    measureQueues(stack);
    const window = windowOf(stack.metrics.since, Date.now());
    return {
      stage: name,
      speed,
      timeZone: file.callingHours.timeZone,
      ...window,
      voicemails: stack.activity.figures.view().voicemails,
      widgets: widgets.map((widget) => widgetView(widget, stack.metrics, window)),
    };
  };
}
