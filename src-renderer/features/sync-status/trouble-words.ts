import { useTranslation } from 'react-i18next';
import type { Trouble } from '../../../src-main/contract/sync.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { sizeText } from '../../ui/file-size.ts';
import { clockOff } from './word.ts';

/** The desk can save nothing, or its copy is damaged: somebody has to do something now. */
const gravest: readonly Trouble['code'][] = [
  'disk_full',
  'disk_read_only',
  'disk_failing',
  'replica_damaged',
];

export const isGrave = (trouble: Trouble): boolean =>
  gravest.includes(trouble.code) ||
  (trouble.code === 'replica_replaced' && (trouble.lost > 0 || !trouble.lostKnown));

/** What is told until somebody has read it, in place of going by itself. */
export const isTold = (trouble: Trouble): trouble is Extract<Trouble, { at: string }> => 'at' in trouble;

export interface TroubleWords {
  /** One line for the strip at the top. */
  short: string;
  /** What it means, and what to do. */
  long: string[];
}

/** A trouble in words. */
export const useTroubleWords = (): ((trouble: Trouble) => TroubleWords) => {
  const { t } = useTranslation();
  const { locale, moment } = useFormats();
  const { zone } = useClinic();
  const room = (bytes: number | null): string[] =>
    bytes === null ? [] : [t('sync.trouble.room', { size: sizeText(bytes, locale) })];
  return (trouble) => {
    switch (trouble.code) {
      case 'disk_full':
        return {
          short: t('sync.trouble.disk_full'),
          long: [t('sync.reason.disk_full'), ...room(trouble.freeBytes)],
        };
      case 'disk_read_only':
      case 'disk_failing':
      case 'central_full':
      case 'central_read_only':
        return { short: t(`sync.trouble.${trouble.code}`), long: [t(`sync.reason.${trouble.code}`)] };
      case 'replica_damaged':
        return { short: t('sync.trouble.replica_damaged'), long: [t('sync.trouble.replica_damagedLong')] };
      case 'disk_low': {
        const size = sizeText(trouble.freeBytes, locale);
        return {
          short: t('sync.trouble.disk_low', { size }),
          long: [t('sync.trouble.disk_lowLong', { size })],
        };
      }
      case 'clock_off': {
        const off = clockOff({ clockOffsetMs: trouble.offsetMs });
        const text = t(off?.ahead ? 'sync.clock.ahead' : 'sync.clock.behind', { count: off?.minutes ?? 0 });
        return { short: text, long: [text] };
      }
      case 'replica_replaced': {
        const { cause, rescued, inbox, lost, lostKnown, file, at } = trouble;
        const loss = lostWords({ lost, lostKnown });
        return {
          short: `${t(`sync.trouble.replaced.short.${cause}`)} ${t(`sync.trouble.replaced.${loss}`, { count: lost })}`,
          long: [
            t(`sync.trouble.replaced.cause.${cause}`, { when: moment(at, zone) }),
            ...(rescued > 0 ? [t('sync.trouble.replaced.rescued', { count: rescued })] : []),
            ...(inbox > 0 ? [t('sync.trouble.replaced.inbox', { count: inbox })] : []),
            t(`sync.trouble.replaced.${loss}`, { count: lost }),
            ...(loss === 'nothingLost' ? [] : [t('sync.trouble.replaced.lookAgain')]),
            ...(file === null ? [] : [t('sync.trouble.replaced.file', { file })]),
          ],
        };
      }
      case 'copy_found':
        return {
          short: t('sync.trouble.copy_found'),
          long: [
            t('sync.trouble.copy_foundLong', { when: moment(trouble.at, zone) }),
            ...(trouble.waiting > 0 ? [t('sync.trouble.copy_foundSent', { count: trouble.waiting })] : []),
          ],
        };
      case 'central_restored':
        return {
          short: t('sync.trouble.central_restored'),
          long: [
            t('sync.trouble.central_restoredLong', { when: moment(trouble.at, zone) }),
            t('sync.trouble.central_restoredOffered', { count: trouble.offered }),
          ],
        };
    }
  };
};

const lostWords = ({ lost, lostKnown }: { lost: number; lostKnown: boolean }) => {
  if (lost > 0) return lostKnown ? 'lost' : 'lostAtLeast';
  return lostKnown ? 'nothingLost' : 'perhapsLost';
};
