import { useTranslation } from 'react-i18next';
import { statusIcons } from './icons.ts';
import type { ShownStatus } from './shown-status.ts';

/** A status as icon and word in its hue (`--status` of theme.css). */
export const StatusBadge = ({ status, boxed = false }: { status: ShownStatus; boxed?: boolean }) => {
  const { t } = useTranslation();
  const Icon = statusIcons[status];
  return (
    <span className={boxed ? 'status boxed' : 'status'} data-status={status}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      {t(`status.${status}`)}
    </span>
  );
};
