declare module 'dynalite' {
  import type { Server } from 'node:http';
  /** dynalite brings no types of its own; these are the options the local stack sets. */
  export default function dynalite(options: {
    createTableMs: number;
    updateTableMs: number;
    deleteTableMs: number;
  }): Server;
}
