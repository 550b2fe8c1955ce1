import type { Template } from './cloudformation-check.ts';

/** Resources of a type, with their logical ids. */
export const ofType = (template: Template, type: string) =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);

/** Properties of a resource. Throws where there is none of that id. */
export function properties(template: Template, id: string): Record<string, unknown> {
  const resource = template.Resources[id];
  if (!resource?.Properties) throw new Error(`the template has no resource ${id}`);
  return resource.Properties;
}
