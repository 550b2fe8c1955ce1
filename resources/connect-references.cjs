// How templates name the instance of a stage, its queues and its other pieces: by an id of the settings, or by what
// CloudFormation knows once it has made them. The one home of these references, and of the logical ids of what is made.

const attribute = (id, name) => ({ 'Fn::GetAtt': [id, name] });
const pascalCase = (name) => name.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());

/** Logical ids of what the stack makes. */
const logicalIds = {
  instance: 'ConnectInstance',
  hours: 'OpeningHours',
  eventBus: 'KarteEventBus',
  queue: (name) => `ConnectQueue${pascalCase(name)}`,
  routingProfile: (pool) => `RoutingProfile${pascalCase(poolName(pool))}`,
};

const poolName = (pool) => require('../domain/pools.ts').nameOfPool(pool);

// Read late: TypeScript is for a Node that resources/needs-node-24.cjs has let through.
const isMade = (id) => id === require('../domain/created-ids.ts').CREATE;
const instanceIsMade = (file) => isMade(file.connect.instanceId);
const queueIsMade = (file, name) => isMade(file.connect.queues[name]);

/** The id alone, without the ARN around it. */
const instanceId = (file) => (instanceIsMade(file) ? attribute(logicalIds.instance, 'Id') : file.connect.instanceId);

/** @param path what stands behind the instance in the ARN of something on it, such as `/queue/*` */
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

/** CloudFormation knows queues by their ARN: arn:…:instance/<id>/queue/<id>. */
const queueId = (file, name) =>
  queueIsMade(file, name) ? lastOf(attribute(logicalIds.queue(name), 'QueueArn')) : file.connect.queues[name];

const routingProfileId = (pool) => lastOf(attribute(logicalIds.routingProfile(pool), 'RoutingProfileArn'));

/** The id in the ARN of something on an instance. */
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
