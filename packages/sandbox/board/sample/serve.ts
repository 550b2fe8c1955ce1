import { isOpenAt } from '../../connect/connect-queues.ts';
import type { Stack } from '../../stack.ts';
import { samplePage } from './sample-page.ts';

/** The sample page as the company would serve it now: it knows its opening hours. @param language `en`; Japanese otherwise */
export function samplePageNow({ connect, service }: Stack, language: string | null): string {
  const now = new Date();
  const isEnglish = language === 'en';
  const { availability, connect: settings, signature } = service.stage.file;
  const { CompanyName } = settings.flowValues;
  return samplePage({
    language: isEnglish ? 'en' : 'ja',
    open: connect.queues().some((queue) => queue.enabled && isOpenAt(queue, now)),
    // What a browser keeps of the answer for half a minute is what was so before somebody pressed a switch.
    availabilityUrl: availability === null ? undefined : `/availability.json?page=${now.getTime()}`,
    company: isEnglish ? undefined : CompanyName,
    signed: signature.mode !== 'off',
  });
}

const popUps = new WeakMap<Stack, Promise<string>>();

/** The pop-up as one file for any page, built for the stage of this stack when it is first asked for. */
export function embeddedPopUp(stack: Stack): Promise<string> {
  const built = popUps.get(stack) ?? build(stack);
  popUps.set(stack, built);
  return built;
}

async function build(stack: Stack): Promise<string> {
  // Imported lazily: a stack at which nobody looks needs no bundler.
  const { buildVisualIvr } = await import('../../../pop-up/build-pop-up.ts');
  return (await buildVisualIvr(stack.service.stage)).embed;
}
