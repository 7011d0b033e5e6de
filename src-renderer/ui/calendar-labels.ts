import { useTranslation } from 'react-i18next';

/** Names for the buttons of a calendar, which show arrows only. */
export const useCalendarLabels = () => {
  const { t } = useTranslation();
  return {
    previousMonth: t('board.previousMonth'),
    nextMonth: t('board.nextMonth'),
    previousYear: t('board.previousYear'),
    nextYear: t('board.nextYear'),
  };
};
