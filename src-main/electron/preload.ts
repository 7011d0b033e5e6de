import { ipcRenderer } from 'electron';
import { CONNECT, PORT } from './messages.ts';

// The page asks once for its line to the core and gets one end of a channel. Nothing of Electron's is exposed.
window.addEventListener('message', (message) => {
  const fromOurPage = message.source === window && message.origin === window.location.origin;
  if (fromOurPage && message.data === 'anteroom-ready') ipcRenderer.send(CONNECT);
});

ipcRenderer.on(PORT, (event) => {
  window.postMessage(PORT, window.location.origin, event.ports);
});
