/** Pages have no Node, and their types come through files of the flow kit that load a library late. */
declare module 'node:module' {
  export function createRequire(from: string | URL): <Module>(name: string) => Module;
}
