import { awsJsonEndpoint, type ServiceRefusal } from './aws-json.ts';

/** There is no secret of that name. */
class ResourceNotFoundException extends Error {
  override readonly name = 'ResourceNotFoundException';
}

/**
 * Secrets Manager's GetSecretValue of the secrets this stack was given.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export const secretsEndpoint = (secrets: Readonly<Record<string, string>>) =>
  awsJsonEndpoint({
    target: 'secretsmanager',
    version: '1.1',
    isRefusal: (error): error is ServiceRefusal => error instanceof ResourceNotFoundException,
    operations: {
      GetSecretValue({ SecretId }) {
        const name = String(SecretId);
        const text = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
        if (text === undefined) throw new ResourceNotFoundException(`this stack was given no secret ${name}`);
        return {
          ARN: `arn:aws:secretsmanager:ap-northeast-1:000000000000:secret:${name}-local0`,
          Name: name,
          SecretString: text,
          VersionStages: ['AWSCURRENT'],
        };
      },
    },
  });
