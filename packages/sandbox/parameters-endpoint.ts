import { awsJsonEndpoint, type ServiceRefusal } from './aws-json.ts';

/** There is no parameter of that name. */
class ParameterNotFound extends Error {
  override readonly name = 'ParameterNotFound';
}

/**
 * Parameter Store's GetParameter of AWS Systems Manager.
 *
 * @param parameters texts by name
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
 */
export const parametersEndpoint = (parameters: Readonly<Record<string, string>>) =>
  awsJsonEndpoint({
    target: 'AmazonSSM',
    version: '1.1',
    isRefusal: (error): error is ServiceRefusal => error instanceof ParameterNotFound,
    operations: {
      GetParameter({ Name }) {
        const name = String(Name);
        const text = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
        if (text === undefined) throw new ParameterNotFound(`this stack has no parameter ${name}`);
        return {
          Parameter: {
            ARN: `arn:aws:ssm:ap-northeast-1:000000000000:parameter${name}`,
            Name: name,
            Type: 'String',
            Value: text,
            Version: 1,
          },
        };
      },
    },
  });
