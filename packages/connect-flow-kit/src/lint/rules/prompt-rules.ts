import type { FlowType } from '../../flow-types.ts';
import { type ReferenceValues, resolveText } from '../../references.ts';
import { DEFAULT_VOICE, enginesOf, findVoice, isJapaneseVoice } from '../../voices.ts';
import { RUNS_A_MODULE } from '../block-roles.ts';
import { reachable } from '../circles.ts';
import { block, next, say } from '../example.ts';
import { type Block, type LintedFlow, startsCall } from '../linted-flow.ts';
import { adminGuide } from '../pages.ts';
import { isFilledInLater, isReference } from '../parameter-problems.ts';
import type { Rule } from '../rule.ts';

/** Characters of one prompt: those that are spoken, and all of them with the markup. */
const MAX_SPOKEN = 3_000;
const MAX_WRITTEN = 6_000;

const SETS_VOICE = 'UpdateContactTextToSpeechVoice';
const setVoice = (parameters: Readonly<Record<string, unknown>>) =>
  block('Set voice', SETS_VOICE, parameters, next('Welcome', { NoMatchingError: 'Apologise' }));

const NOTHING: ReferenceValues = { attributes: {}, system: {} };

/** Texts of a block that somebody hears. */
const spokenTexts = ({ texts }: Block) => texts.filter(({ path }) => /(^|\.)(Text|SSML)$/.test(path));

const tooLongPrompt: Rule = {
  id: 'too-long-prompt',
  severity: 'error',
  title: 'A prompt has more than 3,000 characters to speak, or 6,000 with its markup',
  why: 'The flow is published, but the block takes its error branch in every call. References count as no characters here, but their values may be long.',
  source: adminGuide('play'),
  example: {
    failing: { blocks: [say('Welcome', 'Good morning. '.repeat(300), 'Hang up')] },
    fixed: { blocks: [say('Welcome', 'Good morning.', 'Hang up')] },
  },
  check: ({ blocks }) =>
    blocks.flatMap((one) =>
      spokenTexts(one).flatMap(({ path, text: written }) => {
        if (written.length <= MAX_SPOKEN) return [];
        const { text } = resolveText(written, NOTHING);
        const spoken = text.replace(/<[^>]*>/g, '').length;
        if (spoken <= MAX_SPOKEN && text.length <= MAX_WRITTEN) return [];
        return [
          {
            block: one,
            message: `${path} has ${spoken} characters to speak, ${text.length} with the markup`,
            fix: `Divide it into prompts of at most ${MAX_SPOKEN} and ${MAX_WRITTEN} characters.`,
          },
        ];
      }),
    ),
};

const impossibleVoice: Rule = {
  id: 'impossible-voice',
  severity: 'error',
  title: 'A voice is set with an engine that it does not support',
  why: 'The service publishes the flow without checking the pair. In the call, the block takes its error branch, and Joanna speaks.',
  source: adminGuide('set-voice'),
  example: {
    failing: {
      blocks: [setVoice({ TextToSpeechVoice: 'Kazuha' }), say('Welcome', 'ありがとうございます。', 'Hang up')],
    },
    fixed: {
      blocks: [
        setVoice({ TextToSpeechVoice: 'Kazuha', TextToSpeechEngine: 'Neural' }),
        say('Welcome', 'ありがとうございます。', 'Hang up'),
      ],
    },
  },
  check: ({ blocks }) =>
    blocks.flatMap((one) => {
      const { TextToSpeechVoice: voice, TextToSpeechEngine: engine } = one.parameters;
      if (one.type !== SETS_VOICE || typeof voice !== 'string' || enginesOf(voice) === undefined) return [];
      if (engine !== undefined && (typeof engine !== 'string' || isReference(engine) || isFilledInLater(engine)))
        return [];
      const found = findVoice(voice, engine);
      if (typeof found !== 'string') return [];
      return [
        {
          block: one,
          message: `${found}${engine === undefined ? ', and without TextToSpeechEngine the engine is Standard' : ''}`,
          fix: 'Set TextToSpeechEngine to one that it supports, or choose another voice.',
        },
      ];
    }),
};

const unknownVoice: Rule = {
  id: 'unknown-voice',
  severity: 'warning',
  title: 'The voice is unknown',
  why: 'The service publishes the flow without checking the name. In the call, the block takes its error branch, and Joanna speaks. Amazon Polly gets new voices now and then; this may be one.',
  source: adminGuide('set-voice'),
  example: {
    failing: { blocks: [setVoice({ TextToSpeechVoice: 'Johanna' }), say('Welcome', 'Good morning.', 'Hang up')] },
    fixed: { blocks: [setVoice({ TextToSpeechVoice: 'Joanna' }), say('Welcome', 'Good morning.', 'Hang up')] },
  },
  check: ({ blocks }) =>
    blocks.flatMap((one) => {
      const { TextToSpeechVoice: voice } = one.parameters;
      if (one.type !== SETS_VOICE || typeof voice !== 'string' || isReference(voice) || isFilledInLater(voice))
        return [];
      if (voice === '' || enginesOf(voice) !== undefined) return [];
      return [
        {
          block: one,
          message: `the voice "${voice}" is unknown`,
          fix: 'Write the name of a voice of Amazon Polly.',
        },
      ];
    }),
};

const foreignVoice: Rule = {
  id: 'japanese-text-foreign-voice',
  severity: 'warning',
  title: 'A Japanese text can be spoken by a voice that does not speak Japanese',
  why: `Until a flow sets a voice, ${DEFAULT_VOICE.voice} speaks, in English: a Japanese text comes out as noise or not at all. If the call comes from another flow, that flow may have set the voice, so only the start of a contact flow is checked.`,
  source: adminGuide('set-voice'),
  example: {
    failing: {
      document: { Metadata: { type: 'contactFlow' } },
      blocks: [say('Welcome', 'ありがとうございます。', 'Hang up')],
    },
    fixed: {
      document: { Metadata: { type: 'contactFlow' } },
      blocks: [
        setVoice({ TextToSpeechVoice: 'Takumi', TextToSpeechEngine: 'Neural' }),
        say('Welcome', 'ありがとうございます。', 'Hang up'),
      ],
    },
  },
  check: (flow) =>
    [...heardInAForeignVoice(flow)].flatMap((one) => {
      const japanese = spokenTexts(one).find(({ text }) => /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text));
      return japanese === undefined
        ? []
        : [
            {
              block: one,
              message: `${japanese.path} is Japanese, but a call can reach it with a voice that does not speak Japanese`,
              fix: `Put an ${SETS_VOICE} with a Japanese voice on every path to it.`,
            },
          ];
    }),
};

/** Blocks that a call can reach with the default voice, or with one that a block set and that is not Japanese. */
function heardInAForeignVoice(flow: LintedFlow): Set<Block> {
  const startsHere = startsCall(flow) && flow.start ? [flow.start] : [];
  const afterForeign = flow.blocks
    .filter(({ type: blockType, parameters: { TextToSpeechVoice: voice } }) => {
      return blockType === SETS_VOICE && typeof voice === 'string' && !isReference(voice) && !isJapaneseVoice(voice);
    })
    .flatMap(({ exits }) => exits.map(({ to }) => to));
  return reachable([...startsHere, ...afterForeign], (one) =>
    one.type === SETS_VOICE || one.type === RUNS_A_MODULE ? [] : one.exits.map(({ to }) => to),
  );
}

const fromS3 = (then: string) =>
  block(
    'Welcome',
    'MessageParticipant',
    { Media: { Uri: 'https://${Bucket}.s3.amazonaws.com/welcome.wav', SourceType: 'S3', MediaType: 'Audio' } },
    next(then, { NoMatchingError: then }),
  );

/** @see https://docs.aws.amazon.com/connect/latest/adminguide/play.html */
const WITHOUT_S3: ReadonlySet<FlowType | undefined> = new Set([
  ...(['CUSTOMER_QUEUE', 'CUSTOMER_WHISPER', 'AGENT_WHISPER', 'OUTBOUND_WHISPER'] as const),
]);

const s3Prompt: Rule = {
  id: 's3-prompt-not-here',
  severity: 'warning',
  title: 'Play prompt takes its recording from S3 in a queue or whisper flow',
  why: 'There, the documentation allows only prompts from the library; what is heard instead is unknown. Loop prompts may play from S3 in a queue.',
  source: adminGuide('play'),
  example: {
    failing: { document: { Metadata: { type: 'agentWhisper' } }, blocks: [fromS3('Resume')] },
    fixed: { document: { Metadata: { type: 'contactFlow' } }, blocks: [fromS3('Hang up')] },
  },
  check: ({ blocks, type }) =>
    WITHOUT_S3.has(type)
      ? blocks
          .filter((one) => one.type === 'MessageParticipant' && Object.hasOwn(one.parameters, 'Media'))
          .map((one) => ({
            block: one,
            message: 'its recording is in S3, but this type of flow can play only prompts from the library',
            fix: 'Upload the recording as a prompt and write PromptId, or write Text.',
          }))
      : [],
};

export const PROMPT_RULES: readonly Rule[] = [tooLongPrompt, impossibleVoice, unknownVoice, foreignVoice, s3Prompt];
