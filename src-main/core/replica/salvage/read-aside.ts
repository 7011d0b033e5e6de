import { Replica, type ReplicaOptions, removeDatabase } from '../open.ts';
import { type Rescued, takeOwn } from './rescue.ts';
import { salvage } from './salvage.ts';

/** A replica with what a desk had of its own in another one, for as long as it is read. */
export interface ReadAside extends Rescued {
  replica: Replica;
  /** Removes it again. */
  close(): void;
}

/**
 * Reads what a desk had of its own in a file, damaged or not, that stays as it is: into a replica beside it. Throws what
 * the system says of the disk.
 */
export const readAside = async ({ file, key, newId }: ReplicaOptions): Promise<ReadAside> => {
  const made = `${file}.reading`;
  removeDatabase(made);
  const salvaged = await salvage({ file, key });
  const replica = new Replica({ file: made, key, newId });
  const close = () => {
    replica.close();
    removeDatabase(made);
  };
  try {
    const position = { epoch: null, seq: 0, witness: null };
    const taken = () => takeOwn(replica, salvaged, { position, incarnation: newId() });
    return { ...replica.db.transaction(taken)(), replica, close };
  } catch (fault) {
    close();
    throw fault;
  } finally {
    salvaged.close();
  }
};
