import type { CentralConnection } from './connect.ts';

/** The channel that a clinic's desks tell each other on that there is something new. */
const channel = (clinicId: string): string => `clinic_${clinicId.replaceAll('-', '')}`;

/**
 * Calls `heard` whenever another desk of the clinic says that it has pushed; never behind a pooler, which would leave
 * the notices with a backend that is somebody else's by then. What asks now and then hears of it there.
 */
export const listen = async (
  central: CentralConnection,
  clinicId: string,
  heard: () => void,
): Promise<void> => {
  if (central.pooled) return;
  const { client } = central;
  const [row] = await central.query<{ pid: number }>('select pg_backend_pid() as pid');
  client.on('notification', ({ processId }) => {
    if (processId !== row?.pid) heard();
  });
  await central.query(`listen ${client.escapeIdentifier(channel(clinicId))}`);
};

/**
 * Tells the other desks. After the push has committed and not inside it: within a transaction NOTIFY holds a
 * lock of the whole database across the flush to disk.
 */
export const notify = async (central: CentralConnection, clinicId: string): Promise<void> => {
  await central.query(`notify ${central.client.escapeIdentifier(channel(clinicId))}`);
};
