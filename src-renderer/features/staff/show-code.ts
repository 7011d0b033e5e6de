import type { StaffCode } from '../../../src-main/contract/staff.ts';
import { useLive } from '../../api/live.ts';
import { useMay } from '../../app/rights.ts';
import { closeDialog, openDialog } from '../../app/screen.ts';

/** Takes the place of the dialog that asked for it: a code is shown this once. */
export const showCode = (code: StaffCode): void => {
  closeDialog();
  openDialog({ kind: 'staffCode', code });
};

/** Whether mails go out from this desk. */
export const useSendsMail = (): boolean => {
  const mayLook = useMay('credentials.manage');
  return Boolean(useLive('mailSettings', mayLook ? {} : null, ['desk_settings']).data?.settings);
};
