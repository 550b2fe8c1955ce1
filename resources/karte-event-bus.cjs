// The event bus of KARTE's event source, if the stage associates it (create.eventBus: true): both have the same name.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html
const { logicalIds } = require('./connect-references.cjs');
const kept = require('./kept.cjs');

module.exports = async ({ resolveVariable }) => {
  const { file } = await resolveVariable('self:custom.stage');
  if (!file.create.eventBus) return { Resources: {} };
  const { eventBusName } = file.karte;
  return {
    Resources: {
      [logicalIds.eventBus]: {
        Type: 'AWS::Events::EventBus',
        ...kept,
        Properties: { Name: eventBusName, EventSourceName: eventBusName },
      },
    },
    // The plug-in creates the rule, which needs the name of an existing bus.
    extensions: { CallRequestEventsRuleCloudWatchEvent1: { DependsOn: [logicalIds.eventBus] } },
  };
};
