import type { MessageRole } from '../../contract/message.ts';
import type { Desk, Session } from '../desk.ts';

/** Who writes at a desk, in the document's words. */
export interface Author extends Record<string, unknown> {
  role: MessageRole;
  id: string | null;
  display_name: string;
}

/** Who is at the desk. Receptionists are the document's `admin`; where nobody is known, the desk itself writes. */
export const authorOf = ({ replica }: Desk, { userId }: Session): Author => {
  const user = replica
    .statement('select display_name as name, role from users where id = ?')
    .get(userId ?? '') as { name: string; role: string } | undefined;
  if (user) return { role: user.role === 'doctor' ? 'doctor' : 'admin', id: userId, display_name: user.name };
  const desk = replica.statement('select desk_name from desk_state').pluck().get() as string | null;
  return { role: 'system', id: userId, display_name: desk ?? 'Anteroom' };
};
