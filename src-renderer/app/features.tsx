import type { ComponentType } from 'react';
import { AppointmentPanel } from '../features/schedule/appointment-panel.tsx';
import { Board } from '../features/schedule/board.tsx';
import { CancelDialog } from '../features/schedule/cancel-dialog.tsx';
import { MoveRefusedDialog } from '../features/schedule/move-refused-dialog.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import type { Dialog, DialogKind, Place } from './screen.ts';
import { Settings } from './settings.tsx';

/**
 * The only file that names features: which component stands for each place, dialog and corner of the frame.
 * A feature is added here and nowhere else in the frame. A dialog gets its own entry of `Dialog` as props and
 * closes itself with `closeDialog`.
 */
export const placeScreens: Partial<Record<Place, ComponentType>> = {
  board: Board,
  settings: Settings,
};

type DialogScreens = { [K in DialogKind]?: ComponentType<Extract<Dialog, { kind: K }>> };

export const dialogScreens: DialogScreens = {
  cancel: CancelDialog,
  moveRefused: MoveRefusedDialog,
  keys: KeysDialog,
};

/** Top of the right panel: the state of the sync in one word and a dot. */
export const StatusCorner: ComponentType | null = null;
/** How many entries wait in the inbox, beside its name in the rail. */
export const InboxCount: ComponentType | null = null;
/** The panel on the right of the board and the waiting room. */
export const SidePanel: ComponentType = AppointmentPanel;
