import { MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { Notifications } from '@mantine/notifications';
import 'dayjs/locale/el';
import 'dayjs/locale/en-gb';
import type { DayOfWeek } from '@mantine/dates';
import type { ReactNode } from 'react';
import { theme } from '../ui/theme.ts';
import { ClinicDataProvider, useClinic } from './clinic-data.tsx';
import { DoorGate } from './door-gate.tsx';
import { FirstLocation } from './features.tsx';
import { Frame } from './frame.tsx';
import { usePreferences } from './preferences.ts';
import { StandingGate } from './standing-gate.tsx';
import { StationGate } from './station-gate.tsx';

/** The shell gives each page a nonce, without which its policy lets no style element in. */
const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

export const App = () => (
  <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={styleNonce}>
    <StandingGate>
      <StationGate>
        <DoorGate>
          <Notifications className="toasts" position="bottom-left" limit={3} transitionDuration={0} />
          <ClinicDataProvider withoutLocation={<FirstLocation />}>
            <Calendar>
              <Frame />
            </Calendar>
          </ClinicDataProvider>
        </DoorGate>
      </StationGate>
    </StandingGate>
  </MantineProvider>
);

/** Calendars in the language of the screen and with the clinic's first day of the week. */
const Calendar = ({ children }: { children: ReactNode }) => {
  const language = usePreferences((preferences) => preferences.language);
  const { clinic } = useClinic();
  const firstDayOfWeek = (clinic.firstWeekday % 7) as DayOfWeek;
  return (
    <DatesProvider settings={{ locale: language === 'el' ? 'el' : 'en-gb', firstDayOfWeek }}>
      {children}
    </DatesProvider>
  );
};
