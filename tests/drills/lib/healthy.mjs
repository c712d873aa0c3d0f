// A target that is always well; it says its port.
import { createServer } from 'node:http';

const target = createServer({ keepAlive: false }, (_, answer) => answer.end('ok'));
target.listen(0, '127.0.0.1', 4096, () => console.log(target.address().port));
