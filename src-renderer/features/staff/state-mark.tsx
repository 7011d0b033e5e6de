import { useTranslation } from 'react-i18next';
import type { StaffState } from '../../../src-main/contract/staff.ts';
import { staffStateIcons } from '../../ui/icons.ts';
import classes from './staff.module.css';

/** How far an account is, as icon and word. */
export const StateMark = ({ state }: { state: StaffState }) => {
  const { t } = useTranslation();
  const Icon = staffStateIcons[state];
  return (
    <span className={classes['state']} data-state={state}>
      <Icon size={16} stroke={2} aria-hidden="true" />
      {t(`staff.state.${state}`)}
    </span>
  );
};
