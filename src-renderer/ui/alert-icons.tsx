import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../src-main/contract/appointment.ts';
import { alertIcons } from './icons.ts';

export type AlertName = keyof typeof alertIcons;

/** What somebody should notice about an appointment, most urgent first. */
export const alertsOf = ({ alerts, overbookReason, promise }: Appointment): AlertName[] => {
  const names: AlertName[] = [];
  if (alerts.conflict) names.push('conflict');
  if (overbookReason !== null) names.push('overbooked');
  if (promise !== null) names.push(promise);
  if (alerts.unread) names.push('unread');
  if (alerts.balanceDue) names.push('balanceDue');
  if (alerts.contactDue) names.push('contactDue');
  if (alerts.firstVisit) names.push('firstVisit');
  if (alerts.provisional && promise === null) names.push('unsent');
  return names;
};

/** The alerts of an appointment as lines of icon and words. */
export const AlertLines = ({ appointment }: { appointment: Appointment }) => {
  const { t } = useTranslation();
  const names = alertsOf(appointment);
  if (names.length === 0) return null;
  return (
    <ul className="alert-lines">
      {names.map((name) => {
        const Icon = alertIcons[name];
        return (
          <li key={name} className="alert" data-alert={name}>
            <Icon size={16} stroke={2} aria-hidden="true" />
            {t(`alerts.${name}`, { reason: appointment.overbookReason ?? '' })}
          </li>
        );
      })}
    </ul>
  );
};
