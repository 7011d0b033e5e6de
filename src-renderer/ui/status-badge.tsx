import { useTranslation } from 'react-i18next';
import { statusIcons } from './icons.ts';
import type { ShownStatus } from './shown-status.ts';

interface StatusMarkProps {
  status: ShownStatus;
  /** The status in words. */
  word: string;
  boxed?: boolean;
}

/** A status as icon and word in its hue (`--status` of theme.css); without hooks, for long lists and the board. */
export const StatusMark = ({ status, word, boxed = false }: StatusMarkProps) => {
  const Icon = statusIcons[status];
  return (
    <span className={boxed ? 'status boxed' : 'status'} data-status={status}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      {word}
    </span>
  );
};

/** A status as icon and word in its hue. */
export const StatusBadge = ({ status, boxed = false }: { status: ShownStatus; boxed?: boolean }) => {
  const { t } = useTranslation();
  return <StatusMark status={status} word={t(`status.${status}`)} boxed={boxed} />;
};
