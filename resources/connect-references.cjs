// How templates refer to the instance of a stage, its queues and other resources: by an id from the settings, or by a CloudFormation
// reference if the stack creates them. The only place for these references, and for the logical ids of what is created.

const attribute = (id, name) => ({ 'Fn::GetAtt': [id, name] });
const pascalCase = (name) => name.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());

/** Logical ids of what the stack creates. */
const logicalIds = {
  instance: 'ConnectInstance',
  hours: 'OpeningHours',
  eventBus: 'KarteEventBus',
  queue: (name) => `ConnectQueue${pascalCase(name)}`,
  routingProfile: (pool) => `RoutingProfile${pascalCase(poolName(pool))}`,
};

const poolName = (pool) => require('../domain/pools.ts').nameOfPool(pool);

// Loaded lazily: TypeScript needs a Node that has passed resources/needs-node-24.cjs.
const isMade = (id) => id === require('../domain/created-ids.ts').CREATE;
const instanceIsMade = (file) => isMade(file.connect.instanceId);
const queueIsMade = (file, name) => isMade(file.connect.queues[name]);

/** The id without the rest of the ARN. */
const instanceId = (file) => (instanceIsMade(file) ? attribute(logicalIds.instance, 'Id') : file.connect.instanceId);

/** @param path after the instance in the ARN of one of its resources, such as `/queue/*` */
function instanceArn(file, path = '') {
  if (!instanceIsMade(file)) {
    const arn = 'arn:${AWS::Partition}:connect:${AWS::Region}:${AWS::AccountId}:instance/';
    return { 'Fn::Sub': `${arn}${file.connect.instanceId}${path}` };
  }
  return path === '' ? attribute(logicalIds.instance, 'Arn') : { 'Fn::Sub': `\${${logicalIds.instance}.Arn}${path}` };
}

const queueArn = (file, name) =>
  queueIsMade(file, name)
    ? attribute(logicalIds.queue(name), 'QueueArn')
    : instanceArn(file, `/queue/${file.connect.queues[name]}`);

/** CloudFormation refers to queues by ARN: arn:…:instance/<id>/queue/<id>. */
const queueId = (file, name) =>
  queueIsMade(file, name) ? lastOf(attribute(logicalIds.queue(name), 'QueueArn')) : file.connect.queues[name];

const routingProfileId = (pool) => lastOf(attribute(logicalIds.routingProfile(pool), 'RoutingProfileArn'));

/** The id in the ARN of a resource on an instance. */
const lastOf = (arn) => ({ 'Fn::Select': [3, { 'Fn::Split': ['/', arn] }] });

module.exports = {
  instanceId,
  instanceArn,
  instanceIsMade,
  queueId,
  queueArn,
  queueIsMade,
  routingProfileId,
  logicalIds,
  poolName,
};
