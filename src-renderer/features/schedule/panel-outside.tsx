import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { goTo } from '../../app/screen.ts';
import { isOwnedOutside, useOutsideWords } from '../../ui/outside.ts';

/** That the chosen appointment stands in an outside system too, and what that means for what can be done here. */
export const PanelOutside = ({ appointment }: { appointment: Appointment }) => {
  const { t } = useTranslation();
  const wordsOf = useOutsideWords();
  const { outside, status } = appointment;
  if (!outside) return null;
  const source = t(`outside.source.${outside.source}`);
  const [where, ...more] = wordsOf(appointment);
  return (
    <div className="panel-outside">
      <p>
        <span className="outside-mark" aria-hidden="true">
          {t(`outside.mark.${outside.source}`)}
        </span>{' '}
        {where}.
      </p>
      {status === 'pending' && <p>{t('outside.request', { source })}</p>}
      {more.map((sentence) => (
        <p key={sentence}>{sentence}.</p>
      ))}
      {isOwnedOutside(appointment) && <p className="soft">{t('outside.owned')}</p>}
      {outside.problem && (
        <Button size="compact-sm" variant="default" onClick={() => goTo('inbox')}>
          {t('outside.toInbox')}
        </Button>
      )}
    </div>
  );
};
