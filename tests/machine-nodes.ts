import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Every Node that the machine has beside the one that comes with the packages, as paths. */
export function nodesOfTheMachine(): string[] {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .map((directory) => join(directory, 'node'))
    .filter((node) => existsSync(node))
    .map((node) => realpathSync(node));
  return [...new Set(found)].filter((node) => !node.includes('node_modules'));
}
