/** A WAV of one channel, with as many bytes of samples, and one odd chunk before them. @param claims how many the header tells of */
export function wavOf(samples: number, { rate = 8_000, claims = samples } = {}): Buffer {
  const wav = Buffer.alloc(54 + samples);
  wav.write('RIFF    WAVEfmt ');
  for (const [at, value] of [16, 0x1_0001, rate, rate * 2, 0x10_0002].entries()) wav.writeUInt32LE(value, 16 + at * 4);
  wav.write('note\u0001', 36);
  wav.write('data', 46);
  wav.writeUInt32LE(claims, 50);
  return wav;
}

/** A file as an expression of JavaScript. */
export const inCode = (wav: Buffer) => `Buffer.from(${JSON.stringify(wav.toString('base64'))}, "base64")`;
