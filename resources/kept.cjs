/**
 * Of what holds data or is the work of people: it stays where the stack, or the setting it was made for, goes. What a failed
 * deployment has only just made goes with it, so that its name is free for the next attempt.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
module.exports = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };
