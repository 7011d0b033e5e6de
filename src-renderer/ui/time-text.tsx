import { useClinic } from '../app/clinic-data.tsx';
import { useFormats } from '../i18n/format.ts';

/** The time of day of an instant, in the location's zone unless another is named. */
export const TimeText = ({ at, zone }: { at: string; zone?: string }) => {
  const formats = useFormats();
  const { zone: here } = useClinic();
  return (
    <time dateTime={at} className="tabular">
      {formats.time(at, zone ?? here)}
    </time>
  );
};

/** Day and time of an instant. */
export const MomentText = ({ at, zone }: { at: string; zone?: string }) => {
  const formats = useFormats();
  const { zone: here } = useClinic();
  return (
    <time dateTime={at} className="tabular">
      {formats.moment(at, zone ?? here)}
    </time>
  );
};

/** A calendar day, such as a birth date. */
export const DateText = ({ day }: { day: string }) => {
  const formats = useFormats();
  return (
    <time dateTime={day} className="tabular">
      {formats.date(day)}
    </time>
  );
};
