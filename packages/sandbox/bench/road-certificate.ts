import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** The certificate and key of an HTTPS server on this machine, in PEM. */
interface Certificate {
  key: string;
  certificate: string;
}

/**
 * A self-signed certificate for 127.0.0.1, with a new key. Node cannot make one, and a key in the repository
 * would look like a secret.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function selfSigned(): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(OID.commonName, tagged(0x0c, Buffer.from('127.0.0.1')))));
  const algorithm = sequence(OID.ecdsaWithSha256);
  const facts = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    name,
    sequence(utcTime('200101000000Z'), utcTime('491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(
      0xa3,
      sequence(
        extension(OID.basicConstraints, sequence(tagged(0x01, Buffer.of(0xff)))),
        extension(OID.subjectAltName, sequence(tagged(0x87, Buffer.of(127, 0, 0, 1)))),
      ),
    ),
  );
  const signature = sign('sha256', facts, privateKey);
  const whole = sequence(facts, algorithm, tagged(0x03, Buffer.of(0), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
  };
}

const tagged = (tag: number, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const length =
    content.length < 0x80
      ? Buffer.of(content.length)
      : content.length < 0x100
        ? Buffer.of(0x81, content.length)
        : Buffer.of(0x82, content.length >> 8, content.length & 0xff);
  return Buffer.concat([Buffer.of(tag), length, content]);
};

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, ...parts);
const set = (...parts: Buffer[]): Buffer => tagged(0x31, ...parts);
const integer = (bytes: Buffer): Buffer => tagged(0x02, bytes);
const utcTime = (text: string): Buffer => tagged(0x17, Buffer.from(text));
const extension = (oid: Buffer, value: Buffer): Buffer => sequence(oid, tagged(0x04, value));

const OID = {
  commonName: tagged(0x06, Buffer.from('550403', 'hex')),
  ecdsaWithSha256: tagged(0x06, Buffer.from('2a8648ce3d040302', 'hex')),
  basicConstraints: tagged(0x06, Buffer.from('551d13', 'hex')),
  subjectAltName: tagged(0x06, Buffer.from('551d11', 'hex')),
} as const;
