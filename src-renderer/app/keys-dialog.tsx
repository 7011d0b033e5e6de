import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DialogWindow } from '../ui/dialog-window.tsx';
import { KeyCaps } from '../ui/key-hint.tsx';
import { useDoor } from './door.ts';
import { keyGroups, keys, keysOf } from './keys.ts';

/** `?`: the list of keys, from the list itself. */
export const KeysDialog = () => {
  const { t } = useTranslation();
  const isSignedIn = useDoor(({ door }) => door?.state === 'signed_in');
  return (
    <DialogWindow title={t('app.keys.title')} size={1120}>
      <Text c="dimmed" mb="md">
        {t('app.keys.hint')}
      </Text>
      <div className="keys-list">
        {keyGroups.map((group) => (
          <section key={group}>
            <h3>{t(`app.keys.groups.${group}`)}</h3>
            <dl>
              {keysOf(group)
                .filter((name) => keys[name].combos.length > 0 && (isSignedIn || name !== 'lock'))
                .map((name) => (
                  <div key={name}>
                    <dt>{t(`app.keys.what.${name}`)}</dt>
                    <dd>
                      <span className="sr-only">{keys[name].combos.join(', ')}</span>
                      {keys[name].combos.map((combo) => (
                        <KeyCaps key={combo} combo={combo} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </DialogWindow>
  );
};
