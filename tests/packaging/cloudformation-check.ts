import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, Resource, SpecDatabase } from '@aws-cdk/service-spec-types';

export interface Template {
  Resources: Record<string, TemplateResource>;
  Outputs?: Record<string, { Value?: unknown; Export?: { Name: string } }>;
}

interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  DependsOn?: string | string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

let database: SpecDatabase | undefined;

/**
 * Checks every resource of a template against CloudFormation's own schemas: types, property names, required
 * properties, value types, enumerations, and what `Ref`, `Fn::GetAtt`, `Fn::Sub` and DependsOn point to.
 * One sentence per fault. Not checked: lengths, patterns, the content of policies and of embedded JSON.
 */
export function templateFaults(template: Template): string[] {
  database ??= loadAwsServiceSpecSync();
  const db = database;
  return Object.entries(template.Resources).flatMap(([id, resource]) => {
    const spec = specOf(db, resource.Type);
    if (!spec) return [`${id}: there is no resource type ${resource.Type}`];
    const dependencies = [resource.DependsOn ?? []].flat();
    return [
      ...objectFaults(db, spec.properties, resource.Properties ?? {}, id),
      ...referenceFaults(db, template, resource, id),
      ...dependencies
        .filter((on) => !(on in template.Resources))
        .map((on) => `${id}: DependsOn names no resource: ${on}`),
    ];
  });
}

const specOf = (db: SpecDatabase, type: string): Resource | undefined =>
  db.lookup('resource', 'cloudFormationType', 'equals', type)[0];

function objectFaults(db: SpecDatabase, properties: Resource['properties'], value: object, at: string): string[] {
  const faults: string[] = [];
  for (const [name, item] of Object.entries(value)) {
    const property = properties[name];
    if (!property) faults.push(`${at}: there is no property ${name}`);
    else faults.push(...valueFaults(db, property.type, item, `${at}.${name}`));
  }
  for (const [name, { required }] of Object.entries(properties)) {
    if (required && !(name in value)) faults.push(`${at}: ${name} is required`);
  }
  return faults;
}

/** A value that is known at deployment only: its type cannot be checked. */
const isIntrinsic = (value: unknown): boolean => {
  const keys = isObject(value) ? Object.keys(value) : [];
  return keys.length === 1 && /^(Ref|Fn::.+)$/.test(keys[0] ?? '');
};

function valueFaults(db: SpecDatabase, type: PropertyType, value: unknown, at: string): string[] {
  if (isIntrinsic(value)) return [];
  const wrong = (expected: string) => [`${at}: ${JSON.stringify(value)?.slice(0, 60)} is not ${expected}`];
  switch (type.type) {
    case 'json':
    case 'tag':
      return [];
    case 'string':
      if (typeof value !== 'string') return wrong('a string');
      return type.allowedValues && !type.allowedValues.includes(value) ? wrong(type.allowedValues.join(' or ')) : [];
    case 'date-time':
      return typeof value === 'string' ? [] : wrong('a date and time');
    case 'number':
      return typeof value === 'number' ? [] : wrong('a number');
    case 'integer':
      return Number.isInteger(value) ? [] : wrong('a whole number');
    case 'boolean':
      return typeof value === 'boolean' ? [] : wrong('true or false');
    case 'null':
      return value === null ? [] : wrong('null');
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((item, index) => valueFaults(db, type.element, item, `${at}[${index}]`))
        : wrong('a list');
    case 'map':
      return isObject(value)
        ? Object.entries(value).flatMap(([key, item]) => valueFaults(db, type.element, item, `${at}.${key}`))
        : wrong('an object');
    case 'ref':
      return isObject(value)
        ? objectFaults(db, db.get('typeDefinition', type.reference.$ref).properties, value, at)
        : wrong('an object');
    case 'union': {
      const attempts = type.types.map((one) => valueFaults(db, one, value, at));
      return attempts.some((faults) => faults.length === 0) ? [] : (attempts[0] ?? []);
    }
  }
}

/** Walks a resource for references that lead nowhere. */
function referenceFaults(db: SpecDatabase, template: Template, node: unknown, at: string): string[] {
  if (Array.isArray(node)) return node.flatMap((item) => referenceFaults(db, template, item, at));
  if (!isObject(node)) return [];
  const faults: string[] = [];
  const isKnown = (id: string) => id in template.Resources || id.startsWith('AWS::');
  if (typeof node.Ref === 'string' && !isKnown(node.Ref)) faults.push(`${at}: Ref names no resource: ${node.Ref}`);
  if (Array.isArray(node['Fn::GetAtt'])) {
    const [id, attribute] = node['Fn::GetAtt'] as [string, string];
    const target = template.Resources[id];
    const spec = target && specOf(db, target.Type);
    if (!spec) faults.push(`${at}: Fn::GetAtt names no resource: ${id}`);
    else if (!(attribute in spec.attributes))
      faults.push(`${at}: ${id} (${spec.cloudFormationType}) has no attribute ${attribute}`);
  }
  if ('Fn::Sub' in node) {
    const [text, variables] = [node['Fn::Sub']].flat() as [string, Record<string, unknown>?];
    for (const [, name = ''] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) {
      if (!isKnown(name.split('.')[0] ?? '') && !(name in (variables ?? {}))) {
        faults.push(`${at}: Fn::Sub names nothing: ${name}`);
      }
    }
  }
  return [...faults, ...Object.values(node).flatMap((item) => referenceFaults(db, template, item, at))];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
