/** A metric: namespace, name, up to 30 dimensions, and what is said of it; or an expression. */
const METRIC = {
  anyOf: [
    {
      type: 'array',
      minItems: 3,
      maxItems: 63,
      items: { anyOf: [{ type: 'string', minLength: 1, maxLength: 1024 }, { $ref: '#/definitions/rendering' }] },
    },
    {
      type: 'array',
      minItems: 1,
      maxItems: 1,
      items: [
        {
          type: 'object',
          allOf: [{ $ref: '#/definitions/rendering' }],
          required: ['expression', 'id'],
        },
      ],
    },
  ],
} as const;

/**
 * The part of a dashboard's body that ours uses, as the page about it describes it. Where a widget has a view of its own, what
 * belongs to another view is refused.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 * @see https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-cloudwatch/lib/graph.ts for the table
 */
export const DASHBOARD_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['widgets'],
  properties: {
    start: { type: 'string', pattern: '^-P(?:T\\d+[MH]|\\d+[DWM])$' },
    periodOverride: { enum: ['auto', 'inherit'] },
    widgets: { type: 'array', minItems: 1, maxItems: 500, items: { $ref: '#/definitions/widget' } },
  },
  definitions: {
    widget: {
      type: 'object',
      additionalProperties: false,
      required: ['type', 'x', 'y', 'width', 'height', 'properties'],
      properties: {
        type: { const: 'metric' },
        x: { type: 'integer', minimum: 0, maximum: 23 },
        y: { type: 'integer', minimum: 0 },
        width: { type: 'integer', minimum: 1, maximum: 24 },
        height: { type: 'integer', minimum: 1, maximum: 1000 },
        properties: {
          type: 'object',
          additionalProperties: false,
          required: ['metrics', 'region', 'title', 'view'],
          properties: {
            title: { type: 'string', minLength: 1 },
            region: { type: 'string' },
            view: { enum: ['timeSeries', 'singleValue', 'bar', 'table'] },
            stacked: { type: 'boolean' },
            period: { enum: [60, 300] },
            stat: { enum: ['Sum', 'Maximum'] },
            start: { type: 'string', pattern: '^-P' },
            setPeriodToTimeRange: { type: 'boolean' },
            singleValueFullPrecision: { type: 'boolean' },
            yAxis: {
              type: 'object',
              additionalProperties: false,
              properties: {
                left: {
                  type: 'object',
                  additionalProperties: false,
                  properties: { min: { type: 'number' }, showUnits: { type: 'boolean' } },
                },
              },
            },
            table: {
              type: 'object',
              additionalProperties: false,
              properties: {
                layout: { enum: ['horizontal', 'vertical'] },
                showTimeSeriesData: { type: 'boolean' },
                stickySummary: { type: 'boolean' },
                summaryColumns: { type: 'array', items: { enum: ['MIN', 'MAX', 'SUM', 'AVG'] } },
              },
            },
            metrics: { type: 'array', minItems: 1, maxItems: 500, items: METRIC },
          },
        },
      },
    },
    rendering: {
      type: 'object',
      additionalProperties: false,
      properties: {
        id: { type: 'string', pattern: '^[a-z][A-Za-z0-9_]*$', maxLength: 255 },
        // As of a query of GetMetricData, which had less room before.
        expression: { type: 'string', minLength: 1, maxLength: 1024 },
        label: { type: 'string' },
        stat: { type: 'string', pattern: '^(?:Sum|Maximum|p\\d{1,2})$' },
        visible: { type: 'boolean' },
        color: { type: 'string', pattern: '^#[0-9a-f]{6}$' },
      },
    },
  },
} as const;
