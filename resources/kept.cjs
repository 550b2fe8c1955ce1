/**
 * For resources with data or manual work: they are kept when the stack, or the setting that created them, is removed. What a failed
 * deployment has just created is deleted, so that its name is free for the next attempt.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
module.exports = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };
