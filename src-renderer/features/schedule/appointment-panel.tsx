import { Button } from '@mantine/core';
import { type ComponentType, memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { useLive } from '../../api/live.ts';
import { useScreen } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { AppointmentFacts } from './appointment-facts.tsx';
import { DaySummary } from './day-summary.tsx';
import { PanelOutside } from './panel-outside.tsx';
import { useDrawnNext } from './use-drawn-next.ts';
import { type Step, useSteps } from './use-steps.ts';
import './panel.css';

/** What another workflow shows of the chosen appointment below its steps. */
export type PanelSection = ComponentType<{ appointment: Appointment }>;

/** The right panel: the chosen appointment, its next step as one big button, and what else can be done with it. */
export const AppointmentPanel = ({ sections }: { sections: Record<string, PanelSection> }) => {
  const selected = useScreen((screen) => screen.selected);
  const { data } = useLive('appointment', selected && { appointmentId: selected.id }, [
    'appointments',
    'outside_bookings',
    'patients',
    'outbox',
    'refusals',
  ]);
  const shown = useDrawnNext(data && data.id === selected?.id ? data : selected);
  return shown ? <Panel appointment={shown} sections={sections} /> : <DaySummary />;
};

const Panel = memo(
  ({ appointment, sections }: { appointment: Appointment; sections: Record<string, PanelSection> }) => {
    const { t } = useTranslation();
    const { next, others, keys } = useSteps(appointment);
    useKeys(keys);
    return (
      <section className="panel" aria-label={t('board.panel.label')} data-shows={appointment.id}>
        <AppointmentFacts appointment={appointment} />
        <PanelOutside appointment={appointment} />
        <div className="panel-steps">
          {next && <StepButton step={next} primary />}
          <div className="panel-others">
            {others.map((step) => (
              <StepButton key={step.keyName} step={step} />
            ))}
          </div>
        </div>
        {Object.entries(sections).map(([name, Section]) => (
          <Section key={name} appointment={appointment} />
        ))}
      </section>
    );
  },
);

const StepButton = ({ step, primary = false }: { step: Step; primary?: boolean }) => (
  <Button
    fullWidth
    size={primary ? 'md' : 'sm'}
    variant={primary ? 'filled' : 'default'}
    justify={primary ? 'center' : 'space-between'}
    data-primary={primary || undefined}
    onClick={step.work}
    rightSection={primary ? undefined : <KeyHint keyName={step.keyName} />}
  >
    {step.label}
    {primary && <KeyHint keyName={step.keyName} />}
  </Button>
);
