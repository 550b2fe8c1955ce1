/** Names of the things in one Amazon Connect instance. */
export interface InstanceNames {
  instance: string;
  contact(id: string): string;
  queue(id: string): string;
  agent(id: string): string;
  flow(id: string): string;
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonconnect.html */
export function instanceNames(region: string, accountId: string, instanceId: string): InstanceNames {
  const instance = `arn:aws:connect:${region}:${accountId}:instance/${instanceId}`;
  return {
    instance,
    contact: (id) => `${instance}/contact/${id}`,
    queue: (id) => `${instance}/queue/${id}`,
    agent: (id) => `${instance}/agent/${id}`,
    flow: (id) => `${instance}/contact-flow/${id}`,
  };
}

/** The id in an ARN; an id is returned as it is. */
export const idOf = (idOrArn: string): string => idOrArn.slice(idOrArn.lastIndexOf('/') + 1);
