import { Menu, UnstyledButton } from '@mantine/core';
import { IconLock, IconLogout, IconUserCircle, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Face } from '../ui/face.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { lock, signOut, switchPerson, useDoor } from './door.ts';
import { openSettings } from './screen.ts';
import { useKeys } from './use-keys.ts';

/** Who is signed in, at the foot of the rail, and what concerns them. Nothing in an open clinic. */
export const PersonMenu = () => {
  const person = useDoor(({ door }) => door?.person);
  return person && <PersonButton person={person} />;
};

const PersonButton = ({ person }: { person: { id: string; name: string } }) => {
  const { t } = useTranslation();
  const toAccount = (): void => openSettings('account');
  useKeys({
    lock: () => void lock(),
    switchPerson: () => void switchPerson(),
    goAccount: toAccount,
    signOut: () => void signOut(),
  });
  return (
    <Menu position="right-end" width={248} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <UnstyledButton
          className="rail-button rail-person"
          aria-label={t('signIn.menu.label', { name: person.name })}
        >
          <Face person={person} size="sm" />
          <span>{person.name.split(' ')[0]}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{person.name}</Menu.Label>
        <Menu.Item
          leftSection={<IconLock size={16} aria-hidden="true" />}
          rightSection={<KeyHint keyName="lock" />}
          onClick={() => void lock()}
        >
          {t('signIn.menu.lock')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconUsers size={16} aria-hidden="true" />}
          onClick={() => void switchPerson()}
        >
          {t('signIn.menu.switchPerson')}
        </Menu.Item>
        <Menu.Item leftSection={<IconUserCircle size={16} aria-hidden="true" />} onClick={toAccount}>
          {t('signIn.menu.account')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden="true" />} onClick={() => void signOut()}>
          {t('signIn.menu.signOut')}
          <span className="menu-hint">{t('signIn.menu.signOutHint')}</span>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
