/** The doctors of the clinic. */
export const DoctorsPlace = () => null;
