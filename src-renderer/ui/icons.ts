import {
  IconAlertTriangle,
  IconArmchair,
  IconCalendar,
  IconChartBar,
  IconCheck,
  IconChevronDown,
  IconChevronLeft,
  IconChevronRight,
  IconChevronUp,
  IconCircle,
  IconCircleCheck,
  IconClockHour4,
  IconClockPause,
  IconClockQuestion,
  IconCoins,
  IconDoor,
  IconDoorExit,
  IconFilter,
  IconHelpCircle,
  IconHourglass,
  IconInbox,
  IconLayoutBoardSplit,
  IconLock,
  IconMail,
  IconMessage,
  IconPhone,
  IconPhoneCall,
  IconRosetteDiscountCheck,
  IconSearch,
  IconSettings,
  IconShieldCheckFilled,
  IconSparkles,
  IconStarFilled,
  IconStethoscope,
  IconThumbUp,
  IconTrash,
  IconUserOff,
  IconUsers,
  IconX,
} from '@tabler/icons-react';
import type { DeskStanding } from '../../src-main/contract/desks.ts';
import type { LoginStatus } from '../../src-main/contract/idexx-credentials.ts';
import type { StaffState } from '../../src-main/contract/staff.ts';
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
  provisional: IconClockQuestion,
  certain: IconShieldCheckFilled,
  unsent: IconClockHour4,
  contactDue: IconPhone,
  firstVisit: IconSparkles,
  overbooked: IconUsers,
  unread: IconMail,
  balanceDue: IconCoins,
} as const satisfies Record<string, Icon>;

/** How a desk stands. */
export const deskStandingIcons: Record<DeskStanding, Icon> = {
  working: IconCircleCheck,
  disabled: IconLock,
  wiping: IconHourglass,
  wiped: IconTrash,
};

/** How a login of an outside system stands. */
export const loginStatusIcons: Record<LoginStatus, Icon> = {
  valid: IconCircleCheck,
  invalid: IconX,
  unknown: IconHelpCircle,
};

/** How the runs of an outside system go. */
export const connectionIcons = {
  works: IconCircleCheck,
  running: IconHourglass,
  waits: IconClockHour4,
  off: IconCircle,
  failing: IconAlertTriangle,
  silent: IconAlertTriangle,
} as const satisfies Record<string, Icon>;

/** How a run of one ended. */
export const runStatusIcons = {
  running: IconHourglass,
  completed: IconCircleCheck,
  failed: IconAlertTriangle,
  timeout: IconClockPause,
  stopped: IconX,
} as const satisfies Record<string, Icon>;

/** How far an account of the staff is. */
export const staffStateIcons: Record<StaffState, Icon> = {
  invited: IconMail,
  active: IconCircleCheck,
  locked: IconLock,
  deactivated: IconUserOff,
};

export const placeIcons: Record<Place, Icon> = {
  board: IconLayoutBoardSplit,
  waiting: IconArmchair,
  patients: IconUsers,
  doctors: IconStethoscope,
  money: IconCoins,
  messages: IconMessage,
  calls: IconPhoneCall,
  reports: IconChartBar,
  inbox: IconInbox,
  settings: IconSettings,
};

export {
  IconAlertTriangle as IconWarning,
  IconCalendar,
  IconChevronDown as IconDown,
  IconChevronLeft as IconPrevious,
  IconChevronRight as IconNext,
  IconChevronUp as IconUp,
  IconFilter,
  IconRosetteDiscountCheck as IconVerified,
  IconSearch,
  IconStarFilled as IconStar,
  IconTrash as IconRemove,
};
