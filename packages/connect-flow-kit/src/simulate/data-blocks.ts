import { isObject } from '../document.ts';
import { type Block, type BlockEnd, numberParameter, type Perform, parameter, resolved, type Work } from './block.ts';
import { failure, NEXT, noMatchingError } from './way-out.ts';

/** @see https://docs.aws.amazon.com/connect/latest/adminguide/set-contact-attributes.html */
const MAX_ATTRIBUTE_BYTES = 32_768;

/** A map of a block, with references in keys and values resolved; what resolves to nothing becomes an empty text. */
function resolvedMap(value: unknown, block: Block, textOf: (inner: unknown) => unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      resolved(key, block.values)?.text ?? key,
      resolved(textOf(inner), block.values)?.text ?? '',
    ]),
  );
}

function* setAttributes(block: Block): Work {
  const { id, parameters, world } = block;
  // Attributes of a related contact are not those of this call.
  if (parameter(block, 'TargetContact')?.toLowerCase() === 'related') return NEXT;
  const values = resolvedMap(parameters.Attributes, block, (value) => value);
  const attributes = { ...world.contact.attributes, ...values };
  const bytes = new TextEncoder().encode(Object.entries(attributes).flat().join('')).length;
  if (bytes > MAX_ATTRIBUTE_BYTES) return noMatchingError(`the attributes would have ${bytes} bytes`);
  world.contact.attributes = attributes;
  yield { kind: 'attributes', block: id, values };
  return NEXT;
}

function setFlowAttributes(block: Block): BlockEnd {
  const values = resolvedMap(block.parameters.FlowAttributes, block, (entry) =>
    isObject(entry) ? entry.Value : undefined,
  );
  block.frame.flowAttributes = { ...block.frame.flowAttributes, ...values };
  return NEXT;
}

function* setHook(block: Block): Work {
  const { id, parameters, values, world } = block;
  const [hook, written] = Object.entries(isObject(parameters.EventHooks) ? parameters.EventHooks : {})[0] ?? [];
  const flow = resolved(written, values)?.text ?? '';
  if (hook === undefined || flow === '') return noMatchingError('there is no flow to set');
  world.contact.hooks = { ...world.contact.hooks, [hook]: flow };
  yield { kind: 'hook', block: id, hook, flow };
  return NEXT;
}

/** `$.LambdaInvocation.InvocationId` of an asynchronously invoked function. */
const NOBODYS_INVOCATION = '00000000-0000-4000-8000-000000000000';

/**
 * Seconds that a function may take at most.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/interactions-invokelambdafunction.html
 */
const MOST_SECONDS = 8;

function* invokeLambda(block: Block): Work {
  const { id, parameters, world } = block;
  const functionArn = parameter(block, 'LambdaFunctionARN') ?? '';
  if (functionArn === '') return noMatchingError('there is no function to ask');
  // With the service's default, the function has no time to respond.
  if (parameter(block, 'InvocationType') === 'ASYNCHRONOUS') {
    keepInvocation(block, { InvocationId: NOBODYS_INVOCATION });
    yield { kind: 'lambda', block: id, functionArn, answered: {} };
    return NEXT;
  }
  const seconds = numberParameter(block, 'InvocationTimeLimitSeconds') ?? MOST_SECONDS;
  yield { kind: 'ask-function', block: id, functionArn, seconds };
  const answered = world.invoke(functionArn);
  if (answered === 'error') return noMatchingError('the function failed');
  const { ResponseValidation } = parameters;
  const nested = isObject(ResponseValidation) && ResponseValidation.ResponseType === 'JSON';
  if (!isObject(answered)) return noMatchingError('the function answered no object');
  if (!nested && Object.values(answered).some((value) => typeof value === 'object' && value !== null)) {
    return noMatchingError('the function answered more than a flat map of texts');
  }
  world.contact.objects = { ...world.contact.objects, External: answered };
  keepInvocation(block, { ResultData: answered });
  yield { kind: 'lambda', block: id, functionArn, answered };
  return NEXT;
}

/**
 * `$.LambdaInvocation`: the id is that of the latest asynchronously invoked function; the response, also in `$.External`, that of the
 * latest one that responded.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/connect-attrib-list.html
 */
function keepInvocation({ world: { contact } }: Block, news: Record<string, unknown>): void {
  const { LambdaInvocation: before } = contact.objects;
  contact.objects = { ...contact.objects, LambdaInvocation: { ...(isObject(before) && before), ...news } };
}

function setData(block: Block): BlockEnd {
  const { contact } = block.world;
  if (parameter(block, 'TargetContact')?.toLowerCase() === 'related') return NEXT;
  for (const name of ['LanguageCode', 'Name', 'Description', 'CustomerId']) {
    const value = parameter(block, name);
    if (value !== undefined) contact.system = { ...contact.system, [name]: value };
  }
  return NEXT;
}

function setCallbackNumber(block: Block): BlockEnd {
  const { contact } = block.world;
  const number = parameter(block, 'CallbackNumber') ?? '';
  if (!/^\+?\d{5,15}$/.test(number)) return failure('InvalidCallbackNumber', 'it is no phone number');
  contact.system = { ...contact.system, CallbackNumber: number };
  return NEXT;
}

/** Nothing that the customer hears or that another block could ask for. */
const unheard = (): BlockEnd => NEXT;

/** Blocks that change what is known about the contact. */
export const DATA_BLOCKS: Readonly<Record<string, Perform>> = {
  UpdateContactAttributes: setAttributes,
  UpdateFlowAttributes: setFlowAttributes,
  UpdateContactEventHooks: setHook,
  InvokeLambdaFunction: invokeLambda,
  UpdateContactData: setData,
  UpdateContactCallbackNumber: setCallbackNumber,
  UpdateFlowLoggingBehavior: unheard,
  UpdateContactRecordingBehavior: unheard,
  UpdateContactRecordingAndAnalyticsBehavior: unheard,
  UpdateContactMediaStreamingBehavior: unheard,
  UpdateContactMediaProcessing: unheard,
  UpdateContactRoutingBehavior: unheard,
  UpdateContactRoutingCriteria: unheard,
  TagContact: unheard,
  UntagContact: unheard,
  CompleteOutboundCall: unheard,
};
