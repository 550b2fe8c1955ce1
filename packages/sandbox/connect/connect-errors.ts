/**
 * HTTP status of every error the local model returns.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/CommonErrors.html
 */
const STATUS = {
  SerializationException: 400,
  InvalidParameterException: 400,
  InvalidRequestException: 400,
  AccessDeniedException: 403,
  DestinationNotAllowedException: 403,
  OutboundContactNotPermittedException: 403,
  ResourceNotFoundException: 404,
  UnknownOperationException: 404,
  ContactNotFoundException: 410,
  RequestEntityTooLargeException: 413,
  LimitExceededException: 429,
  ThrottlingException: 429,
  TooManyRequestsException: 429,
  InternalServiceException: 500,
} as const;

export type ConnectErrorName = keyof typeof STATUS;

/** A refusal, under the name by which the AWS SDK knows it. */
export class ConnectError extends Error {
  override readonly name: ConnectErrorName;
  readonly status: number;
  constructor(name: ConnectErrorName, message: string) {
    super(message);
    this.name = name;
    this.status = STATUS[name];
  }
}

/** The request never gets a response: its caller has to give up by itself. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}
