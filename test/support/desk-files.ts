import { noLog } from '../../src-main/core/log.ts';
import { FileStore } from '../../src-main/core/store/file-store.ts';
import { FileExchange } from '../../src-main/core/sync/files.ts';
import { temporaryFolder } from './desk.ts';
import { type LiveDesk, liveDesk } from './live-desk.ts';

/** A desk with its sync running, its files beside the replica, and their exchange with central. */
export interface FilingDesk extends LiveDesk {
  store: FileStore;
  files: FileExchange;
  /** The folder of the stored files. */
  folder: string;
}

export const filingDesk = (url: string): FilingDesk => {
  const live = liveDesk(url);
  const folder = temporaryFolder();
  const store = new FileStore(folder.path, live.replica.key);
  const files = new FileExchange({
    replica: live.replica,
    store,
    url: () => url,
    log: noLog,
    random: () => 0,
    connected: () => ['online', 'sending'].includes(live.engine.state().phase),
    onState: (listener) => live.engine.onState(listener),
  });
  return {
    ...live,
    store,
    files,
    folder: folder.path,
    dispose: async () => {
      await files.close();
      await live.dispose();
      folder.remove();
    },
  };
};
