import { render } from 'preact';
import { FoundRequests } from './found-requests.tsx';
import { Operator } from './operator.tsx';

// Served by the local stack, which knows the requests.
render(<Operator found={(digits) => <FoundRequests key={digits} digits={digits} />} />, document.body);
