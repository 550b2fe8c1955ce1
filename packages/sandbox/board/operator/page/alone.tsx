import { render } from 'preact';
import { Operator } from './operator.tsx';

// One file that needs no server: it knows what a number says of itself, and no request.
render(<Operator />, document.body);
