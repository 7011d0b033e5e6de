import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import type { DoctorProfile } from '../../contract/clinic.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { isoOrNull } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { fold, wordsOf } from '../fold.ts';
import { doctorNames } from './names.ts';
import { NEXT_AVAILABLE } from './next-available.ts';
import { shownEmail } from './save-offer.ts';

const SELECT = `
  select * from (
    select d.id, d.first_name firstName, d.last_name lastName, d.first_name_el firstNameEl, d.last_name_el lastNameEl,
      d.email, d.phone, d.specialization, d.bio, d.bio_el bioEl, d.city, d.location_id locationId,
      d.specialty_id specialtyId, s.name_en specialtyEn, s.name_el specialtyEl, s.slug,
      d.consultation_fee fee, d.consultation_fee_currency currency, d.rating, d.review_count reviewCount,
      d.verified_at is not null verified, d.is_active active, d.sort_order sortOrder,
      ${NEXT_AVAILABLE} nextAvailable,
      exists (select 1 from schedule_templates t where t.doctor_id = d.id and t.deleted_at is null) hasHours
    from doctors d left join specialties s on s.id = d.specialty_id
    where d.deleted_at is null) found`;

/** The orders of medic-schema's indexes; what has no value comes last, and equals stand as on the board. */
const orders = {
  board: '',
  name: 'lastName collate nocase, firstName collate nocase,',
  rating: 'reviewCount = 0, rating desc, reviewCount desc,',
  fee: 'fee is null, fee,',
  nextAvailable: 'nextAvailable is null, nextAvailable,',
} as const;

type Flag = 0 | 1;
interface Row {
  id: string;
  firstName: string;
  lastName: string;
  firstNameEl: string | null;
  lastNameEl: string | null;
  email: string;
  phone: string | null;
  specialization: string;
  bio: string | null;
  bioEl: string | null;
  city: string | null;
  locationId: string | null;
  specialtyId: string | null;
  specialtyEn: string | null;
  specialtyEl: string | null;
  slug: string | null;
  fee: number | null;
  currency: string;
  rating: number;
  reviewCount: number;
  verified: Flag;
  active: Flag;
  nextAvailable: number | null;
  hasHours: Flag;
}

/** The doctors that fit, in the order asked for. */
export const doctorDirectory = (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'doctorDirectory'>,
): CallResult<'doctorDirectory'> => {
  const { replica } = desk;
  const rows = replica
    .statement(
      `${SELECT} where (@withInactive or active)
         and (@specialtyId is null or specialtyId = @specialtyId)
         and (@city is null or city = @city)
         and (@locationId is null or locationId = @locationId or exists (
           select 1 from schedule_templates t
           where t.doctor_id = found.id and t.location_id = @locationId and t.deleted_at is null))
         and (@minRating is null or (rating >= @minRating and reviewCount > 0))
         and (@maxFee is null or (fee <= @maxFee and currency = (select currency from clinics)))
         and (@availableBefore is null or nextAvailable < @availableBefore)
         and (not @verifiedOnly or verified)
       order by not active, ${orders[input.sort]} sortOrder, lastName, id`,
    )
    .all({
      now: Date.parse(desk.now()),
      withInactive: input.withInactive ? 1 : 0,
      specialtyId: input.specialtyId ?? null,
      city: input.city ?? null,
      locationId: input.locationId ?? null,
      minRating: input.minRating ?? null,
      maxFee: input.maxFeeMinor ?? null,
      availableBefore: input.availableBefore === undefined ? null : Date.parse(input.availableBefore),
      verifiedOnly: input.verifiedOnly ? 1 : 0,
    }) as Row[];
  const cities = replica
    .statement(
      `select distinct city from doctors where is_active and deleted_at is null and city <> '' order by city`,
    )
    .pluck()
    .all() as string[];
  const wanted = wordsOf(input.text);
  const profile = profiles(desk);
  return ok({ doctors: rows.filter((row) => speaksOf(row, wanted)).map(profile), cities });
};

/** One doctor. */
export const doctorProfile = (
  desk: Desk,
  _session: Session,
  { doctorId }: ParsedInput<'doctorProfile'>,
): CallResult<'doctorProfile'> => {
  const row = desk.replica
    .statement(`${SELECT} where id = @doctorId`)
    .get({ now: Date.parse(desk.now()), doctorId }) as Row | undefined;
  return row ? ok(profiles(desk)(row)) : refuse('not_found', { what: 'doctor', id: doctorId });
};

/** Whether each word begins a word of the doctor's names, specialty or city. */
const speaksOf = (row: Row, words: readonly string[]): boolean => {
  const { firstName, lastName, firstNameEl, lastNameEl, specialization, specialtyEn, specialtyEl, city } =
    row;
  const texts = [
    firstName,
    lastName,
    firstNameEl,
    lastNameEl,
    specialization,
    specialtyEn,
    specialtyEl,
    city,
  ];
  const known = texts.flatMap((text) => wordsOf(text ?? ''));
  return words.every((word) => known.some((one) => one.startsWith(fold(word))));
};

const profiles = (desk: Desk): ((row: Row) => DoctorProfile) => {
  const name = doctorNames(desk);
  return (row) => ({
    id: row.id,
    name: name(row.id),
    firstName: row.firstName,
    lastName: row.lastName,
    firstNameEl: row.firstNameEl,
    lastNameEl: row.lastNameEl,
    email: shownEmail(row.email),
    phone: row.phone,
    specialization: row.specialization,
    bio: { en: row.bio ?? '', el: row.bioEl ?? '' },
    city: row.city,
    locationId: row.locationId,
    specialty:
      row.specialtyId === null || row.specialtyEn === null
        ? null
        : {
            id: row.specialtyId,
            name: { en: row.specialtyEn, el: row.specialtyEl ?? '' },
            slug: row.slug ?? '',
          },
    fee: row.fee === null ? null : { minor: row.fee, currency: row.currency },
    rating: row.rating,
    reviewCount: row.reviewCount,
    verified: row.verified === 1,
    active: row.active === 1,
    nextAvailable: isoOrNull(row.nextAvailable),
    hasHours: row.hasHours === 1,
  });
};
