import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { visuallyHidden } from '../ui/dialog-window.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { type KeyName, keyGroups, keys } from './keys.ts';
import { closeDialog } from './screen.ts';
import { act, liveActions } from './use-keys.ts';
import '@mantine/spotlight/styles.css';

const [store, palette] = createSpotlight();

/** Keys that only make sense under the fingers, or that brought the palette here. */
const byKeyOnly: readonly KeyName[] = ['palette', 'back', 'enterBoard', 'moveCell', 'open'];

/** What is chosen comes before what can be done anywhere. */
const groups = keyGroups.toReversed();

/** Ctrl+J: everything that can be done now, by its name, with its key beside it. */
export const Palette = () => {
  const { t } = useTranslation();
  const [live] = useState(() => liveActions().filter((name) => !byKeyOnly.includes(name)));
  useEffect(() => {
    palette.open();
    return palette.close;
  }, []);
  const choose = (name: KeyName) => {
    closeDialog();
    // The dialog that the action may open comes after this one has gone and given the focus back.
    requestAnimationFrame(() => act(name));
  };
  return (
    <Spotlight
      store={store}
      shortcut={null}
      onSpotlightClose={closeDialog}
      title={t('app.palette.title')}
      styles={{ header: visuallyHidden }}
      overlayProps={{ blur: 0 }}
      transitionProps={{ duration: 0 }}
      returnFocus={false}
      scrollable
      maxHeight={420}
      highlightQuery
      nothingFound={t('app.palette.none')}
      searchProps={{ placeholder: t('app.palette.hint'), 'aria-label': t('app.palette.title') }}
      actions={groups
        .map((group) => ({
          group: t(`app.keys.groups.${group}`),
          actions: live
            .filter((name) => keys[name].group === group)
            .map((name) => ({
              id: name,
              label: t(`app.keys.what.${name}`),
              onClick: () => choose(name),
              closeSpotlightOnTrigger: false,
              dimmedSections: false,
              rightSection: <KeyHint keyName={name} />,
            })),
        }))
        .filter(({ actions }) => actions.length > 0)}
    />
  );
};
