import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { KeyHint } from '../ui/key-hint.tsx';
import type { KeyName } from './keys.ts';

/** Takes an action back. Answers whether it could. */
export type Undo = () => Promise<boolean>;

const SHOWN_MS = 6000;
let count = 0;

/**
 * Says in the strip at the bottom what was done, for six seconds, with Undo where there is one. Ctrl+Z takes the last
 * action back also when its toast has gone (`undo.ts`).
 */
export const toast = (text: string, undo?: Undo): void => {
  const id = `toast-${++count}`;
  notifications.show({
    id,
    autoClose: SHOWN_MS,
    withCloseButton: false,
    className: 'toast',
    message: (
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text size="md">{text}</Text>
        {undo && (
          <Button variant="subtle" size="compact-md" flex="none" onClick={() => void takeBack(id, undo)}>
            {i18next.t('app.undo')}
            <KeyHint keyName="undo" />
          </Button>
        )}
      </Group>
    ),
  });
};

/** Offers something to do, by a button or its key; stays twice as long. */
export const toastOffer = (text: string, label: string, keyName: KeyName, work: () => void): void => {
  const id = `toast-${++count}`;
  const take = (): void => {
    notifications.hide(id);
    work();
  };
  notifications.show({
    id,
    autoClose: 2 * SHOWN_MS,
    withCloseButton: false,
    className: 'toast',
    message: (
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text size="md">{text}</Text>
        <Button variant="subtle" size="compact-md" flex="none" onClick={take}>
          {label}
          <KeyHint keyName={keyName} />
        </Button>
      </Group>
    ),
  });
};

/** Says in the strip at the bottom what could not be done. Stays twice as long. */
export const toastProblem = (text: string): void => {
  notifications.show({
    id: `toast-${++count}`,
    autoClose: 2 * SHOWN_MS,
    withCloseButton: true,
    closeButtonProps: { 'aria-label': i18next.t('app.close') },
    className: 'toast',
    role: 'alert',
    message: <Text size="md">{text}</Text>,
    color: 'red',
  });
};

const takeBack = async (id: string, undo: Undo): Promise<void> => {
  notifications.hide(id);
  if (await undo()) toast(i18next.t('app.undone'));
};
