import { useTranslation } from 'react-i18next';
import type { DoctorProfile } from '../../../src-main/contract/clinic.ts';
import { useFormats } from '../../i18n/format.ts';
import { IconStar, IconVerified } from '../../ui/icons.ts';
import classes from './doctors.module.css';

/** Stars out of five with the number of reviews they come from; nothing is made up where there are none. */
export const Rating = ({ doctor }: { doctor: Pick<DoctorProfile, 'rating' | 'reviewCount'> }) => {
  const { t } = useTranslation();
  const { number } = useFormats();
  if (doctor.reviewCount === 0) return <span className="soft">{t('doctors.noReviews')}</span>;
  return (
    <span className={classes['rating']}>
      <IconStar size={14} aria-hidden="true" />
      <span className="tabular">{t('doctors.stars', { stars: number(doctor.rating) })}</span>
      <span className="soft">{t('doctors.reviews', { count: doctor.reviewCount })}</span>
    </span>
  );
};

/** Says that somebody checked who this doctor is. */
export const Verified = () => {
  const { t } = useTranslation();
  return (
    <span className={classes['verified']}>
      <IconVerified size={16} aria-hidden="true" />
      {t('doctors.verified')}
    </span>
  );
};
