import { useTranslation } from 'react-i18next';

export const AppointmentPanel = () => {
  const { t } = useTranslation();
  return <p>{t('board.label')}</p>;
};
