import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ToldTrouble, Trouble } from '../../../src-main/contract/sync.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toastProblem } from '../../app/toasts.tsx';
import { IconWarning } from '../../ui/icons.ts';
import classes from './sync-status.module.css';
import { isGrave, isTold, useTroubleWords } from './trouble-words.ts';

/** What endangers this desk or happened to it, each with what it means and what to do. */
export const Troubles = ({ troubles }: { troubles: readonly Trouble[] }) => {
  const { t } = useTranslation();
  const words = useTroubleWords();
  const dismiss = useDismiss();
  const read = async (trouble: ToldTrouble, button: HTMLElement): Promise<void> => {
    const story = button.closest('[role="dialog"]');
    await dismiss(trouble);
    // The button is gone with what it was about; the keyboard stays in the story.
    story?.querySelector('button')?.focus();
  };
  if (troubles.length === 0) return null;
  return (
    <ul className={classes['troubles']}>
      {troubles.map((trouble) => (
        <li key={keyOf(trouble)} data-grave={isGrave(trouble) || undefined}>
          <IconWarning size={16} stroke={2} aria-hidden="true" />
          <div>
            {words(trouble).long.map((sentence) => (
              <Text key={sentence}>{sentence}</Text>
            ))}
            {isTold(trouble) && (
              <Button
                variant="subtle"
                size="compact-md"
                onClick={(event) => void read(trouble, event.currentTarget)}
              >
                {t('sync.trouble.read')}
              </Button>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
};

export const keyOf = (trouble: Trouble): string =>
  isTold(trouble) ? `${trouble.code} ${trouble.at}` : trouble.code;

/** Says that somebody has read what happened. */
export const useDismiss = () => {
  const errorText = useErrorText();
  const { zone } = useClinic();
  return async ({ code, at }: ToldTrouble): Promise<void> => {
    const answer = await call('dismissTrouble', { code, at });
    if (!answer.ok) toastProblem(errorText(answer.error, zone));
  };
};
