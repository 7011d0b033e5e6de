import { useTranslation } from 'react-i18next';
import { keys } from '../../app/keys.ts';
import { KeyCaps } from '../../ui/key-hint.tsx';
import type { ShownStatus } from '../../ui/shown-status.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { useBoard } from './board-state.ts';

const order: ShownStatus[] = [
  'arrived',
  'ready',
  'in_room',
  'pending',
  'held',
  'scheduled',
  'confirmed',
  'completed',
  'no_show',
  'left',
  'cancelled',
];
const hints = ['enterBoard', 'find', 'walkIn', 'nextFree', 'waitingList', 'help'] as const;

/** The panel while nothing is chosen: the day in numbers, which also explains the colours, and keys to begin with. */
export const DaySummary = () => {
  const { t } = useTranslation();
  const counts = useBoard((board) => board.counts) ?? {};
  const present = order.filter((status) => (counts[status] ?? 0) > 0);
  return (
    <section className="panel" aria-label={t('board.panel.summary')}>
      {present.length > 0 && (
        <ul className="panel-counts">
          {present.map((status) => (
            <li key={status}>
              <StatusBadge status={status} />
              <strong className="tabular">{counts[status]}</strong>
            </li>
          ))}
        </ul>
      )}
      <p className="soft panel-hint">{t('board.panel.nothing')}</p>
      <ul className="panel-keys">
        {hints.map((name) => (
          <li key={name}>
            <span>{t(`app.keys.what.${name}`)}</span>
            <KeyCaps combo={keys[name].combos[0]} />
          </li>
        ))}
      </ul>
    </section>
  );
};
