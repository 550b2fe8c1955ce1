import { describe, expect, it } from 'vitest';
import { forgetAwsOfShell } from '../../resources/aws-of-the-shell.ts';

describe('a process that forgets what its shell says about AWS', () => {
  it('keeps nothing of it, known today or not, and everything else', () => {
    const env = { AWS_PROFILE: 'work', AWS_SOMETHING_NEW: 'yes', aws_region: 'us-east-1', PORT: '4545', LAWS_: 'kept' };
    forgetAwsOfShell(env);
    expect(Object.keys(env).filter((name) => !name.startsWith('AWS_'))).toEqual(['PORT', 'LAWS_']);
    expect(env).not.toHaveProperty('AWS_PROFILE');
    expect(env).not.toHaveProperty('AWS_SOMETHING_NEW');
  });

  it('finds neither the files of ~/.aws nor the credentials of the machine', () => {
    const env: Record<string, string> = {};
    forgetAwsOfShell(env);
    expect(Object.keys(env).toSorted()).toEqual([
      'AWS_CONFIG_FILE',
      'AWS_EC2_METADATA_DISABLED',
      'AWS_SHARED_CREDENTIALS_FILE',
    ]);
  });

  it('keeps what is set afterwards', () => {
    const env: Record<string, string> = {};
    forgetAwsOfShell(env);
    env.AWS_ENDPOINT_URL_CONNECT = 'http://127.0.0.1:4545/aws/connect';
    forgetAwsOfShell(env);
    expect(env).toHaveProperty('AWS_ENDPOINT_URL_CONNECT');
  });
});
