import {
  IconAlertTriangle,
  IconArmchair,
  IconCalendar,
  IconCheck,
  IconChevronLeft,
  IconChevronRight,
  IconCircle,
  IconCircleCheck,
  IconClockHour4,
  IconClockPause,
  IconDoor,
  IconDoorExit,
  IconFilter,
  IconHelpCircle,
  IconInbox,
  IconLayoutBoardSplit,
  IconPhone,
  IconSearch,
  IconSettings,
  IconSparkles,
  IconThumbUp,
  IconUserOff,
  IconUsers,
  IconX,
} from '@tabler/icons-react';
import type { Place } from '../app/screen.ts';
import type { ShownStatus } from './shown-status.ts';

export type Icon = typeof IconX;

/** Each status has its icon, so that it is never told by hue alone. */
export const statusIcons: Record<ShownStatus, Icon> = {
  held: IconClockPause,
  pending: IconHelpCircle,
  scheduled: IconCircle,
  confirmed: IconThumbUp,
  arrived: IconArmchair,
  ready: IconCheck,
  in_room: IconDoor,
  completed: IconCircleCheck,
  cancelled: IconX,
  no_show: IconUserOff,
  left: IconDoorExit,
};

export const alertIcons = {
  conflict: IconAlertTriangle,
  provisional: IconClockHour4,
  contactDue: IconPhone,
  firstVisit: IconSparkles,
  overbooked: IconUsers,
} as const satisfies Record<string, Icon>;

export const placeIcons: Record<Place, Icon> = {
  board: IconLayoutBoardSplit,
  waiting: IconArmchair,
  patients: IconUsers,
  inbox: IconInbox,
  settings: IconSettings,
};

export {
  IconCalendar,
  IconChevronLeft as IconPrevious,
  IconChevronRight as IconNext,
  IconFilter,
  IconSearch,
};
