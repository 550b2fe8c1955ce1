// The event bus of KARTE's event source, where the stage associates it (create.eventBus: true): both have one name.
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
    // The plug-in writes the rule, with the name of a bus that is there.
    extensions: { CallRequestEventsRuleCloudWatchEvent1: { DependsOn: [logicalIds.eventBus] } },
  };
};
