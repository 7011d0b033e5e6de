import { useMemo } from 'react';
import { useClinic } from '../../app/clinic-data.tsx';
import { useBoard } from './board-state.ts';

/** The doctors that the filter leaves out; null when it is off. A doctor's own week is never filtered. */
export const useFilter = (): ReadonlySet<string> | null => {
  const { doctors } = useClinic();
  const { view, by, specialtyId, doctorIds } = useBoard();
  const off = (view === 'week' && by === 'doctor') || (specialtyId === null && doctorIds === null);
  return useMemo(() => {
    if (off) return null;
    const left = doctors.filter(
      ({ id, specialty }) =>
        (specialtyId !== null && specialty?.id !== specialtyId) ||
        (doctorIds !== null && !doctorIds.includes(id)),
    );
    return new Set(left.map(({ id }) => id));
  }, [off, doctors, specialtyId, doctorIds]);
};
