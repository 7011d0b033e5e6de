import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { FreeTime, InTheWay } from '../../src-main/contract/appointment.ts';
import type { CallError } from '../../src-main/contract/errors.ts';
import { OutsideSource } from '../../src-main/contract/integrations.ts';
import { Status } from '../../src-main/contract/status.ts';
import { Money } from '../../src-main/contract/values.ts';
import { useFormats } from '../i18n/format.ts';
import { useMoney } from '../ui/money.ts';

/** The other times that a refusal offers, soonest first. */
export const nextFreeOf = (error: CallError): FreeTime[] => {
  const parsed = FreeTime.array().safeParse(error.details['nextFree']);
  return parsed.success ? parsed.data : [];
};

/**
 * Turns a refusal into a sentence in the person's language: what happened, to whom, and what can be done.
 * `zone` is the zone of the location that the times belong to. `nextFree: false` leaves the other times out,
 * for a screen that shows them as buttons (`nextFreeOf`).
 */
export const useErrorText = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const money = useMoney();
  return useCallback(
    (error: CallError, zone: string, options: { nextFree?: boolean } = {}): string => {
      const { code, details } = error;
      if (code === 'slot_taken') {
        const sentence = takenSentence();
        const times = nextFreeOf(error).map((free) => formats.time(free.start, zone));
        if (options.nextFree === false || times.length === 0) return sentence;
        return `${sentence} ${t('errorParts.nextFree', { times: times.join(', ') })}`;
      }
      if (code === 'move_not_allowed')
        return t('errors.move_not_allowed', { from: status('from'), to: status('to') });
      if (code === 'too_early')
        return t('errors.too_early', { time: formats.moment(String(details['from']), zone) });
      if (code === 'not_today')
        return t('errors.not_today', { when: formats.moment(String(details['start']), zone) });
      if (code === 'slot_kept') {
        const { deskName } = details;
        return typeof deskName === 'string'
          ? t('errors.slot_kept', { desk: deskName })
          : t('errors.slot_kept_unknown');
      }
      if (code === 'not_confirmable') return t('errors.not_confirmable', { status: status('status') });
      if (code === 'invalid_input')
        return t('errors.invalid_input', { fields: fieldsOf(details).join(', ') });
      if (code === 'code_not_valid') {
        const { reason } = details;
        if (reason === 'used') return t('errors.code_not_valid_used');
        return t(reason === 'expired' ? 'errors.code_not_valid_expired' : 'errors.code_not_valid');
      }
      if (code === 'more_than_due') return t('errors.more_than_due', { due: amount('due') });
      if (code === 'more_than_left') return t('errors.more_than_left', { left: amount('left') });
      if (code === 'owned_outside')
        return t('errors.owned_outside', { source: t(`outside.source.${sourceOf(details)}`) });
      if (code === 'not_allowed') return t('errors.not_allowed', { right: String(details['right'] ?? '') });
      return t(`errors.${code}`);

      function status(key: string): string {
        const parsed = Status.safeParse(details[key]);
        return parsed.success ? t(`status.${parsed.data}`) : '?';
      }

      function amount(key: string): string {
        const parsed = Money.safeParse({ minor: details[key], currency: details['currency'] });
        return parsed.success ? money.money(parsed.data) : '?';
      }

      function takenSentence(): string {
        const parsed = InTheWay.safeParse(details);
        if (!parsed.success) return t('errors.slot_taken_unknown');
        const { doctorName, patientName, roomName, heldBy, start, end } = parsed.data;
        const values = {
          doctor: formats.name(doctorName),
          patient: patientName,
          time: formats.range(start, end, zone),
        };
        if (heldBy !== null) return t('errors.slot_held', { ...values, desk: heldBy });
        return roomName
          ? t('errors.slot_taken_room', { ...values, room: roomName })
          : t('errors.slot_taken', values);
      }
    },
    [t, formats, money],
  );
};

const sourceOf = ({ source }: CallError['details']): OutsideSource =>
  OutsideSource.catch('idexx').parse(source);

const fieldsOf = (details: CallError['details']): string[] => {
  const fields = details['fields'];
  if (!Array.isArray(fields)) return [];
  return fields.map((field: { path?: unknown }) => String(field.path ?? ''));
};
