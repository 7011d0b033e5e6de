import type { IpcMain, IpcMainEvent, MessageChannelMain, MessagePortMain } from 'electron';
import { CONNECT, PORT } from './messages.ts';
import { isPage } from './policy.ts';

export interface IpcOptions {
  ipcMain: IpcMain;
  createChannel: () => MessageChannelMain;
  /** Hands one end of a channel to the core. */
  toCore: (port: MessagePortMain) => void;
}

/** Gives a window that asks its own line to the core: calls and events do not pass through main. */
export const connectWindows = ({ ipcMain, createChannel, toCore }: IpcOptions): void => {
  ipcMain.on(CONNECT, (event) => {
    const frame = event.senderFrame;
    if (!frame || !isOurWindow(event)) return;
    const { port1, port2 } = createChannel();
    toCore(port1);
    frame.postMessage(PORT, null, [port2]);
  });
};

/** Only the top frame of a window, and only while it shows our screens. */
const isOurWindow = ({ senderFrame }: IpcMainEvent): boolean =>
  senderFrame !== null && senderFrame.parent === null && isPage(senderFrame.url);
