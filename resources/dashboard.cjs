// The stage's dashboard in CloudWatch: requests, their results, and what they cost.
module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const service = await resolveVariable('self:service');
  const functions = await resolveVariable('self:functions');
  const { environment } = await resolveVariable('self:custom.stage');
  const { dashboardBody } = require('./dashboard/dashboard-body.ts');
  const { dashboardWidgets } = require('./dashboard/dashboard-widgets.ts');

  const widgets = dashboardWidgets({
    namespace: environment.POWERTOOLS_METRICS_NAMESPACE,
    service: environment.POWERTOOLS_SERVICE_NAME,
    // The framework drops a function that is null, as the stage does not have it.
    functions: Object.keys(functions).filter((name) => functions[name] !== null),
  });
  return {
    Resources: {
      Dashboard: {
        Type: 'AWS::CloudWatch::Dashboard',
        Properties: {
          DashboardName: `${service}-${stage}`,
          DashboardBody: { 'Fn::Sub': dashboardBody(widgets) },
        },
      },
    },
  };
};
