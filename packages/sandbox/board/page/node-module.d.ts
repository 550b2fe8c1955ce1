/** Pages have no Node, but their types include files of the flow kit that load a library lazily. */
declare module 'node:module' {
  export function createRequire(from: string | URL): <Module>(name: string) => Module;
}
