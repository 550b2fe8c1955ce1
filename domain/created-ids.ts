/** Stands in the place of an id: the stack makes the thing, and its id is known after the deployment only. */
export const CREATE = 'create';
