// Queues of the settings that the stack creates, with their hours of operation and routing profiles.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Connect.html
const { instanceArn, logicalIds, poolName, queueArn, queueIsMade } = require('./connect-references.cjs');
const kept = require('./kept.cjs');

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const service = await resolveVariable('self:service');
  const { file, closedDays } = await resolveVariable('self:custom.stage');
  const made = Object.keys(file.connect.queues).filter((name) => queueIsMade(file, name));
  const InstanceArn = instanceArn(file);
  // Neither stage names nor queue names contain a slash, so the result is unique.
  const nameOf = (piece) => `${service}-${stage}/${piece}`;
  const makesHours = made.length > 0 && typeof file.create.hours !== 'string';

  const queue = (name) => ({
    Type: 'AWS::Connect::Queue',
    ...kept,
    Properties: {
      InstanceArn,
      Name: nameOf(name),
      Description: `Calls of ${service}-${stage} whose requests are routed to ${name}`,
      // Calls are made from connect.sourcePhoneNumber: the queue's own caller id is for calls dialled by agents.
      HoursOfOperationArn: makesHours
        ? { 'Fn::GetAtt': [logicalIds.hours, 'HoursOfOperationArn'] }
        : instanceArn(file, `/operating-hours/${file.create.hours}`),
    },
  });

  const routingProfile = (pool) => ({
    Type: 'AWS::Connect::RoutingProfile',
    ...kept,
    Properties: {
      InstanceArn,
      Name: nameOf(poolName(pool)),
      Description: `Agents of ${service}-${stage} who take calls of ${pool.length} queue(s), ${poolName(pool)} first`,
      DefaultOutboundQueueArn: queueArn(file, poolName(pool)),
      MediaConcurrencies: [{ Channel: 'VOICE', Concurrency: 1 }],
      QueueConfigs: pool.map((name) => ({
        QueueReference: { Channel: 'VOICE', QueueArn: queueArn(file, name) },
        Priority: 1,
        Delay: 0,
      })),
    },
  });

  const pools = file.create.routingProfiles ? file.agents.pools : [];
  return {
    Resources: {
      ...(makesHours && { [logicalIds.hours]: hoursOfOperation(file, closedDays, `${service}-${stage}`) }),
      ...Object.fromEntries(made.map((name) => [logicalIds.queue(name), queue(name)])),
      ...Object.fromEntries(pools.map((pool) => [logicalIds.routingProfile(pool), routingProfile(pool)])),
    },
  };
};

/** Closed days are overrides without hours, which replace those of the weekday. */
function hoursOfOperation(file, closedDays, Name) {
  const { days, start, end } = file.create.hours;
  return {
    Type: 'AWS::Connect::HoursOfOperation',
    ...kept,
    Properties: {
      InstanceArn: instanceArn(file),
      Name,
      Description: 'Opening hours of the queues that the stack creates: settings, create.hours',
      TimeZone: file.callingHours.timeZone,
      Config: days.map((Day) => ({ Day, StartTime: timeSlice(start), EndTime: timeSlice(end) })),
      HoursOfOperationOverrides: closedDays.map(({ day, name }) => ({
        // Overrides must have different names.
        OverrideName: `${day} ${name}`,
        EffectiveFrom: day,
        EffectiveTill: day,
        OverrideConfig: [],
      })),
    },
  };
}

/** Amazon Connect writes midnight as 0:00 at both ends of a day. */
const timeSlice = (clock) => {
  const [hours, minutes] = clock.split(':').map(Number);
  return { Hours: hours % 24, Minutes: minutes };
};
