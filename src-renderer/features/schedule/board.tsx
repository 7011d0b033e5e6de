import { useTranslation } from 'react-i18next';

export const Board = () => {
  const { t } = useTranslation();
  return <p>{t('board.label')}</p>;
};
