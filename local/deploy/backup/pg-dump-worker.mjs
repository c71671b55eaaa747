// A thread in which pg_dump runs: it is compiled to WebAssembly, knows no sockets and waits for its answers, so the thread that started
// this one talks to the database, and this one sleeps meanwhile.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { pgDump } from '@electric-sql/pglite-tools/pg_dump';

const { answers, signal, parameters } = workerData;

/** The next part of an answer; sleeps until there is one. */
function nextPart() {
  for (;;) {
    const count = Atomics.load(signal, 0);
    const received = receiveMessageOnPort(answers);
    if (received) return received.message;
    Atomics.wait(signal, 0, count);
  }
}

/** What pg_dump needs of a database: somebody who takes its messages and brings the answers. */
const database = {
  query: () => Promise.resolve({ rows: [{ search_path: '' }] }),
  exec: () => Promise.resolve([]),
  execProtocolRawStream(message, { onRawData }) {
    parentPort.postMessage({ message: message.slice() });
    for (;;) {
      const { data, isLast } = nextPart();
      if (data) onRawData(data);
      if (isLast) return;
    }
  },
};

const file = await pgDump({ pg: database, args: parameters });
parentPort.postMessage({ dump: await file.text() });
