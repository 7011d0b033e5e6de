import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { StandInChannel } from './stand-in.ts';

/** What the test sends: a message for the core's process, or one on the window's end of a line to it. */
export type Told = { toCore: { kind: string } } | { connect: true } | { onPort: unknown };

// Runs a program as Electron runs a utility process, with its messages bridged to the process that forked this one.
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => process.send?.({ fromCore: message }),
});
Object.assign(process, { parentPort });
const channel = new StandInChannel();
channel.port2.on('message', ({ data }: { data: unknown }) => process.send?.({ fromPort: data }));

process.on('message', (told: Told) => {
  if ('toCore' in told) parentPort.emit('message', { data: told.toCore, ports: [] });
  else if ('onPort' in told) channel.port2.postMessage(told.onPort);
  else {
    channel.port2.start();
    parentPort.emit('message', { data: { kind: 'connect' }, ports: [channel.port1] });
  }
});

await import(pathToFileURL(process.argv[2] ?? '').href);
process.send?.({ loaded: true });
