import { UnstyledButton } from '@mantine/core';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { placeIcons } from '../ui/icons.ts';
import { Dialogs } from './dialogs.tsx';
import { useEarlyKeys } from './early-keys.ts';
import { FaultBoundary } from './fault-boundary.tsx';
import { InboxCount, MessagesCount, placeScreens, SidePanel } from './features.tsx';
import { Foot } from './foot.tsx';
import { openWaitingList } from './gap-offer.ts';
import { KeptScope } from './kept.ts';
import { Notices } from './notices.tsx';
import { PersonMenu } from './person-menu.tsx';
import { goTo, openDialog, type Place, places, useScreen } from './screen.ts';
import { useUndo } from './undo.ts';
import { useKeyboard, useKeys } from './use-keys.ts';
import './frame.css';

/** The window: rail, the place that is open, beside the board and the waiting room what is selected, and the strip below. */
export const Frame = () => {
  const place = useScreen((screen) => screen.place);
  const Screen = placeScreens[place];
  const withPanel = place === 'board' || place === 'waiting';
  const undo = useUndo();
  useKeyboard();
  useEarlyKeys();
  useKeys({
    palette: () => openDialog({ kind: 'palette' }),
    find: () => openDialog({ kind: 'findPatient' }),
    help: () => openDialog({ kind: 'keys' }),
    register: () => openDialog({ kind: 'register' }),
    walkIn: () => openDialog({ kind: 'walkIn' }),
    nextFree: () => openDialog({ kind: 'nextFree' }),
    waitingList: openWaitingList,
    print: () => {
      // Over a dialog it does nothing, rather than to print the screen; a preview has a work of its own for it.
      if (useScreen.getState().dialogs.length === 0) openDialog({ kind: 'printChoice' });
    },
    undo,
    goBoard: () => goTo('board'),
    goWaiting: () => goTo('waiting'),
    goPatients: () => goTo('patients'),
    goDoctors: () => goTo('doctors'),
    goMoney: () => goTo('money'),
    goMessages: () => goTo('messages'),
    goCalls: () => goTo('calls'),
    goReports: () => goTo('reports'),
    goInbox: () => goTo('inbox'),
    goSettings: () => goTo('settings'),
  });
  return (
    <>
      <Notices />
      <div className="frame">
        <Rail />
        <main className="place">
          <FaultBoundary key={place}>
            <Suspense fallback={null}>
              <KeptScope value={place}>
                <Screen />
              </KeptScope>
            </Suspense>
          </FaultBoundary>
        </main>
        {withPanel && (
          <aside className="side">
            <FaultBoundary>
              <SidePanel />
            </FaultBoundary>
          </aside>
        )}
      </div>
      <Foot />
      <FaultBoundary>
        <Dialogs />
      </FaultBoundary>
    </>
  );
};

const Rail = () => {
  const { t } = useTranslation();
  const current = useScreen((screen) => screen.place);
  return (
    <nav className="rail" aria-label={t('app.places.label')}>
      {places.map((place) => (
        <RailButton key={place} place={place} current={place === current} />
      ))}
      <PersonMenu />
    </nav>
  );
};

const RailButton = ({ place, current }: { place: Place; current: boolean }) => {
  const { t } = useTranslation();
  const Icon = placeIcons[place];
  return (
    <UnstyledButton
      className="rail-button"
      data-place={place}
      aria-current={current ? 'page' : undefined}
      onClick={() => goTo(place)}
    >
      <Icon size={20} stroke={1.75} aria-hidden="true" />
      <span>{t(`app.places.${place}`)}</span>
      {place === 'inbox' && <InboxCount />}
      {place === 'messages' && <MessagesCount />}
    </UnstyledButton>
  );
};
