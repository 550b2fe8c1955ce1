import { maskPhone } from '../domain/masking.ts';
import { requestIdOf } from '../packages/sandbox/board/request-facts.ts';
import type { Contact } from '../packages/sandbox/connect/contact.ts';
import type { Stack } from '../packages/sandbox/stack.ts';
import type { Execution } from '../packages/sandbox/state-machine.ts';
import { type CallReport, reportLines } from './call-report.ts';

/** Prints what happens to one request, line by line as it happens. Speech during the execution is printed after its end. */
export function liveReport(stack: Stack, execution: Execution, speed: number, print: (lines: string[]) => void) {
  const lines = reportLines(execution, speed, stack.service.stage.file.callingHours.timeZone);
  let visitsPrinted = 0;
  /** The first contact of the call being followed. */
  let listensTo: string | undefined;
  /** How much of the speech of each of its contacts has been printed. */
  const saidPrinted = new Map<string, number>();

  function printVisits(): void {
    const { states, endedAt } = execution;
    // The result of the current state is not known yet.
    const known = endedAt !== undefined || states.at(-1)?.exitedAt !== undefined ? states.length : states.length - 1;
    const requestId = requestIdOf(execution);
    if (visitsPrinted === 0 && known > 0) print(lines.request(requestId));
    for (; visitsPrinted < known; visitsPrinted += 1) {
      const visit = states[visitsPrinted];
      if (visit) print(lines.visit(visit, requestId, stack.connect.faultHits()));
    }
  }

  /** Prints what is new in the contacts of the call that is listened to: one that is transferred goes on in others. */
  function printSaid(...contacts: Contact[]): void {
    const said = contacts
      .filter(({ id, initialContactId = id }) => initialContactId === listensTo)
      .flatMap(({ id, transcript }) => {
        const printed = saidPrinted.get(id) ?? 0;
        saidPrinted.set(id, transcript.length);
        return transcript.slice(printed);
      });
    print(said.toSorted((one, other) => one.at.localeCompare(other.at)).flatMap(lines.heard));
  }

  function listenTo(contact: Contact | undefined): void {
    if (!contact || listensTo !== undefined) return;
    listensTo = contact.id;
    print(lines.hearing(maskPhone(contact.destination)));
    // All of them: by now the call may have been transferred, and may even be over.
    printSaid(...stack.connect.contacts());
  }

  return {
    /** A call has progressed. */
    contactChanged: printSaid,
    /** Resolves when the execution has ended; the call may go on. */
    async path(): Promise<void> {
      const stopListening = stack.activity.listen((name) => name === execution.name && printVisits());
      printVisits();
      await execution.done;
      stopListening();
      printVisits();
      print(lines.faultsLeft(stack.connect.faults()));
      listenTo(callOf(stack, execution));
    },
    /** Execution and call are over. */
    end(report: CallReport): void {
      listenTo(report.contact ? stack.connect.contact(report.contact.contactId) : undefined);
      print(lines.ending(report));
    },
  };
}

function callOf({ connect }: Stack, { states }: Execution): Contact | undefined {
  const ended = states.findLast(({ name }) => name === 'RecordOutcome')?.output as { contactId?: string } | undefined;
  return ended?.contactId === undefined ? undefined : connect.contact(ended.contactId);
}
