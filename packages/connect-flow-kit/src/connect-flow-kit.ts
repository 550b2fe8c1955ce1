import { runCommand } from './command-line.ts';
import { flows } from './commands/commands.ts';

// The commands for the project in the working directory.
await runCommand(flows);
