import { Button, Group, TextInput } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FreeTime } from '../../../src-main/contract/appointment.ts';
import type { CallError } from '../../../src-main/contract/errors.ts';
import { useLive } from '../../api/live.ts';
import { useKept } from '../../app/kept.ts';
import { nextFreeOf, useErrorText } from '../../app/messages.ts';
import { useMay } from '../../app/rights.ts';
import { FreeTimes } from '../../ui/free-times.tsx';
import classes from './booking.module.css';
import type { Booking } from './use-booking.ts';

const TABLES = ['appointments', 'doctor_time_slots'];
const FEWEST_REASON_LETTERS = 3;
/** Refusals that another time, or an overbook, can answer. */
const aboutTime = ['slot_taken', 'slot_blocked', 'slot_kept', 'does_not_fit', 'in_the_past'];
/** A block is past any overbook. */
const overbookable = ['slot_taken', 'slot_kept', 'does_not_fit'];

/** Why the booking was refused, in a sentence, with the next free times: Enter takes the first one. */
export const Refused = ({ booking, error }: { booking: Booking; error: CallError }) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const times = useOtherTimes(booking, error);
  const mayOverbook = useMay('schedule.overbook') && !isHeld(error);
  return (
    <section className={classes['refused']}>
      <p role="alert">{errorText(error, booking.zone, { nextFree: false })}</p>
      {aboutTime.includes(error.code) && (
        <>
          <h3>{t('booking.otherTimes')}</h3>
          {times && (
            <FreeTimes
              takesFocus={booking.tries > 0}
              times={times}
              none={t('booking.noFreeTimes')}
              onTake={(time) => void booking.save(time)}
            />
          )}
          <Group gap="sm">
            <Button variant="subtle" size="compact-md" onClick={booking.findAnotherTime}>
              {t('booking.changeTime')}
            </Button>
          </Group>
        </>
      )}
      {mayOverbook && overbookable.includes(error.code) && <Overbook booking={booking} />}
    </section>
  );
};

/** The times that came with the refusal, or the doctor's next ones where it brought none. */
const useOtherTimes = ({ slot, visitType }: Booking, error: CallError): FreeTime[] | undefined => {
  const given = nextFreeOf(error);
  const asked = useLive(
    'nextFree',
    given.length > 0 || !aboutTime.includes(error.code)
      ? null
      : { doctorId: slot.doctorId, count: 3, ...(visitType ? { visitTypeId: visitType.id } : {}) },
    TABLES,
  );
  return given.length > 0 ? given : asked.data;
};

/** Whether another desk only holds the time: it ends within minutes, and central lets nobody book over it. */
const isHeld = ({ details }: CallError): boolean => typeof details['heldBy'] === 'string';

/** Books over what is in the way, on purpose and with a reason; for who has the right to. */
const Overbook = ({ booking }: { booking: Booking }) => {
  const { t } = useTranslation();
  const [open, setOpen] = useKept('overbook', false);
  const [reason, setReason] = useKept('overbookReason', '');
  const ready = reason.trim().length >= FEWEST_REASON_LETTERS;
  const save = (): void => {
    if (ready) void booking.save(booking.slot, { reason: reason.trim() });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    save();
  };
  if (!open) {
    return (
      <Button variant="subtle" color="gray" size="compact-md" onClick={() => setOpen(true)}>
        {t('booking.overbook')}
      </Button>
    );
  }
  return (
    <Group align="flex-end" gap="sm">
      <TextInput
        flex={1}
        autoFocus
        label={t('booking.overbookReason')}
        description={t('booking.overbookHint')}
        maxLength={255}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Button variant="default" disabled={!ready} onClick={save}>
        {t('booking.overbookSave')}
      </Button>
    </Group>
  );
};
