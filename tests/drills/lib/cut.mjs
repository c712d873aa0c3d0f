// A TCP relay that can be cut, as a network is: nothing is refused, nothing is answered, until it is healed.
import { connect, createServer } from 'node:net';

export class Cut {
  isCut = false;
  #sockets = new Set();

  constructor(port) {
    this.server = createServer((near) => this.#relay(near, port));
  }

  listen() {
    return new Promise((done) => this.server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${this.server.address().port}`)));
  }

  cut() {
    this.isCut = true;
    for (const socket of this.#sockets) socket.pause();
  }

  /** What was on its way is lost: both sides find their connections dead. */
  heal() {
    this.isCut = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  close() {
    this.heal();
    this.server.close();
  }

  #relay(near, port) {
    this.#keep(near);
    if (this.isCut) return near.pause();
    const far = connect(port, '127.0.0.1');
    this.#keep(far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ]) {
      from.on('data', (bytes) => this.isCut || to.write(bytes));
      from.once('close', () => to.destroy());
    }
  }

  #keep(socket) {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
