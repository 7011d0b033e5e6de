import type { Letterhead } from '../../contract/printing.ts';
import type { Desk } from '../desk.ts';

interface Row {
  clinic: string;
  clinicEl: string | null;
  clinicPhone: string | null;
  email: string | null;
  clinicZone: string;
  location: string | null;
  locationEl: string | null;
  line1: string | null;
  line2: string | null;
  postalCode: string | null;
  city: string | null;
  phone: string | null;
  zone: string | null;
}

/** The head of a sheet from one location; without one, the clinic's own. */
export const readLetterhead = ({ replica }: Desk, locationId: string | null): Letterhead => {
  const row = replica
    .statement(
      `select c.name clinic, c.name_el clinicEl, c.phone clinicPhone, c.email, c.timezone clinicZone,
         l.name location, l.name_el locationEl, l.address_line1 line1, l.address_line2 line2,
         l.postal_code postalCode, l.city, l.phone, l.timezone zone
       from clinics c left join clinic_locations l on l.id = ? limit 1`,
    )
    .get(locationId) as Row;
  const town = [row.postalCode, row.city].filter(Boolean).join(' ');
  return {
    clinic: { en: row.clinic, el: row.clinicEl ?? row.clinic },
    location: row.location === null ? null : { en: row.location, el: row.locationEl ?? row.location },
    address: [row.line1, row.line2, town].filter(Boolean).join(', ') || null,
    phone: row.phone ?? row.clinicPhone,
    email: row.email,
    timezone: row.zone ?? row.clinicZone,
  };
};
