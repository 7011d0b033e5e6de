import { call } from '../../api/client.ts';
import { openDialog } from '../../app/screen.ts';

/** Opens the payment of an appointment from a list that knows no more than its id. */
export const openPay = async (appointmentId: string): Promise<void> => {
  const [appointment, account] = await Promise.all([
    call('appointment', { appointmentId }),
    call('account', { appointmentId }),
  ]);
  if (appointment.ok && account.ok)
    openDialog({ kind: 'pay', appointment: appointment.value, account: account.value });
};
